// One exchange: what was asked and answered, how the contract judged it, and what it changed.

import { api } from "./api.js";
import { curlOf } from "./curl.js";
import { h, attempt, button, clear, copy } from "./dom.js";
import { saveAsExample } from "./example.js";
import { jsonView } from "./json.js";
import { patchView } from "./patch.js";
import { bytes, instant, milliseconds, statusClass } from "./text.js";

const PATIENCE_MS = 5000;
const VERDICTS = {
  valid: "The request keeps to the contract, and so does the answer.",
  refused: "The request was refused before the business was asked.",
  failed: "The server failed; its log has the details.",
};

export function exchange(found, context, shut) {
  const { number, world, at, method, path, query, operation_id: operation, status, duration_us: took } = found;
  const address = (collection, id) => context.address("state", { collection, id });
  const patch = context.changes.get(number);
  return [
    h("header", {},
      h("h2", {}, h("span", { class: `method ${method}` }, method), " ", h("span", { class: "path" }, path)),
      button("×", shut, { class: "quiet shut", "aria-label": "Close this exchange" })),
    query ? h("p", { class: "query" }, `?${query}`) : null,
    h("p", { class: "facts" }, h("span", { class: `status ${statusClass(status)}` }, status === null ? "no answer" : String(status)),
      ` #${number} · ${operation ?? "no operation of the contract"} · ${instant(at)} · ${milliseconds(took)} · world ${world}`),
    h("div", { class: "actions" },
      button("Copy as curl", () => copy(curlOf(found), "The curl line")),
      button("Replay", () => replay(found, context), { title: "Send it again as it came in, credentials included" }),
      button("Save as example", () => saveAsExample(found, context))),
    judged(found),
    changes(patch, address),
    side("Request", found.request),
    side("Response", found.response),
  ];
}

function judged({ number, verdict, violations, faults, preferences }) {
  const places = h("ul", { class: "places" }, violations.map((broken) => h("li", {}, sentence(broken))));
  api.explainRequest({ path: { number } }).then(({ data }) => clear(places, data.map((each, index) => place(each, violations[index]))), () => {});
  return h("section", { class: `judged ${verdict}` }, h("h3", {}, "Verdict: ", h("span", { class: `verdict ${verdict}` }, verdict)),
    h("p", {}, VERDICTS[verdict]),
    faults.length ? h("p", {}, "Spoiled by the fault ", h("code", {}, faults.join(", ")), ".") : null,
    preferences.length ? h("p", {}, "As preferred: ", h("code", {}, preferences.join(", ")), ".") : null,
    places);
}

const sentence = ({ location, name, message }) => h("p", {}, h("b", {}, name ? `${location} ${name}` : location), ` ${message}`);

/** A place in the contract, with the violation it explains, if there was one. */
function place({ pointer, line, rule, sent, passes, says }, broken) {
  return h("li", {}, broken ? sentence(broken) : null, h("span", { class: "line-number" }, `contract line ${line}`), " ", h("code", {}, pointer),
    h("p", {}, h("b", {}, rule), sent ? [" · sent ", h("code", {}, sent)] : null, passes ? ` · passes: ${passes}` : "", says ? ` · ${says}` : ""));
}

function changes(patch, address) {
  if (!patch) return null;
  return h("section", {}, h("h3", {}, "What it changed"), patchView(patch, address));
}

function side(title, { headers, body }) {
  const names = Object.entries(headers);
  return h("section", {}, h("h3", {}, title),
    h("details", {}, h("summary", {}, `${names.length} headers`),
      h("dl", { class: "headers" }, names.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]))),
    content(body));
}

function content(body) {
  if (body === null) return h("p", { class: "faint" }, "No body.");
  const told = h("p", { class: "faint" }, `${bytes(body.bytes)}${body.cut ? ", of which only the beginning was kept" : ""}`);
  if ("json" in body) return [told, jsonView(body.json)];
  if ("text" in body) return [told, h("pre", { tabindex: "0", "aria-label": "Text" }, body.text)];
  return [told, h("p", { class: "faint" }, "Bytes that are no text.")];
}

/** Sends it again, and goes to the new exchange once it is there. */
async function replay({ number }, context) {
  const sent = await attempt(() => api.replayRequest({ path: { number } }), `Request ${number} is being sent again`);
  if (!sent) return;
  const body = { since: sent.after, headers: { "x-mock-replay": String(number) } };
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const { data } = await api.findLines({ body, query: { per_page: 1 } });
    if (data.length) return context.go("exchanges", { number: data[0].number });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
