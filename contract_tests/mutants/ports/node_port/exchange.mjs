// One request from its first line to its answer.

import { checkBody, isBodyOptional, takesBody } from "./bodies.mjs";
import { catchUp } from "./bookings.mjs";
import { admit } from "./credentials.mjs";
import { JsonError, readJson, writeJson } from "./json.mjs";
import { OPERATIONS } from "./operations.mjs";
import { readFilters, readHeader, splitQuery } from "./queries.mjs";
import { noBooking, noCustomer, Refusal, refusalBody } from "./refusals.mjs";
import { demandMatch, isKnown, Replays, tagOf } from "./repeats.mjs";
import { familyOf, route } from "./routes.mjs";

export const LARGEST_BODY = 1024 * 1024;
const WINDOW = 60;
const PLAN = 100;

export class Api {
  constructor(store, listed) {
    this.store = store;
    this.listed = listed;
    this.replays = new Replays();
    this.calls = { window: 0, count: 0 };
  }

  /** The answer {status, headers, bytes} to a request whose body was read (null: too large). */
  respond({ method, target, headers, bytes }) {
    const [path, ...rest] = target.replace(/^https?:\/\/[^/?]*/i, "").split("?");
    const family = familyOf(path);
    let answer;
    try {
      answer = this.dispatch({ method, path, query: rest.join("?"), headers, bytes });
    } catch (problem) {
      answer = refused(family, problem);
    }
    if (family === "otesse") Object.assign(answer.headers, this.rateHeaders());
    return answer;
  }

  dispatch({ method, path, query, headers, bytes }) {
    const found = route(path);
    if (found === null) throw new Refusal(404, "resource_not_found", `Nothing is at ${path}.`);
    const { methods, allow } = found;
    if (method === "OPTIONS") return { status: 204, headers: { Allow: allow }, bytes: null };
    const wanted = method === "HEAD" ? "GET" : method;
    if (!Object.hasOwn(methods, wanted)) {
      const message = `${method} is not among ${allow}.`;
      throw new Refusal(405, "method_not_allowed", message, { headers: { Allow: allow } });
    }
    const operation = methods[wanted];
    if (operation === null) {
      throw new Refusal(501, "not_implemented", "This port leaves the operation out.");
    }
    const { scope } = OPERATIONS[operation];
    admit(headers, scope, this.listed);
    return this.perform(operation, { operation, id: found.id, query, headers, bytes });
  }

  perform(operation, request) {
    const { id, header, filters, before, status = 200 } = OPERATIONS[operation];
    if (id !== undefined && !id.test(request.id)) {
      throw operation.includes("Customer") ? noCustomer(request.id) : noBooking(request.id);
    }
    const pairs = filters && splitQuery(request.query);
    const sent = header && readHeader(request.headers, header);
    const body = takesBody(operation) ? readBody(operation, request) : undefined;
    catchUp(this.store);
    const call = { id: request.id, body, filters: filters && readFilters(filters, pairs) };
    if (header === "Idempotency-Key" && sent !== undefined) {
      const earlier = this.replays.find(sent, request);
      if (earlier !== null) {
        return { ...earlier, headers: { ...earlier.headers, "Idempotent-Replayed": "true" } };
      }
    }
    if (before !== undefined) demandMatch(sent, tagOf(writeJson(before(this.store, call))));
    const answer = this.answer(operation, call, status);
    if (header === "If-None-Match" && isKnown(sent, answer.headers.ETag)) {
      return { status: 304, headers: { ETag: answer.headers.ETag }, bytes: null };
    }
    if (header === "Idempotency-Key" && sent !== undefined) {
      this.replays.keep(sent, request, { ...answer, headers: { ...answer.headers } });
    }
    return answer;
  }

  answer(operation, call, status) {
    const { answer, location, header } = OPERATIONS[operation];
    const shown = answer(this.store, call);
    const bytes = Buffer.from(writeJson(shown));
    const headers = { "Content-Type": "application/json" };
    if (location !== undefined) headers.Location = location + shown.id;
    if (["If-None-Match", "If-Match"].includes(header)) headers.ETag = tagOf(bytes);
    return { status, headers, bytes };
  }

  /** The limit is told, and never enforced. */
  rateHeaders() {
    const window = Math.floor(Date.now() / 1000 / WINDOW);
    if (window !== this.calls.window) this.calls = { window, count: 0 };
    this.calls.count += 1;
    return {
      "X-RateLimit-Limit": PLAN,
      "X-RateLimit-Remaining": Math.max(PLAN - this.calls.count, 0),
      "X-RateLimit-Reset": (window + 1) * WINDOW,
    };
  }
}

function readBody(operation, { headers, bytes }) {
  if (bytes === null) {
    throw new Refusal(413, "body_too_large", `A body has at most ${LARGEST_BODY} bytes.`);
  }
  if (bytes.length === 0 && isBodyOptional(operation)) return undefined;
  const type = (headers["content-type"] ?? "").split(";")[0].trim().toLowerCase();
  if (type !== "application/json") {
    throw new Refusal(415, "unsupported_media_type", `'${type}' is not application/json.`);
  }
  let body;
  try {
    body = readJson(bytes);
  } catch (problem) {
    if (!(problem instanceof JsonError)) throw problem;
    throw new Refusal(400, "invalid_json", `This is no JSON: ${problem.message}.`);
  }
  checkBody(operation, body);
  return body;
}

function refused(family, problem) {
  let refusal = problem;
  if (!(problem instanceof Refusal)) {
    process.stderr.write(`${problem.stack}\n`);
    refusal = new Refusal(500, "internal_error", "The server failed; nothing was changed.");
  }
  const type = family === "nobody" ? "application/problem+json" : "application/json";
  return {
    status: refusal.status,
    headers: { "Content-Type": type, ...refusal.headers },
    bytes: Buffer.from(writeJson(refusalBody(family, refusal))),
  };
}
