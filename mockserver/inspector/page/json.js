// JSON as text with colours: ids that lead to rows are links, members that just changed are marked.

import { h, button } from "./dom.js";

const MOST = 3000;

/**
 * `links` maps pointers to addresses, `changed` holds pointers to mark. Long values are cut, with a
 * button for the rest.
 */
export function jsonView(value, { links = new Map(), changed = new Set() } = {}) {
  const budget = { left: MOST };
  const view = h("pre", { class: "json", tabindex: "0", "aria-label": "JSON" });
  view.append(...write(value, "", "", { links, changed, budget }));
  if (budget.left <= 0) {
    const all = () => { view.replaceChildren(JSON.stringify(value, null, 2)); };
    view.append("\n", button("Show all of it", all));
  }
  return view;
}

function write(value, indent, pointer, options) {
  if (options.budget.left-- <= 0) return [h("span", { class: "faint" }, "…")];
  const marked = options.changed.has(pointer);
  const written = value !== null && typeof value === "object" ? nested(value, indent, pointer, options) : [leaf(value, pointer, options)];
  return marked ? [h("mark", { title: "Changed by the last exchange" }, ...written)] : written;
}

function nested(value, indent, pointer, options) {
  const isList = Array.isArray(value);
  const [start, end] = isList ? "[]" : "{}";
  const entries = Object.entries(value);
  if (!entries.length) return [start + end];
  const deeper = `${indent}  `;
  const made = [`${start}\n`];
  for (const [index, [name, below]] of entries.entries()) {
    if (options.budget.left <= 0) {
      made.push(deeper, h("span", { class: "faint" }, `… ${entries.length - index} more`), "\n");
      break;
    }
    const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    made.push(deeper, ...(isList ? [] : [h("span", { class: "name" }, JSON.stringify(name)), ": "]));
    made.push(...write(below, deeper, at, options), index < entries.length - 1 ? ",\n" : "\n");
  }
  return [...made, indent + end];
}

function leaf(value, pointer, { links }) {
  const text = JSON.stringify(value);
  const link = links.get(pointer);
  if (link) return h("a", { href: link, title: "Go to this row" }, text);
  return h("span", { class: value === null ? "null" : typeof value }, text);
}
