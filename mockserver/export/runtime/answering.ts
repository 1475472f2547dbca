// The answer to one read: what the server would send, or why that is not known here.

import { access } from './access.js';
import { atAddress, page, searched } from './lists.js';
import { Beyond } from './model.js';
import type { List, Operation, Records, Reply, State, Values, World } from './model.js';
import { readQuery } from './query.js';

/** A request as far as the answer depends on it; `id` is the one in the path, still encoded. */
export interface Asked {
  readonly operation: Operation;
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly cookies: Readonly<Record<string, string | undefined>>;
}

const PLAIN_ID = /^[A-Za-z0-9_-]{1,64}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** In the order of the server: what is special, who asks, what is asked, what there is. */
export function answer(world: World, asked: Asked): Reply | Beyond {
  const { operation } = asked;
  const state = special(asked) ?? access(operation.security, asked.headers, asked.cookies);
  if (state instanceof Beyond) return state;
  if (state !== 'valid') return refused(world, operation, state);
  const values = readQuery(operation.query, asked.query);
  return values instanceof Beyond ? values : read(world, asked, values);
}

/** Preferences and other worlds: what the server does with them is not exported. */
function special({ headers, query }: Asked): Beyond | undefined {
  const header = ['prefer', 'x-mock-world'].find((name) => headers.has(name));
  if (header) return new Beyond(`the header ${header} asks for a special answer`);
  const name = [...query.keys()].find((each) => each.startsWith('__'));
  return name === undefined ? undefined : new Beyond(`'${name}' asks for a special answer`);
}

function read(world: World, asked: Asked, values: Values): Reply | Beyond {
  const { operation } = asked;
  const records = world.records[operation.operationId];
  if (records) return record(world, asked, records);
  const whole = world.wholes[operation.operationId];
  if (whole) return found(world, operation, { data: whole });
  const list = world.lists[operation.operationId];
  return list ? listed(world, asked, list, values) : people(world, operation, values);
}

function listed(world: World, asked: Asked, list: List, values: Values): Reply | Beyond {
  const owners = world.records.getCustomer?.rows ?? [];
  if (list.scope && !owners.some((row) => row.id === asked.id)) return absent(world, asked, 'plain');
  const table = world.tables[list.table];
  const body = table ? page(list, table, values, asked.id) : new Beyond('it is not exported');
  return body instanceof Beyond ? body : found(world, asked.operation, body);
}

/** The leads family answers an empty list with no content. */
function people(world: World, operation: Operation, values: Values): Reply | Beyond {
  const table = world.tables.leads;
  const choose = { searchLeadsCustomers: searched, findLeadsCustomersByAddress: atAddress };
  const chosen = choose[operation.operationId as keyof typeof choose];
  if (!table || !chosen) return new Beyond('it is not exported');
  const customers = chosen(table, values);
  if (customers instanceof Beyond) return customers;
  if (customers.length > 0) return found(world, operation, { customers });
  return world.absent.getLeadsCustomer ?? new Beyond('it is not exported');
}

function record(world: World, asked: Asked, records: Records): Reply | Beyond {
  const wanted = records.ids === 'uuid' ? asked.id.toLowerCase() : asked.id;
  const at = records.rows.findIndex((row) => row.id === wanted);
  if (at < 0) return absent(world, asked, records.ids);
  const row = records.rows[at];
  const body = records.member ? { [records.member]: row } : row;
  const tag = records.tags[at];
  const reply = found(world, asked.operation, body);
  if (tag === undefined) return reply;
  const condition = asked.headers.get('if-none-match');
  if (condition !== null && !/^[ -~]{1,500}$/.test(condition)) {
    return new Beyond('If-None-Match is not in order');
  }
  if (condition !== null && names(condition, tag)) {
    const headers = { ...world.unchanged[asked.operation.tag], etag: tag };
    return { status: 304, headers, body: '' };
  }
  return { ...reply, headers: { ...reply.headers, etag: tag } };
}

function names(condition: string, tag: string): boolean {
  const wanted = condition.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return wanted.includes('*') || wanted.includes(tag);
}

/** An id that names nothing; one of an odd form is refused in words that are the server's. */
function absent(world: World, asked: Asked, ids: 'plain' | 'uuid'): Reply | Beyond {
  const reply = world.absent[asked.operation.operationId];
  if (!reply || !(ids === 'uuid' ? UUID : PLAIN_ID).test(asked.id)) {
    return new Beyond(`the id ${JSON.stringify(asked.id)} has an odd form`);
  }
  return { ...reply, body: reply.body.replace('{id}', asked.id) };
}

function found(world: World, operation: Operation, body: unknown): Reply {
  const headers = world.headers[operation.tag] ?? {};
  return { status: 200, headers, body: JSON.stringify(body) };
}

function refused(world: World, { tag }: Operation, state: State): Reply | Beyond {
  return world.refused[tag]?.[state] ?? new Beyond('the refusal is not exported');
}
