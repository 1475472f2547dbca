// The three calls of the board and two more, typed by the contract.
import type { Operations } from '@fixtures/ts/index.js';

type Name = keyof Operations;
type Query<N extends Name> = Operations[N]['query'];
type Body<N extends Name> = Operations[N]['body'];
type Answer<N extends Name> = Operations[N]['responses'] extends { 200: infer Found }
  ? Found
  : Operations[N]['responses'] extends { 201: infer Made }
    ? Made
    : null;

/** What the API refused, in its own words. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const KEY = import.meta.env.VITE_API_KEY ?? 'otesse_test_sk_board';

export const api = {
  bookings: (query: Query<'listBookings'>) =>
    call<Answer<'listBookings'>>('GET', `/v1/bookings${search(query)}`),
  customers: (query: Query<'listCustomers'>) =>
    call<Answer<'listCustomers'>>('GET', `/v1/customers${search(query)}`),
  book: (body: Body<'createBooking'>) =>
    call<Answer<'createBooking'>>('POST', '/v1/bookings', body),
  cancel: (id: string, body: Body<'cancelBooking'>) =>
    call<Answer<'cancelBooking'>>('POST', `/v1/bookings/${encodeURIComponent(id)}/cancel`, body),
};

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Authorization: `Bearer ${KEY}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(path, init);
  if (!answer.ok) throw new ApiError(await refusal(answer), answer.status);
  return (await answer.json()) as T;
}

async function refusal(answer: Response): Promise<string> {
  try {
    const { error } = (await answer.json()) as { error: { message: string } };
    return error.message;
  } catch {
    return `The server answered ${answer.status}. Does it run? Start it: mockserver serve`;
  }
}

function search(query: object): string {
  const pairs = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}
