// The state of a world: its collections, their rows, one row with what it names, and the last change.

import { api } from "./api.js";
import { h, attempt, button, clear, confirmed, field } from "./dom.js";
import { List } from "./list.js";
import { patchView, touched } from "./patch.js";
import { row as rowView } from "./row.js";
import { gist, parts } from "./text.js";

export function state(context) {
  let given = {};
  let open = null;
  let going = null; // the row that is being deleted, which nobody has to ask for any more
  let drawn = null; // the row that stands there, which may be in the midst of an edit
  let shown = null; // its view, and what it was drawn from
  const search = h("input", { type: "search", placeholder: "Any text in a row", "data-search": true });
  const tabs = h("ul", { class: "collections" });
  const side = h("aside", { class: "detail", "aria-label": "Row", hidden: true });
  const last = h("section", { class: "last-change", "aria-label": "Last change" });
  const total = h("b", {}, "0");
  const list = new List({
    label: "Rows",
    rowHeight: 44,
    key: keyOf,
    load: async (page, perPage) => {
      if (!given.collection) return { data: [], total: 0 };
      return api.listRows({ path: { collection: given.collection }, query: { q: given.q, page, per_page: perPage, order: "newest" } });
    },
    counted: (number) => { total.textContent = number.toLocaleString("en"); },
    draw: (found) => h("div", { class: "row-line" }, h("span", { class: "id" }, keyOf(found)), h("span", { class: "gist" }, gist(found)),
      changedRows(context.lastChange).has(`${given.collection}/${keyOf(found)}`) ? h("span", { class: "verdict changed" }, "changed") : null),
    open: (found) => context.go("state", { ...given, id: keyOf(found) }),
    empty: () => h("p", {}, given.q ? "No row of this collection holds that text." : "There are no rows here."),
  });
  const form = h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
    field("Search", search), h("p", { class: "total" }, total, " rows"));
  const element = h("div", { class: "view state" }, last, h("div", { class: "split" },
    h("nav", { class: "collections-pane", "aria-label": "Collections" }, tabs),
    h("section", { class: "primary-pane", "aria-label": "Rows" }, form, list.element), side));

  search.addEventListener("input", () => {
    clearTimeout(search.waiting);
    search.waiting = setTimeout(() => context.go("state", { ...given, id: undefined, q: search.value }), 250);
  });

  function drawTabs() {
    const counts = context.present()?.collections ?? {};
    const changed = new Set([...changedRows(context.lastChange)].map((name) => name.split("/")[0]));
    clear(tabs, Object.entries(counts).map(([name, number]) => h("li", {},
      h("a", { href: context.address("state", { collection: name }), "aria-current": name === given.collection ? "page" : null },
        name, " ", h("span", { class: "count" }, number.toLocaleString("en")), changed.has(name) ? h("span", { class: "verdict changed" }, "changed") : null))));
  }

  function drawLast() {
    const change = context.lastChange;
    clear(last, change ? h("details", {}, h("summary", {}, "Last exchange ", h("a", { href: context.address("exchanges", { number: change.exchange }) }, `#${change.exchange}`),
      ` changed ${[...changedRows(change)].slice(0, 4).join(", ")}`), patchView(change.patch, (collection, id) => context.address("state", { collection, id })))
      : h("p", { class: "faint" }, "What the last exchange changed is shown here, from the moment this page is open."));
  }

  async function showRow() {
    const { collection, id } = given;
    side.hidden = !id;
    element.classList.toggle("open", Boolean(id));
    list.choose(id ?? null);
    const key = id ? `${collection}/${id}` : null;
    open = key;
    if (!id) {
      drawn = null;
      return void clear(side);
    }
    if (key === going) return;
    const found = await attempt(() => api.getRow({ path: { collection, id } }));
    if (open !== key || (drawn === key && isEdited())) return;
    const changed = touched(context.lastChange?.patch ?? [], collection, id);
    const source = JSON.stringify([found, [...changed]]);
    // What stands there already stays: a click may be under way on one of its links.
    if (drawn === key && shown?.source === source) return void shown.renew();
    drawn = key;
    shown = found ? { source, ...rowView({ collection, id, ...found, changed }, context, { shut, remove }) } : null;
    clear(side, shown ? shown.view : [h("p", {}, "This row is not there any more."), button("Close", shut)]);
  }

  async function remove() {
    const { collection, id } = given;
    if (!await confirmed(`${id} of ${collection} will be deleted. Only a snapshot that was taken before brings it back.`, "Delete it")) return;
    going = `${collection}/${id}`;
    const done = await attempt(() => api.deleteRow({ path: { collection, id } }).then(() => true), `${id} of ${collection} is gone`);
    going = null;
    if (!done || given.collection !== collection || given.id !== id) return;
    shut();
    list.viewport.focus();
  }

  const shut = () => context.go("state", { ...given, id: undefined });
  const isEdited = () => side.querySelector("textarea") !== null;

  return {
    element,
    show(asked) {
      const names = Object.keys(context.present()?.collections ?? {});
      const wanted = { ...asked, collection: asked.collection ?? names[0] };
      const changed = wanted.collection !== given.collection || (wanted.q ?? "") !== (given.q ?? "");
      given = wanted;
      if (search !== document.activeElement) search.value = given.q ?? "";
      drawTabs();
      drawLast();
      if (changed) attempt(() => list.restart());
      showRow();
    },
    async heard(kinds) {
      if (!kinds.has("changes") && !kinds.has("steered")) return;
      await context.loadPresent().catch(() => {});
      drawTabs();
      drawLast();
      await list.refresh().catch(() => {});
      if (given.id && !isEdited()) showRow();
    },
    escape: () => { if (given.id && !isEdited()) shut(); },
    close: () => { clearTimeout(search.waiting); list.close(); },
  };
}

/** What a row is addressed by: rows of documents have keys, which tell their place as well. */
const keyOf = (row) => String(row.key ?? row.id);

/** The rows that a change touched, as `collection/id`. */
function changedRows(change) {
  return new Set((change?.patch ?? []).map(({ path }) => parts(path).slice(0, 2).join("/")));
}
