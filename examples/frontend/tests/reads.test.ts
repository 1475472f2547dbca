// Every GET of a recorded walk gets from MSW what the server answered.
import { readFileSync } from 'node:fs';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createHandlers } from '@fixtures/msw/handlers.js';

interface Entry {
  request: { method: string; url: string; headers: { name: string; value: string }[] };
  response: { status: number; headers: { name: string; value: string }[]; content: { text: string } };
}

const fixtures = process.env.FIXTURES ?? new URL('../../../fixtures/export', import.meta.url).pathname;
// Another walk over the same world may be held against the handlers: WALK=/path/of/walk.har npm test
const walk = process.env.WALK ?? `${fixtures}/har/reads.har`;
const { entries } = (JSON.parse(readFileSync(walk, 'utf8')) as { log: { entries: Entry[] } }).log;
// A stranger's walk may hold what is beyond the handlers; our own may not.
const mayRefuse = process.env.WALK !== undefined;
const COMPARED = ['content-type', 'etag', 'www-authenticate', 'vary'];

vi.spyOn(console, 'warn').mockImplementation(() => undefined); // each refusal is told there
const server = setupServer(...createHandlers());
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

/** A request id is new with each refusal of the server; the handlers count nothing. */
function settled(body: string): string {
  return body.replace(/"requestId":"[^"]*"/, '"requestId":""');
}

function picked(headers: Headers): Record<string, string | null> {
  return Object.fromEntries(COMPARED.map((name) => [name, headers.get(name)]));
}

async function asked({ request }: Entry): Promise<Response> {
  const headers = request.headers.map(({ name, value }): [string, string] => [name, value]);
  return fetch(request.url, { method: request.method, headers });
}

describe('a recorded walk', () => {
  it('holds reads, absences and refusals', () => {
    const statuses = new Set(entries.map((entry) => entry.response.status));
    expect(entries.every((entry) => entry.request.method === 'GET')).toBe(true);
    if (!mayRefuse) expect([...statuses].sort()).toEqual([200, 204, 304, 401, 404]);
  });

  it('gets what the server answered', async () => {
    const beyond: number[] = []; // what the server answered where the handlers did not
    for (const entry of entries) {
      const answer = await asked(entry);
      const body = await answer.text();
      if (mayRefuse && answer.status === 501) {
        beyond.push(entry.response.status);
        continue;
      }
      const recorded = new Headers(
        entry.response.headers.map(({ name, value }): [string, string] => [name, value]),
      );
      expect(
        { status: answer.status, body: settled(body), ...picked(answer.headers) },
        entry.request.url,
      ).toEqual({
        status: entry.response.status,
        body: settled(entry.response.content.text),
        ...picked(recorded),
      });
    }
    const answered = beyond.filter((status) => status !== 400).length;
    console.log(
      `${entries.length} reads, ${beyond.length} beyond the handlers, ${answered} of them no 400`,
    );
  });
});
