// Filtering and paging, over keys that were exported beside the rows.

import { Beyond, type Keys, type List, type Table, type Value, type Values } from './model.js';

const LIKE_A_PHONE = /^[0-9 +().-]*$/;

type Comparison = (key: unknown, wanted: Value, keys: Keys) => boolean;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  equals: (key, wanted) => key === wanted,
  among: (key, wanted) => (key as readonly Value[]).includes(wanted),
  after: (key, wanted) => (key as number) > (wanted as number),
  from: (key, wanted) => (key as number) >= (wanted as number),
  to: (key, wanted) => (key as number) <= (wanted as number),
  least: (key, wanted) => (key as number) >= (wanted as number),
  most: (key, wanted) => (key as number) <= (wanted as number),
  search: (key, wanted, keys) => isFound(key as readonly string[], keys, String(wanted)),
};
const OPPOSITES = [['from', 'to'], ['least', 'most']] as const;

/** One page of a list, in the envelope of the API; `owner` is the id in the path. */
export function page(list: List, table: Table, values: Values, owner: string): object | Beyond {
  const contradiction = contradictory(list, values);
  if (contradiction) return contradiction;
  const found = table.rows.filter((_, at) => matches(list, table.keys[at] ?? {}, values, owner));
  const number = Number(values.get('page'));
  const size = Number(values.get('per_page'));
  return {
    data: found.slice((number - 1) * size, number * size),
    pagination: {
      page: number,
      per_page: size,
      total: found.length,
      total_pages: Math.ceil(found.length / size),
    },
  };
}

function matches(list: List, keys: Keys, values: Values, owner: string): boolean {
  if (list.scope && keys[list.scope] !== owner) return false;
  return Object.entries(list.filters).every(([name, { compares, key }]) => {
    const wanted = values.get(name);
    return wanted === undefined || (COMPARISONS[compares]?.(keys[key], wanted, keys) ?? false);
  });
}

/** The server refuses a range whose ends are exchanged. */
function contradictory({ filters }: List, values: Values): Beyond | undefined {
  const given = (kind: string): Value | undefined => {
    const name = Object.keys(filters).find((each) => filters[each]?.compares === kind);
    return name === undefined ? undefined : values.get(name);
  };
  const reversed = OPPOSITES.some(([low, high]) => {
    const [from, to] = [given(low), given(high)];
    return from !== undefined && to !== undefined && from > to;
  });
  return reversed ? new Beyond('a range ends before it begins') : undefined;
}

/** A part of a name, an e-mail address or a phone, or of the phone's digits. */
function isFound(texts: readonly string[], keys: Keys, wanted: string): boolean {
  const text = wanted.toLowerCase();
  if (texts.some((each) => each.includes(text))) return true;
  const digits = digitsOf(text);
  return digits !== '' && LIKE_A_PHONE.test(text) && (keys.digits as string).includes(digits);
}

/** Who meets one or more criteria; an empty one counts as absent. */
export function searched(table: Table, values: Values): unknown[] {
  const digits = digitsOf(String(values.get('phone') ?? ''));
  const email = String(values.get('email') ?? '').toLowerCase();
  const name = String(values.get('firstName') ?? '').toLowerCase();
  const holds = (keys: Keys, key: string, part: string): boolean =>
    part !== '' && (keys[key] as string).includes(part);
  return table.rows.filter((_, at) => {
    const keys = table.keys[at] ?? {};
    return holds(keys, 'digits', digits) || holds(keys, 'email', email) || holds(keys, 'first_name', name);
  });
}

/** Who lives at an address that meets all criteria; the street by part, the rest as a whole. */
export function atAddress(table: Table, values: Values): unknown[] | Beyond {
  const wanted = [...values].filter(([, value]) => value !== '');
  if (wanted.length === 0) return new Beyond('no part of an address is given');
  return table.rows.filter((_, at) => {
    const address = table.keys[at]?.address as Record<string, string> | null;
    return wanted.every(([name, value]) => {
      const [stored, asked] = [address?.[name] ?? '', String(value).toLowerCase()];
      return address !== null && (stored === asked || (name === 'address1' && stored.includes(asked)));
    });
  });
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
