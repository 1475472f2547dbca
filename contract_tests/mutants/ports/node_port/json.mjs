// JSON as RFC 8259 has it, read strictly and without losing how a number was written: `1.0` and `1`
// are the same number but not both an integer here, and JSON.parse cannot tell them apart.

const DEEPEST = 100;
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PLAIN_TEXT = /[^"\\\u0000-\u001f]*/y;

export class JsonError extends Error {}

/** A number together with its spelling. */
export class JsonNumber {
  constructor(text) {
    this.text = text;
    this.value = Number(text);
  }

  /** Whether it was written as an integer: no fraction, no exponent. */
  get isInteger() {
    return /^-?[0-9]+$/.test(this.text);
  }
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail(what) {
    throw new JsonError(`${what} at character ${this.at + 1}`);
  }

  skipSpace() {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  take(character) {
    if (this.text[this.at] !== character) this.fail(`expected '${character}'`);
    this.at += 1;
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) return null;
    this.at = pattern.lastIndex;
    return found[0];
  }

  value(depth) {
    if (depth > DEEPEST) this.fail(`more than ${DEEPEST} levels`);
    this.skipSpace();
    const first = this.text[this.at];
    if (first === "{") return this.object(depth);
    if (first === "[") return this.array(depth);
    if (first === '"') return this.string();
    for (const [word, meaning] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return meaning;
      }
    }
    return this.number();
  }

  number() {
    const text = this.match(NUMBER);
    if (text === null) this.fail("expected a value");
    const number = new JsonNumber(text);
    if (!Number.isFinite(number.value)) this.fail("a number out of range");
    return number;
  }

  string() {
    this.take('"');
    let made = "";
    for (;;) {
      made += this.match(PLAIN_TEXT);
      const next = this.text[this.at];
      if (next === undefined) this.fail("a text without end");
      this.at += 1;
      if (next === '"') break;
      if (next !== "\\") this.fail("a control character inside a text");
      made += this.escape();
    }
    if (!made.isWellFormed()) this.fail("half a surrogate pair");
    return made;
  }

  escape() {
    const letter = this.text[this.at];
    this.at += 1;
    if (letter === "u") {
      const digits = this.match(/[0-9a-fA-F]{4}/y);
      if (digits === null) this.fail("expected four hexadecimal digits");
      return String.fromCharCode(parseInt(digits, 16));
    }
    if (!Object.hasOwn(ESCAPES, letter ?? "")) this.fail("an unknown escape");
    return ESCAPES[letter];
  }

  array(depth) {
    this.take("[");
    const items = [];
    this.skipSpace();
    if (this.text[this.at] === "]") {
      this.at += 1;
      return items;
    }
    for (;;) {
      items.push(this.value(depth + 1));
      this.skipSpace();
      if (this.text[this.at] !== ",") break;
      this.at += 1;
    }
    this.take("]");
    return items;
  }

  object(depth) {
    this.take("{");
    const members = new Map();
    this.skipSpace();
    if (this.text[this.at] === "}") {
      this.at += 1;
      return members;
    }
    for (;;) {
      this.skipSpace();
      const name = this.string();
      if (members.has(name)) this.fail(`the member '${name}' for the second time`);
      this.skipSpace();
      this.take(":");
      members.set(name, this.value(depth + 1));
      this.skipSpace();
      if (this.text[this.at] !== ",") break;
      this.at += 1;
    }
    this.take("}");
    return members;
  }
}

/** The one value in these bytes: objects as Map, numbers as JsonNumber. */
export function readJson(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new JsonError("bytes that are not UTF-8");
  }
  const reader = new Reader(text);
  const value = reader.value(1);
  reader.skipSpace();
  if (reader.at !== text.length) reader.fail("something after the value");
  return value;
}

/** A value as JSON text; numbers that were read leave as they were spelled. */
export function writeJson(value) {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = value instanceof Map ? [...value] : Object.entries(value);
  const written = members.map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`);
  return `{${written.join(",")}}`;
}

/** What kind of JSON value this is, for a message. */
export function kindOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof Map) return "an object";
  if (value instanceof JsonNumber) return value.isInteger ? "an integer" : "a number";
  return typeof value === "string" ? "a string" : "a boolean";
}
