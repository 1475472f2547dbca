// Dates, instants and email addresses as texts. An instant is a count of seconds since
// 1970-01-01T00:00:00Z; the calendar is reckoned by hand because Date misreads the years 0 to 99.

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const INSTANT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;
const DAY = 86400;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^(?:${ATOM}(?:\\.${ATOM})*|"(?:[ !#-\\[\\]-~]|\\\\[ -~])*")$`);
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;

function isLeap(year) {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function daysIn(year, month) {
  return [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function daysSince1970(year, month, day) {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146097 + yearOfEra * 365 + leaps + dayOfYear - 719468;
}

/** The first second of a date, or null when the text is no date of the calendar. */
export function readDate(text) {
  const parts = DATE.exec(text);
  if (parts === null) return null;
  const [year, month, day] = parts.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return daysSince1970(year, month, day) * DAY;
}

/** The second an RFC 3339 text names, fractions cut off, or null when it names none. */
export function readInstant(text) {
  const parts = INSTANT.exec(text);
  if (parts === null) return null;
  const midnight = readDate(parts[1]);
  const [hour, minute, second, aheadHours, aheadMinutes] = [2, 3, 4, 6, 7].map((index) =>
    Number(parts[index] ?? 0),
  );
  if (midnight === null || hour > 23 || minute > 59 || second > 60) return null;
  if (aheadHours > 23 || aheadMinutes > 59) return null;
  const ahead = (parts[5] === "-" ? -1 : 1) * (aheadHours * 3600 + aheadMinutes * 60);
  const instant = midnight + hour * 3600 + minute * 60 + second - ahead;
  // A leap second is the last of a day in UTC.
  if (second === 60 && ((instant % DAY) + DAY) % DAY !== 0) return null;
  return instant;
}

/** The bound a date or an instant sets: a date stands for its first second, or for its last. */
export function readBound(text, { endOfDay = false } = {}) {
  const midnight = readDate(text);
  if (midnight !== null) return endOfDay ? midnight + DAY - 1 : midnight;
  return readInstant(text);
}

export const FIRST_INSTANT = readInstant("0001-01-01T00:00:00Z");
export const LAST_INSTANT = readInstant("9998-12-31T23:59:59Z");

/** An instant as every answer shows it. */
export function instantText(seconds) {
  const text = new Date(seconds * 1000).toISOString();
  return `${text.slice(0, 19)}Z`;
}

/** Whether the text is an email address as RFC 5321 has it. */
export function isEmail(text) {
  const at = text.lastIndexOf("@");
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (at < 1 || local.length > 64 || !LOCAL.test(local)) return false;
  if (domain.startsWith("[") && domain.endsWith("]")) return isAddressLiteral(domain.slice(1, -1));
  if (domain.length > 253) return false;
  return domain.split(".").every((label) => LABEL.test(label));
}

function isAddressLiteral(text) {
  if (IPV4.test(text)) return true;
  if (!/^IPv6:/i.test(text)) return false;
  return URL.canParse(`http://[${text.slice(5)}]/`);
}
