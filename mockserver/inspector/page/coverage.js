// Coverage of the contract as a heat map: what the exchanges of this world have used of it.

import { api } from "./api.js";
import { h, attempt, clear } from "./dom.js";
import { count } from "./text.js";

const MEASURES = [["operations", "Operations"], ["statuses", "Statuses"], ["parameters", "Parameters"], ["enum_values", "Enum values"]];
const LEANED_ON = { deprecated_operations: "Deprecated operations", deprecated_parameters: "Deprecated parameters",
  undocumented_query: "Query names that are not documented", undeclared_statuses: "Statuses that are not declared", unmatched: "Paths that the contract does not have" };

export function coverage(context) {
  const totals = h("div", { class: "totals" });
  const map = h("div", {});
  const leaned = h("section", {});
  const legend = h("p", { class: "legend" }, "Exchanges: ", [["0", "heat0"], ["1", "heat1"], ["2–9", "heat2"], ["10–99", "heat3"], ["100 and more", "heat4"]].map(([text, heat]) => h("span", { class: `cell ${heat}` }, text)));
  const element = h("div", { class: "view coverage" }, h("section", {}, h("h2", {}, "Coverage of the contract"), totals, legend), map, leaned);

  async function refresh() {
    const report = await api.getCoverage();
    clear(totals, MEASURES.map(([name, label]) => share(label, report.totals[name])));
    const tags = grouped(report.operations);
    clear(map, [...tags].map(([tag, operations]) => h("section", {}, h("h3", {}, tag), h("div", { class: "heatmap" }, operations.map(line)))));
    const used = Object.entries(LEANED_ON).filter(([name]) => report.leaned_on[name].length);
    clear(leaned, used.length ? h("h2", {}, "Leaned on") : null, used.map(([name, label]) => [h("h3", {}, label), h("ul", {}, report.leaned_on[name].map(told))]));
  }

  function line({ operation_id: id, method, path, deprecated, exchanges, statuses, parameters, enum_values: enums }) {
    const seen = parameters.filter((parameter) => parameter.seen).length;
    const values = enums.reduce((sum, each) => sum + each.seen.length, 0);
    const known = enums.reduce((sum, each) => sum + each.seen.length + each.unseen.length, 0);
    return h("article", { class: "heat-line" },
      h("a", { class: `cell total ${heat(exchanges)}`, href: context.address("exchanges", { operation: id }), "aria-label": `${id}: ${count(exchanges, "exchange")}` }, String(exchanges)),
      h("div", { class: "what" }, h("h4", {}, id, deprecated ? h("span", { class: "verdict" }, "deprecated") : null), h("p", { class: "faint" }, `${method} ${path}`)),
      h("ul", { class: "cells", "aria-label": `Statuses of ${id}` }, statuses.map(({ status, exchanges: number }) => h("li", {}, h("a", { class: `cell ${heat(number)}`,
        href: context.address("exchanges", { operation: id, status: /^[1-5]\d\d$/.test(status) ? status : undefined }), title: count(number, "exchange"), "aria-label": `${status}: ${count(number, "exchange")}` }, status)))),
      h("details", {}, h("summary", {}, `${seen}/${parameters.length} parameters, ${values}/${known} enum values`),
        h("ul", { class: "cells" }, parameters.map((each) => h("li", { class: each.seen ? "cell heat2" : "cell heat0" }, each.name))),
        enums.map((each) => h("p", {}, h("b", {}, each.name), " ", each.seen.map((value) => h("span", { class: "cell heat2" }, String(value))), each.unseen.map((value) => h("span", { class: "cell heat0" }, String(value)))))));
  }

  return { element, show: () => attempt(refresh), heard: () => refresh().catch(() => {}) };
}

const STEPS = [1, 2, 10, 100];
const heat = (number) => `heat${STEPS.filter((step) => number >= step).length}`;

function share(label, { declared, seen, percent }) {
  return h("div", { class: "share" }, h("b", {}, `${percent} %`), h("span", {}, `${label}: ${seen} of ${declared}`), h("progress", { max: "100", value: percent, "aria-label": label }));
}

const told = ({ exchanges, ...what }) => h("li", {}, Object.values(what).join(" "), exchanges ? h("span", { class: "faint" }, ` ${count(exchanges, "exchange")}`) : null);

function grouped(operations) {
  const found = new Map();
  for (const operation of operations) found.set(operation.tag, [...(found.get(operation.tag) ?? []), operation]);
  return found;
}
