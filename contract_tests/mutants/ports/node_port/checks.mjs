// Small checkers that bodies are put together from. Each adds what it finds to a list; of several
// findings the gravest is told: first a missing member, then a wrong type or an unknown member (both
// 400), then a value that breaks a rule (422).

import { JsonNumber, kindOf } from "./json.mjs";
import { badParameter, brokenRule, Refusal } from "./refusals.mjs";
import { lengthOf } from "./texts.mjs";

const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Hold a body to a checker; the first of the gravest findings is thrown. */
export function holdTo(check, body) {
  const found = [];
  check(body, "", (rank, refusal) => found.push({ rank, refusal }));
  if (found.length === 0) return;
  const gravest = Math.min(...found.map(({ rank }) => rank));
  throw found.find(({ rank }) => rank === gravest).refusal;
}

const called = (path) => (path === "" ? null : path);
const within = (path, name) => (path === "" ? name : `${path}.${name}`);

function missing(path, report) {
  const refusal = new Refusal(400, "missing_required_field", `'${path}' has to be sent.`, {
    param: path,
  });
  report(0, refusal);
}

export function wrongType(path, wanted, value, report) {
  const place = path === "" ? "The body" : `'${path}'`;
  report(1, badParameter(called(path), `${place} has to be ${wanted} and is ${kindOf(value)}.`));
}

export function broken(path, message, report, code) {
  report(2, brokenRule(called(path), `'${path}' ${message}.`, code));
}

/** An object of these members and no others; a hint may say what to do about one of the others. */
export function object(required, optional = {}, hints = {}) {
  const hintOn = (name) => (Object.hasOwn(hints, name) ? hints[name] : "");
  const known = { ...required, ...optional };
  return (value, path, report) => {
    if (!(value instanceof Map)) return wrongType(path, "an object", value, report);
    for (const name of Object.keys(required)) {
      if (!value.has(name)) missing(within(path, name), report);
    }
    for (const [name, member] of value) {
      const place = within(path, name);
      if (Object.hasOwn(known, name)) known[name](member, place, report);
      else report(1, badParameter(place, `'${place}' cannot be written here.${hintOn(name)}`));
    }
  };
}

/** A text; `rules` are [test, message, code] in the order they are tried. */
export function text({ least = 0, most, lines = false, rules = [] }) {
  const forbidden = lines ? CONTROL_BUT_LINES : CONTROL;
  return (value, path, report) => {
    if (typeof value !== "string") return wrongType(path, "a string", value, report);
    const length = lengthOf(value);
    if (length < least || length > most) {
      return broken(path, `has ${length} characters, not ${least} to ${most}`, report);
    }
    if (forbidden.test(value)) return broken(path, "holds control characters", report);
    const failed = rules.find(([test]) => !test(value));
    if (failed !== undefined) broken(path, failed[1], report, failed[2]);
  };
}

export function oneOf(...values) {
  return (value, path, report) => {
    if (typeof value !== "string") return wrongType(path, "a string", value, report);
    if (!values.includes(value)) broken(path, `is one of ${values.join(", ")}`, report);
  };
}

export function boolean(value, path, report) {
  if (typeof value !== "boolean") wrongType(path, "a boolean", value, report);
}

/** A whole number, written as one. */
export function integer(least, most) {
  return (value, path, report) => {
    if (!(value instanceof JsonNumber) || !value.isInteger) {
      return wrongType(path, "an integer", value, report);
    }
    if (value.value < least || value.value > most) {
      broken(path, `goes from ${least} to ${most}`, report);
    }
  };
}

/** A list of different texts of a choice. */
export function choiceOf(most, ...values) {
  const item = oneOf(...values);
  return (value, path, report) => {
    if (!Array.isArray(value)) return wrongType(path, "an array", value, report);
    value.forEach((member, index) => item(member, within(path, index), report));
    if (value.length > most) broken(path, `has at most ${most} items`, report);
    if (new Set(value).size < value.length) broken(path, "names something twice", report);
  };
}

export function orNull(check) {
  return (value, path, report) => value === null || check(value, path, report);
}
