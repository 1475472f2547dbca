// Reading a query as strictly as the server does. What it would refuse, and what is not sure to be
// read alike, is beyond the handlers: the wording of a 400 is the server's.

import { Beyond, type Parameter, type Value, type Values } from './model.js';

const INTEGER = /^(0|[1-9]\d{0,14})$/;
const PRINTABLE = /^[ -~]*$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const LAST_SECOND_OF_DAY = 86_399;

/** The values of the declared parameters, defaults included. */
export function readQuery(declared: readonly Parameter[], query: URLSearchParams): Values | Beyond {
  const values = new Map<string, Value>();
  if (declared.length > 0 && [...query].flat().some((text) => text.includes('\uFFFD'))) {
    return new Beyond('the query is not UTF-8');
  }
  for (const parameter of declared) {
    const sent = query.getAll(parameter.name);
    if (sent.length > 1) return new Beyond(`'${parameter.name}' is sent ${sent.length} times`);
    const value = sent.length === 0 ? parameter.default : read(parameter, sent[0] ?? '');
    if (value instanceof Beyond) return value;
    if (value !== undefined) values.set(parameter.name, value);
  }
  return values;
}

function read(parameter: Parameter, text: string): Value | Beyond {
  const value = converted(parameter, text);
  return value ?? new Beyond(`'${parameter.name}' is ${JSON.stringify(text)}`);
}

function converted(parameter: Parameter, text: string): Value | undefined {
  switch (parameter.kind) {
    case 'integer':
      return INTEGER.test(text) && within(parameter, Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'moment':
      return seconds(text, parameter.name === 'date_to');
    default:
      return PRINTABLE.test(text) && isAllowed(parameter, text) ? text : undefined;
  }
}

function within(parameter: Parameter, value: number): boolean {
  return value >= (parameter.minimum ?? -Infinity) && value <= (parameter.maximum ?? Infinity);
}

function isAllowed({ enum: options, minLength, maxLength }: Parameter, text: string): boolean {
  if (options) return options.includes(text);
  return text.length >= (minLength ?? 0) && text.length <= (maxLength ?? Infinity);
}

/** Seconds since 1970 of a day or of a moment in whole seconds; a last day counts to its end. */
function seconds(text: string, endOfDay: boolean): number | undefined {
  const day = DAY.exec(text);
  if (day) {
    const start = dayStart(text);
    return start === undefined ? undefined : start + (endOfDay ? LAST_SECOND_OF_DAY : 0);
  }
  const moment = MOMENT.exec(text);
  if (!moment?.[1] || dayStart(moment[1]) === undefined) return undefined;
  return Date.parse(text) / 1000;
}

/** When a day of the calendar begins; nothing for one that it does not have. */
function dayStart(text: string): number | undefined {
  const year = Number(text.slice(0, 4));
  const at = Date.parse(`${text}T00:00:00Z`);
  if (year < 2 || year > 9998 || Number.isNaN(at)) return undefined;
  return new Date(at).toISOString().startsWith(text) ? at / 1000 : undefined;
}
