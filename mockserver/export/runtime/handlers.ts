// Handlers for MSW 2 that answer reads of the exported world exactly as the server does: statuses,
// bodies to the byte, content types and entity tags. What is not certain to be exact (a query that
// the server refuses, a special header, every write) is never guessed: it is refused with 501 and
// a sentence, or passed on to the network. Rate-limit headers and request ids are those of a first
// call, because nothing is counted here.

import { http, HttpResponse, passthrough } from 'msw';
import type { HttpHandler } from 'msw';

import { answer } from './answering.js';
import { Beyond, type Operation, type Reply } from './model.js';
import { world } from './world.js';

export interface Options {
  /** Where the API is, such as `https://api.example.com` or `/mock`; any host without it. */
  readonly baseUrl?: string;
  /** What becomes of a request that cannot be answered exactly; `refuse` without it. */
  readonly otherwise?: 'refuse' | 'pass';
}

/** Handlers for every operation of the contract. */
export function createHandlers({ baseUrl = '*', otherwise = 'refuse' }: Options = {}): HttpHandler[] {
  const base = baseUrl.replace(/\/$/, '');
  const start = base === '*' ? '' : new URL(base, 'http://any').pathname.replace(/\/$/, '');
  const beyond = (request: Request, reason: string): Response =>
    otherwise === 'pass' ? passthrough() : refusal(request, reason);
  return [
    ...world.operations.map((operation) =>
      http.get(base + pattern(operation.path), ({ request, cookies }) => {
        const { pathname, searchParams: query } = new URL(request.url);
        const id = idIn(operation, pathname.slice(start.length));
        if (id === undefined) return undefined; // another path, which only looks like ours
        const reply = answer(world, { operation, id, query, headers: request.headers, cookies });
        return reply instanceof Beyond ? beyond(request, reply.reason) : response(reply);
      }),
    ),
    ...world.writes.map(({ method, path }) =>
      http[method as 'post'](base + pattern(path), ({ request }) =>
        beyond(request, 'it changes the world, and these handlers only read'),
      ),
    ),
  ];
}

function pattern(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** The id in a path of the operation, empty when it has none; undefined for any other path. */
function idIn({ path }: Operation, pathname: string): string | undefined {
  const form = path.replace(/\{\w+\}/, '([^/]+)').replace(/\./g, '\\.');
  const match = new RegExp(`^${form}$`).exec(pathname);
  return match ? (match[1] ?? '') : undefined;
}

function response({ status, headers, body }: Reply): Response {
  return new HttpResponse(body || null, { status, headers });
}

function refusal(request: Request, reason: string): Response {
  const message =
    `${request.method} ${new URL(request.url).pathname}: ${reason}. The exported world does not ` +
    `know the answer; the server does: mockserver serve ${world.made}`;
  console.warn(`[mockserver] ${message}`);
  return HttpResponse.json({ error: { type: 'not_exported', message } }, { status: 501 });
}
