// Calls that may be repeated (Idempotency-Key) and calls under a condition (ETag).

import { createHash } from "node:crypto";

import { Refusal } from "./refusals.mjs";

const digest = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
};

/** The entity tag of an answer's bytes. */
export const tagOf = (bytes) => `"${digest(bytes).slice(0, 24)}"`;

/** Whether If-None-Match names the tag, weakly compared. */
export function isKnown(header, tag) {
  if (header === undefined) return false;
  return header.trim() === "*" || tagsOf(header).map((each) => each.replace(/^W\//, "")).includes(tag);
}

/** Refuse a change of another version than If-Match names, strongly compared. */
export function demandMatch(header, tag) {
  if (header === undefined || header.trim() === "*" || tagsOf(header).includes(tag)) return;
  const message = `The record is another by now; its ETag is ${tag}.`;
  throw new Refusal(412, "precondition_failed", message);
}

function tagsOf(header) {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}

/** The answers given to calls with a key; one that was refused leaves no trace. */
export class Replays {
  constructor() {
    this.kept = new Map();
  }

  /** The earlier answer to the same request, or null; the key of another request is refused. */
  find(key, request) {
    const earlier = this.kept.get(this.place(key, request));
    if (earlier === undefined) return null;
    if (earlier.print !== this.print(request)) {
      const message = `The key '${key}' belongs to another request.`;
      throw new Refusal(409, "idempotency_key_reused", message, { param: "Idempotency-Key" });
    }
    return earlier.answer;
  }

  keep(key, request, answer) {
    this.kept.set(this.place(key, request), { print: this.print(request), answer });
  }

  place(key, { operation, id }) {
    return [operation, id, key].join(" ");
  }

  print({ query, bytes }) {
    return digest(query, bytes);
  }
}
