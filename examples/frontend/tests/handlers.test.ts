// Where the handlers listen, and what they do with a request that they cannot answer exactly.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setupServer, type SetupServer } from 'msw/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createHandlers, type Options } from '@fixtures/msw/handlers.js';
import { bookings } from '@fixtures/ts/index.js';

const KEY = { Authorization: 'Bearer otesse_test_sk_tests' };
let network: Server;
let origin: string;
let mocks: SetupServer | undefined;

/** The network: a server that answers every request with what it was asked. */
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  network = createServer((request, response) => response.end(`${request.method} ${request.url}`));
  await new Promise<void>((listening) => network.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(network.address() as AddressInfo).port}`;
});
afterEach(async () => {
  mocks?.close();
  network.closeAllConnections();
  await new Promise((closed) => network.close(closed));
});

function mock(options?: Options): void {
  mocks = setupServer(...createHandlers(options));
  mocks.listen({ onUnhandledRequest: 'bypass' });
}

async function get(path: string, headers: Record<string, string> = KEY): Promise<Response> {
  return fetch(origin + path, { headers });
}

describe('without options', () => {
  it('answers on any host', async () => {
    mock();
    const [first] = bookings;
    expect(await (await get(`/v1/bookings/${first?.id}`)).json()).toEqual(first);
  });

  it.each([
    ['/v1/bookings?per_page=0', KEY, "'per_page' is \"0\""],
    ['/v1/bookings?date_from=2026-03-01&date_to=2026-02-01', KEY, 'a range ends before it begins'],
    ['/v1/bookings?page=1&page=2', KEY, "'page' is sent 2 times"],
    ['/v1/customers?search=%C3%BC', KEY, "'search' is"],
    ['/v1/bookings?__code=404', KEY, "'__code' asks for a special answer"],
    ['/v1/bookings', { ...KEY, Prefer: 'code=404' }, 'the header prefer asks for a special answer'],
    ['/v1/bookings', { ...KEY, 'X-Mock-World': 'mine' }, 'the header x-mock-world asks'],
    ['/leads/v1/customers/by-address', KEY, 'no part of an address is given'],
    ['/leads/v1/customers/id/7', KEY, 'the id "7" has an odd form'],
  ])('refuses %s and says why', async (path, headers, reason) => {
    mock();
    const answer = await get(path, headers);
    const { error } = (await answer.json()) as { error: { message: string } };
    expect(answer.status).toBe(501);
    expect(error.message).toContain(reason);
    expect(error.message).toContain('mockserver serve --scenario showroom');
  });

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'])('refuses a write by %s', async (method) => {
    mock();
    const paths = { POST: '/v1/bookings', PATCH: '/v1/bookings/bk_1' } as Record<string, string>;
    const path = paths[method] ?? '/api/v1/merchant/customers/7';
    expect((await fetch(origin + path, { method, headers: KEY })).status).toBe(501);
  });

  it('leaves paths alone that are none of the contract', async () => {
    mock();
    for (const path of ['/v1/other', '/~mine/v1/bookings', '/v1/bookings/a/b']) {
      expect(await (await get(path)).text()).toBe(`GET ${path}`);
    }
  });
});

describe('with options', () => {
  it('answers only below its base', async () => {
    mock({ baseUrl: `${origin}/mock/` });
    expect((await get('/mock/v1/bookings/bk_0')).status).toBe(404);
    expect(await (await get('/v1/bookings/bk_0')).text()).toBe('GET /v1/bookings/bk_0');
  });

  it('passes on what it cannot answer', async () => {
    mock({ otherwise: 'pass' });
    expect(await (await get('/v1/bookings?page=0')).text()).toBe('GET /v1/bookings?page=0');
    const made = await fetch(`${origin}/v1/bookings`, { method: 'POST', headers: KEY });
    expect(await made.text()).toBe('POST /v1/bookings');
    expect((await get('/v1/bookings')).headers.get('content-type')).toBe('application/json');
  });
});
