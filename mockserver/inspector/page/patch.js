// What changed, row by row: a JSON Patch made readable.

import { h } from "./dom.js";
import { parts, short } from "./text.js";

const MOST = 200;
const SIGNS = { add: "+", remove: "−", replace: "→" };

/** `address(collection, id)` gives where a row is shown. */
export function patchView(patch, address) {
  if (!patch.length) return h("p", { class: "faint" }, "Nothing changed.");
  const rows = new Map();
  for (const operation of patch.slice(0, MOST)) {
    const [collection, id] = parts(operation.path);
    const name = `${collection}/${id}`;
    if (!rows.has(name)) rows.set(name, { collection, id, operations: [] });
    rows.get(name).operations.push(operation);
  }
  const more = patch.length > MOST ? h("p", { class: "faint" }, `… and ${patch.length - MOST} more changes.`) : null;
  return h("div", { class: "patch" }, [...rows.values()].map((row) => change(row, address)), more);
}

function change({ collection, id, operations }, address) {
  const gone = operations.length === 1 && operations[0].op === "remove" && parts(operations[0].path).length === 2;
  const name = gone ? h("s", {}, id) : h("a", { href: address(collection, id) }, id);
  return h("section", {}, h("h4", {}, `${collection} `, name), h("ul", {}, operations.map(line)));
}

function line({ op, path, value }) {
  const member = parts(path).slice(2).join(".") || (op === "add" ? "new row" : "the row");
  const told = op === "remove" ? "" : short(value, 160);
  return h("li", { class: op }, h("b", {}, SIGNS[op]), " ", h("span", { class: "name" }, member), " ", h("code", {}, told));
}

/** The pointers into a row that a patch touched; empty for one it did not. */
export function touched(patch, collection, id) {
  const own = patch.map(({ path }) => parts(path)).filter((way) => way[0] === collection && way[1] === id);
  return new Set(own.map((way) => way.slice(2).map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")));
}
