// The snapshots of a world: taken, put back, compared, forgotten.

import { api } from "./api.js";
import { h, attempt, button, clear, confirmed, field } from "./dom.js";
import { patchView } from "./patch.js";
import { count, instant } from "./text.js";

export function snapshots(context) {
  const name = h("input", { required: true, pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}", maxlength: "64", placeholder: "before" });
  const from = h("select", {});
  const to = h("select", {});
  const listing = h("ul", { class: "rows" });
  const differences = h("div", { "aria-live": "polite" });
  const comparing = h("form", { class: "filters", onsubmit: compare }, field("From", from), field("To", to), h("button", {}, "Compare"));
  const title = h("h2", {}, "");
  const element = h("section", {}, title,
    h("form", { class: "filters", onsubmit: take }, field("Name", name), h("button", { class: "primary" }, "Take a snapshot")),
    listing, comparing, differences);

  async function take(event) {
    event.preventDefault();
    const wanted = name.value;
    if (await attempt(() => api.takeSnapshot({ path: { name: wanted } }), `The snapshot ${wanted} is taken`)) {
      name.value = "";
      await refresh();
    }
  }

  async function compare(event) {
    event.preventDefault();
    const patch = await attempt(() => api.getDiff({ query: { from: from.value, to: to.value } }));
    if (!patch) return;
    const told = `${count(patch.length, "change")} from ${from.value} to ${to.value || "now"}`;
    clear(differences, h("h3", {}, told), patchView(patch, (collection, id) => context.address("state", { collection, id })));
  }

  function line({ name: known, taken_at: at, counts }) {
    const rows = Object.values(counts).reduce((sum, number) => sum + number, 0);
    const restore = async () => {
      if (!await confirmed(`The world ${context.world} goes back to ${known}. Its faults and exchanges stay.`, "Restore it")) return;
      await attempt(() => api.restoreSnapshot({ path: { name: known } }), `The world is as it was at ${known}`);
    };
    const remove = async () => { await attempt(() => api.deleteSnapshot({ path: { name: known } }), `The snapshot ${known} is gone`); refresh(); };
    return h("li", {}, h("b", {}, known), h("span", { class: "faint" }, `${instant(at)} · ${count(rows, "row")}`),
      h("span", { class: "actions" }, button("Restore", restore, { "aria-label": `Restore ${known}` }), button("Delete", remove, { "aria-label": `Delete ${known}` })));
  }

  async function refresh() {
    const { data } = await api.listSnapshots();
    title.textContent = `Snapshots of ${context.world}`;
    clear(listing, data.length ? data.map(line) : h("li", { class: "faint" }, "None yet. Take one before you try something, and compare or go back afterwards."));
    comparing.hidden = !data.length;
    const names = data.map(({ name: known }) => known);
    const chosen = [from.value, to.value];
    const options = () => names.map((known) => h("option", { value: known }, known));
    clear(from, options());
    clear(to, h("option", { value: "" }, "now"), options());
    if (names.includes(chosen[0])) from.value = chosen[0];
    if (names.includes(chosen[1])) to.value = chosen[1];
  }

  return { element, refresh };
}
