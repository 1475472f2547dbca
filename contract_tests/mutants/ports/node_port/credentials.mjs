// Who may come in: keys by their form, unless the list given at start says otherwise of one.

import { readFileSync } from "node:fs";

import { Refusal } from "./refusals.mjs";

const KEY = /^otesse_(live|test)_sk_([A-Za-z0-9]+|\.\.\.)$/;
const REFUSED = /invalid|expired|revoked/i;

/** The listed credentials of a file, by key; without a file nobody is listed. */
export function readCredentials(path) {
  if (path === undefined) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8")).credentials));
}

/** The caller's credential, once it may do what needs the scope; else 401 or 403. */
export function admit(headers, scope, listed) {
  const key = credentialOf(headers);
  const entry = listed.get(key);
  if (entry === undefined && (!KEY.test(key) || REFUSED.test(key))) throw unknownKey();
  if (["invalid", "expired", "revoked"].includes(entry?.state)) throw unknownKey();
  const scopes = entry?.scopes ?? [scope];
  if (entry?.state === "forbidden" || !scopes.includes(scope)) {
    throw new Refusal(403, "insufficient_scope", `The key may not do this: it lacks '${scope}'.`);
  }
  return key;
}

function credentialOf(headers) {
  const authorization = (headers.authorization ?? "").trim();
  if (authorization !== "") {
    const bearer = /^bearer +(\S+)$/i.exec(authorization);
    if (bearer === null) throw unknownKey();
    return bearer[1];
  }
  const key = (headers["x-api-key"] ?? "").trim();
  if (key === "") throw challenge("A key is needed: Authorization: Bearer otesse_test_sk_….");
  return key;
}

function unknownKey() {
  return challenge("This key opens nothing.", ', error="invalid_token"');
}

function challenge(message, detail = "") {
  const headers = { "WWW-Authenticate": `Bearer realm="node-port"${detail}` };
  return new Refusal(401, "invalid_api_key", message, { headers });
}
