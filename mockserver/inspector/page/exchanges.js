// Live exchanges: a list that follows what happens, filters, and one exchange beside it.

import { api } from "./api.js";
import { h, attempt, button, clear, confirmed, field, select } from "./dom.js";
import { exchange } from "./exchange.js";
import { List } from "./list.js";
import { milliseconds, statusClass, timeOfDay } from "./text.js";
import { firstCall } from "./welcome.js";

const STATUSES = [["", "Any status"], ["2xx", "2xx"], ["3xx", "3xx"], ["4xx", "4xx"], ["5xx", "5xx"]];
const VERDICTS = [["", "Any verdict"], ["valid", "valid"], ["refused", "refused"], ["failed", "failed"]];
const NAMES = ["operation", "status", "verdict", "path"];

export function exchanges(context) {
  const known = context.operations.map(({ operation_id: id, method, path }) => [id, `${id} — ${method} ${path}`]);
  const controls = {
    path: h("input", { type: "search", placeholder: "Part of a path", "data-search": true }),
    operation: select([["", "Any operation"], ...known]),
    status: select(STATUSES),
    verdict: select(VERDICTS),
  };
  let given = {};
  let until = null;
  let last = 0;
  let detail = null;
  let asking = null;

  const criteria = () => {
    const found = {};
    if (given.operation) found.operation_id = given.operation;
    if (given.status) found.status = given.status;
    if (given.verdict) found.verdict = given.verdict;
    if (given.path) found.path = `**/*${given.path}*/**`;
    if (until !== null) found.until = until;
    return found;
  };
  const list = new List({
    label: "Exchanges, the newest first",
    rowHeight: 40,
    key: ({ number }) => number,
    load: async (page, perPage) => {
      const answer = await api.findLines({ query: { page, per_page: perPage }, body: criteria() });
      last = answer.last;
      return answer;
    },
    draw,
    counted: (number) => { total.textContent = number.toLocaleString("en"); },
    open: ({ number }) => context.go("exchanges", { ...given, number }),
    empty: () => (NAMES.some((name) => given[name]) ? h("p", {}, "No exchange of this world meets the filters.") : firstCall(context)),
  });
  const total = h("b", {}, "0");
  const newer = button("", () => follow(), { class: "pill", hidden: true });
  const side = h("aside", { class: "detail", "aria-label": "Exchange", hidden: true });
  const empty = button("Clear", async () => {
    if (await confirmed("Every exchange of this world and its coverage will be forgotten.", "Forget them")) attempt(() => api.clearRequests());
  }, { title: "Forget every exchange of this world" });
  const filters = h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    field("Path", controls.path), field("Operation", controls.operation), field("Status", controls.status), field("Verdict", controls.verdict),
    h("p", { class: "total" }, total, " exchanges"), empty);
  const heads = h("div", { class: "exchange-line heads", "aria-hidden": "true" }, ["#", "Time", "Method", "Path", "Operation", "Status", "Took"].map((text) => h("span", {}, text)));
  const element = h("div", { class: "view exchanges" }, filters, h("div", { class: "split" }, h("section", { class: "primary-pane", "aria-label": "Exchanges" }, heads, newer, list.element), side));

  for (const [name, control] of Object.entries(controls)) {
    control.addEventListener(name === "path" ? "input" : "change", () => {
      clearTimeout(asking);
      asking = setTimeout(() => context.go("exchanges", { ...given, number: undefined, [name]: control.value }), name === "path" ? 250 : 0);
    });
  }
  list.viewport.addEventListener("scroll", () => {
    if (list.atTop && until !== null) follow();
    else if (!list.atTop && until === null) until = last;
  });

  /** Shows the newest again, as they come. */
  function follow() {
    until = null;
    newer.hidden = true;
    list.toTop();
    return list.refresh();
  }

  async function showOne(number) {
    side.hidden = !number;
    element.classList.toggle("open", Boolean(number));
    list.choose(number ? Number(number) : null);
    if (!number) { detail = null; clear(side); return; }
    if (detail === number) return;
    detail = number;
    const found = await attempt(() => api.getRequest({ path: { number } }));
    if (detail !== number) return;
    clear(side, found ? exchange(found, context, shut) : [h("p", { class: "faint" }, "This exchange is no longer kept."), button("Close", shut)]);
    side.scrollTop = 0;
  }

  const shut = () => { context.go("exchanges", { ...given, number: undefined }); list.viewport.focus(); };

  return {
    element,
    show(asked) {
      const { number, ...filtersAsked } = asked;
      const changed = NAMES.some((name) => (given[name] ?? "") !== (filtersAsked[name] ?? "")) || list.round === 0;
      given = filtersAsked;
      for (const name of NAMES) if (controls[name] !== document.activeElement) controls[name].value = given[name] ?? "";
      if (changed) { until = null; newer.hidden = true; attempt(() => list.restart()); }
      showOne(number);
    },
    async heard(kinds) {
      if (!kinds.has("exchange") && !kinds.has("steered")) {
        if (kinds.has("changes") && detail) { const again = detail; detail = null; showOne(again); }
        return;
      }
      if (until === null) { await list.refresh().catch(() => {}); return; }
      const { last: newest } = await api.findLines({ query: { per_page: 1 }, body: {} }).catch(() => ({ last }));
      newer.hidden = newest <= until;
      newer.textContent = `↑ ${newest - until} new`;
    },
    escape: () => { if (detail) shut(); },
    close: () => { clearTimeout(asking); list.close(); },
  };
}

function draw({ number, at, method, path, query, operation_id: operation, status, duration_us: took, verdict, faults }) {
  return h("div", { class: "exchange-line" },
    h("span", { class: "faint" }, String(number)),
    h("span", { class: "faint" }, timeOfDay(at)),
    h("span", { class: `method ${method}` }, method),
    h("span", { class: "path" }, path, query ? h("span", { class: "faint" }, `?${query}`) : null),
    h("span", { class: "faint operation" }, operation ?? "not in the contract"),
    h("span", { class: `status ${statusClass(status)}` }, status === null ? "none" : String(status),
      verdict === "valid" ? null : h("span", { class: `verdict ${verdict}` }, verdict), faults.length ? h("span", { class: "verdict fault" }, "fault") : null),
    h("span", { class: "faint took" }, milliseconds(took)));
}
