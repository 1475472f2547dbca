// Query parameters and request headers, each read strictly; unknown names are ignored.

import { readBound } from "./formats.mjs";
import { badParameter, Refusal } from "./refusals.mjs";
import { lengthOf } from "./texts.mjs";

const CONTROL = /[\u0000-\u001f\u007f]/;
const BOOKING_STATUSES = ["confirmed", "in_progress", "completed", "cancelled"];

/** The pairs of a query string as lists by name; what is not UTF-8 is refused whole. */
export function splitQuery(query) {
  const pairs = new Map();
  for (const part of query.split("&").filter((text) => text !== "")) {
    const [name, ...rest] = part.split("=");
    const values = pairs.get(plain(name)) ?? [];
    pairs.set(plain(name), [...values, plain(rest.join("="))]);
  }
  return pairs;
}

/** A text with `+` as a blank and its percent signs resolved to bytes of UTF-8. */
function plain(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at += 1) {
    const isCoded = /^%[0-9A-Fa-f]{2}/.test(text.slice(at, at + 3));
    if (isCoded) bytes.push(parseInt(text.slice(at + 1, at + 3), 16));
    else bytes.push(text[at] === "+" ? 0x20 : text.charCodeAt(at) & 0xff);
    if (isCoded) at += 2;
  }
  try {
    const reader = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return reader.decode(Uint8Array.from(bytes));
  } catch {
    throw new Refusal(400, "invalid_parameter", "The query string is not UTF-8.");
  }
}

function integer(least, most) {
  return (name, text) => {
    if (!/^-?(0|[1-9][0-9]*)$/.test(text)) throw badParameter(name, `${name} is a whole number.`);
    const number = Number(text);
    if (number < least || number > most) {
      throw badParameter(name, `${name} goes from ${least} to ${most}.`);
    }
    return number;
  };
}

function oneOf(values) {
  return (name, text) => {
    if (!values.includes(text)) throw badParameter(name, `${name} is one of ${values.join(", ")}.`);
    return text;
  };
}

function line(least, most) {
  return (name, text) => {
    const length = lengthOf(text);
    if (length < least || length > most || CONTROL.test(text)) {
      throw badParameter(name, `${name} is one line of ${least} to ${most} characters.`);
    }
    return text;
  };
}

function bound(options) {
  return (name, text) => {
    const seconds = text.length <= 40 ? readBound(text, options) : null;
    if (seconds === null) {
      throw badParameter(name, `${name} is a date or an RFC 3339 moment ('+' is sent as %2B).`);
    }
    return seconds;
  };
}

const flag = (name, text) => oneOf(["true", "false"])(name, text) === "true";
const PAGES = { page: integer(1, 1000000), per_page: integer(1, 100) };

export const CUSTOMER_FILTERS = {
  search: line(0, 200),
  status: oneOf(["active", "inactive", "deactivated"]),
  created_after: bound(),
  has_subscription: flag,
  zone_id: line(1, 64),
  ...PAGES,
};

export const BOOKING_FILTERS = {
  status: oneOf(BOOKING_STATUSES),
  customer_id: line(1, 64),
  zone_id: line(1, 64),
  date_from: bound(),
  date_to: bound({ endOfDay: true }),
  ...PAGES,
};

/** The values of the parameters that were sent, by name. */
export function readFilters(readers, pairs) {
  const filters = { page: 1, per_page: 25 };
  for (const [name, read] of Object.entries(readers)) {
    const texts = pairs.get(name);
    if (texts === undefined) continue;
    if (texts.length > 1) throw badParameter(name, `${name} is sent once, not ${texts.length} times.`);
    filters[name] = read(name, texts[0]);
  }
  if (filters.date_from > filters.date_to) {
    throw badParameter("date_from", "date_from lies after date_to.");
  }
  return filters;
}

const HEADERS = {
  "Idempotency-Key": { pattern: /^[!-~]+$/, most: 255 },
  "If-None-Match": { pattern: /^[ -~]+$/, most: 500 },
  "If-Match": { pattern: /^[ -~]+$/, most: 500 },
};

/** A declared header's value, or undefined when it was not sent. */
export function readHeader(headers, name) {
  const value = headers[name.toLowerCase()];
  if (value === undefined) return undefined;
  const { pattern, most } = HEADERS[name];
  if (value.length > most || !pattern.test(value)) {
    throw badParameter(name, `${name} has 1 to ${most} printable characters.`);
  }
  return value;
}

/** One page of rows in the family's envelope. */
export function paged(rows, { page, per_page: size }, show) {
  return {
    pagination: {
      total: rows.length,
      total_pages: Math.ceil(rows.length / size),
      page,
      per_page: size,
    },
    data: rows.slice((page - 1) * size, page * size).map(show),
  };
}
