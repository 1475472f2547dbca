import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Board } from './Board';
import './board.css';

// The one switch: `npm run dev:mock`, or `?mock` in the address of a build or a dev server.
const isMocked =
  import.meta.env.MODE === 'mock' || new URLSearchParams(location.search).has('mock');

if (isMocked) {
  const { startMocks } = await import('./mocks');
  await startMocks();
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root to show the board in.');
createRoot(root).render(
  <StrictMode>
    <Board isMocked={isMocked} />
  </StrictMode>,
);
