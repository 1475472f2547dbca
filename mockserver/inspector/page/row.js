// One row: its members, the rows it names and those that name it, editing and deleting it.

import { api } from "./api.js";
import { h, button, clear, copy } from "./dom.js";
import { jsonView } from "./json.js";
import { count } from "./text.js";

/**
 * `references` are the server's; `changed` holds the pointers that the last exchange touched.
 * Gives what is shown, and `renew`, which asks anew who names the row and leaves the rest as it stands.
 */
export function row({ collection, id, row: value, references, changed }, context, { shut, remove }) {
  const address = (name, key, more = {}) => context.address("state", { collection: name, id: key, ...more });
  const links = new Map(references.map(({ pointer, collection: name, id: key }) => [pointer, address(name, key)]));
  const body = h("div", { class: "row-body" });
  const read = (shown) => clear(body, actions(shown), jsonView(shown, { links, changed }), named(), naming());
  const actions = (shown) => h("div", { class: "actions" }, button("Edit", () => edit(shown)), button("Copy", () => copy(JSON.stringify(shown, null, 2), "The row")),
    button("Delete", remove, { class: "danger", "data-delete": true }));

  const named = () => (references.length ? h("section", {}, h("h3", {}, "Names"), h("ul", { class: "refs" }, references.map(({ pointer, collection: name, id: key }) =>
    h("li", {}, h("span", { class: "faint" }, pointer.slice(1).replaceAll("/", ".")), " ", h("a", { href: address(name, key) }, `${name} ${key}`))))) : null);

  let names = null; // the list of who names the row
  let told = null; // what it says, so that a link is not replaced under a click
  async function renew() {
    const asked = names;
    let now;
    try {
      const all = await namedBy(collection, id, context);
      now = all.map(({ name, total }) => [name, `${count(total, "row")} of ${name}`]);
    } catch {
      now = "This could not be asked.";
    }
    if (asked !== names || told === JSON.stringify(now)) return;
    told = JSON.stringify(now);
    if (!Array.isArray(now)) clear(names, h("li", {}, now));
    else if (!now.length) clear(names, h("li", { class: "faint" }, "Nothing names this row."));
    else clear(names, now.map(([name, text]) => h("li", {}, h("a", { href: context.address("state", { collection: name, q: id }) }, text))));
  }

  function naming() {
    names = h("ul", { class: "refs" }, h("li", { class: "faint" }, "…"));
    told = null;
    renew();
    return h("section", {}, h("h3", {}, "Named by"), names);
  }

  function edit(shown) {
    const area = h("textarea", { spellcheck: "false", rows: "24", "aria-label": `${collection} ${id} as JSON`, value: JSON.stringify(shown, null, 2) });
    const findings = h("div", { class: "problem", role: "alert" });
    const save = async () => {
      const changedRow = parsed(area.value, findings);
      if (changedRow === undefined) return;
      try {
        const answer = await api.putRow({ path: { collection, id }, body: changedRow });
        read(answer.row);
      } catch (error) {
        clear(findings, error.violations?.length ? h("ul", {}, error.violations.map(({ message }) => h("li", {}, message))) : error.message);
      }
    };
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
    });
    clear(body, h("p", { class: "faint" }, "The whole row is checked when it is saved: members, types, and what it names. Ctrl+Enter saves."), area, findings,
      h("div", { class: "actions" }, button("Save", save, { class: "primary" }), button("Cancel", () => read(shown))));
    area.focus();
  }

  read(value);
  const view = [h("header", {}, h("h2", {}, h("span", { class: "faint" }, `${collection} `), id), button("×", shut, { class: "quiet shut", "aria-label": "Close this row" })), body];
  return { view, renew };
}

function parsed(text, findings) {
  try {
    return JSON.parse(text);
  } catch (error) {
    clear(findings, `This is no JSON: ${error.message}.`);
    return undefined;
  }
}

/** Shorter ids, such as 7, stand in many rows that do not mean them. */
const SHORTEST_NAME = 6;

/** The collections with rows that hold this id, and how many; the row itself does not count. */
async function namedBy(collection, id, context) {
  if (id.length < SHORTEST_NAME) return [];
  const names = Object.keys(context.present()?.collections ?? {});
  const found = await Promise.all(names.map(async (name) => {
    const { total } = await api.listRows({ path: { collection: name }, query: { q: id, per_page: 1 } });
    return { name, total: name === collection ? total - 1 : total };
  }));
  return found.filter(({ total }) => total > 0);
}
