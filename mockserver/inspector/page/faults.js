// Faults: presets switched on an operation with one click, and what is switched on.

import { api } from "./api.js";
import { h, attempt, button, clear, field } from "./dom.js";
import { short } from "./text.js";

export function faults(context) {
  const presets = context.admin.components.schemas.FaultPreset.properties.preset.enum;
  const about = new Map(sentences(context.admin.components.schemas.FaultPreset.description));
  const table = h("table", { class: "switches" });
  const active = h("ul", { class: "rows" });
  const search = h("input", { type: "search", placeholder: "Part of an operation", "data-search": true, oninput: () => drawTable() });
  const off = button("Switch all off", () => attempt(() => api.clearFaults(), "No fault is left"), { class: "danger" });
  let rules = [];
  const element = h("div", { class: "view faults" },
    h("section", {}, h("h2", {}, "Switched on"), active, off),
    h("section", {}, h("h2", {}, "Presets"), h("dl", { class: "presets" }, presets.map((preset) => [h("dt", {}, preset), h("dd", {}, about.get(preset) ?? "")])),
      h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, field("Search", search)),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Presets of each operation" }, table)));

  /** The rules that a switch has put: those of the preset, for this operation and nothing narrower. */
  const madeBy = (preset, operation) => rules.filter(({ rule }) => rule.id.replace(/-\d+$/, "") === preset
    && JSON.stringify(rule.match ?? {}) === JSON.stringify(operation ? { operation_id: operation } : {}));

  async function turn(preset, operation) {
    const made = madeBy(preset, operation);
    const what = `${preset} is ${made.length ? "off" : "on"} for ${operation ?? "every operation"}`;
    await attempt(async () => {
      if (!made.length) await api.addFaults({ body: { preset, ...(operation ? { match: { operation_id: operation } } : {}) } });
      for (const { rule } of made) await api.removeFault({ path: { id: rule.id } });
    }, what);
    await refresh();
  }

  function switches(operation) {
    return presets.map((preset) => {
      const on = madeBy(preset, operation).length > 0;
      return h("td", {}, button(on ? "on" : "off", () => turn(preset, operation),
        { class: on ? "switch on" : "switch", role: "switch", "aria-checked": String(on), "aria-label": `${preset} for ${operation ?? "every operation"}` }));
    });
  }

  function drawTable() {
    const focused = document.activeElement?.getAttribute("aria-label");
    const wanted = search.value.toLowerCase();
    const found = context.operations.filter(({ operation_id: id, path }) => `${id} ${path}`.toLowerCase().includes(wanted));
    clear(table, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Operation"), presets.map((preset) => h("th", { scope: "col", title: about.get(preset) }, preset)))),
      h("tbody", {}, h("tr", { class: "all" }, h("th", { scope: "row" }, "Every operation"), switches(null)),
        found.map(({ operation_id: id, method, path }) => h("tr", {}, h("th", { scope: "row" }, id, " ", h("span", { class: "faint" }, `${method} ${path}`)), switches(id)))));
    if (focused) [...table.querySelectorAll("button")].find((each) => each.getAttribute("aria-label") === focused)?.focus();
  }

  function line({ rule, matched, fired }) {
    const met = Object.keys(rule.match ?? {}).length ? Object.entries(rule.match).map(([name, value]) => `${name} ${short(value)}`).join(", ") : "every operation";
    return h("li", {}, h("b", {}, rule.id), h("span", {}, met), h("code", {}, short(rule.effect)),
      h("span", { class: "faint" }, `met ${matched}, fired ${fired}`),
      h("span", { class: "actions" }, button("Remove", () => attempt(() => api.removeFault({ path: { id: rule.id } })).then(refresh), { "aria-label": `Remove ${rule.id}` })));
  }

  async function refresh() {
    rules = (await api.listFaults()).data;
    off.hidden = !rules.length;
    clear(active, rules.length ? rules.map(line) : h("li", { class: "faint" }, "Nothing misbehaves in this world. Switch a preset on below: it holds for the next request."));
    drawTable();
  }

  return { element, show: () => attempt(refresh), heard: () => refresh().catch(() => {}) };
}

/** What the document says of each preset: "`down`: every request is answered 503." */
function sentences(description) {
  return [...description.matchAll(/`([^`]+)`: ([^.]*(?:\.(?!\s|$)[^.]*)*)\./g)].map(([, name, text]) => [name, `${text.replaceAll("`", "")}.`]);
}
