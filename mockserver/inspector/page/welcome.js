// What a world shows that nobody has asked anything of yet: a first call, ready to be pasted.

import { api } from "./api.js";
import { curlLine } from "./curl.js";
import { h, button, copy } from "./dom.js";

export function firstCall(context) {
  const line = h("code", { tabindex: "0" }, "…");
  const done = { pressed: () => {} };
  const box = h("div", { class: "welcome" }, h("h2", {}, "Waiting for the first request"),
    h("p", {}, "Point your frontend at this server, or paste this into a terminal. Every request shows up here as it happens."),
    h("p", { class: "curl" }, line, button("Copy", () => done.pressed(), { class: "primary" })));
  example(context).then((text) => {
    line.textContent = text;
    done.pressed = () => copy(text, "The curl line");
  }).catch(() => { line.textContent = `curl ${location.origin}/`; });
  return box;
}

/** The curl line of the first operation that reads, as its recipe says it. */
async function example(context) {
  const reading = context.operations.filter(({ method }) => method === "GET");
  const first = reading.find(({ path }) => !path.includes("{")) ?? reading[0];
  const { data } = await api.listRecipes({ query: { operation_id: first.operation_id } });
  const { request } = data.find(({ status }) => status < 300).ways[0];
  return curlLine({ ...request, text: null }, context.world);
}
