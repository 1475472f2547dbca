// The exported world in a service worker; nothing of it is in the bundle until it is asked for.
import { setupWorker } from 'msw/browser';

import { createHandlers } from '@fixtures/msw/handlers.js';

export async function startMocks(): Promise<void> {
  const worker = setupWorker(...createHandlers({ baseUrl: location.origin }));
  await worker.start({ onUnhandledRequest: 'bypass', quiet: true });
}
