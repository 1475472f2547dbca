// The outbox: the mail that a business would have sent, to be read.

import { api } from "./api.js";
import { h, attempt, button, clear, field } from "./dom.js";
import { List } from "./list.js";
import { instant } from "./text.js";

const COLLECTION = "outbox";

export function outbox(context) {
  let given = {};
  const search = h("input", { type: "search", placeholder: "Address, subject, text", "data-search": true });
  const side = h("aside", { class: "detail", "aria-label": "Mail", hidden: true });
  const total = h("b", {}, "0");
  const list = new List({
    label: "Mail, the newest first",
    rowHeight: 56,
    key: ({ id }) => id,
    load: async (page, perPage) => {
      return api.listRows({ path: { collection: COLLECTION }, query: { q: given.q, page, per_page: perPage, order: "newest" } });
    },
    counted: (number) => { total.textContent = number.toLocaleString("en"); },
    draw: ({ kind, to, subject, at }) => h("div", { class: "mail-line" }, h("span", { class: "subject" }, subject), h("span", { class: "verdict" }, kind.replaceAll("_", " ")),
      h("span", { class: "faint" }, to), h("span", { class: "faint" }, instant(at))),
    open: ({ id }) => context.go("outbox", { ...given, id }),
    empty: () => h("p", {}, given.q ? "No mail holds that text." : "Nothing would have been sent yet."),
  });
  const element = h("div", { class: "view outbox" }, h("div", { class: "split" },
    h("section", { class: "primary-pane", "aria-label": "Mail" }, h("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      field("Search", search), h("p", { class: "total" }, total, " mails; none leaves this machine")), list.element), side));

  search.addEventListener("input", () => {
    clearTimeout(search.waiting);
    search.waiting = setTimeout(() => context.go("outbox", { q: search.value }), 250);
  });

  const shut = () => context.go("outbox", { ...given, id: undefined });

  async function showMail(id) {
    side.hidden = !id;
    element.classList.toggle("open", Boolean(id));
    list.choose(id ?? null);
    if (!id) return void clear(side);
    const found = await attempt(() => api.getRow({ path: { collection: COLLECTION, id } }));
    if (id !== given.id) return;
    if (!found) return void clear(side, h("p", {}, "This mail is not there any more."), button("Close", shut));
    const { to, subject, text, at, kind } = found.row;
    clear(side, h("header", {}, h("h2", {}, subject), button("×", shut, { class: "quiet shut", "aria-label": "Close this mail" })),
      h("dl", { class: "headers" }, [["To", to], ["At", instant(at)], ["Kind", kind.replaceAll("_", " ")]].map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
      h("pre", { class: "mail-text", tabindex: "0", "aria-label": "Text of the mail" }, text),
      h("p", {}, found.references.map(({ collection, id: key }) => h("a", { href: context.address("state", { collection, id: key }) }, `${collection} ${key}`))));
  }

  return {
    element,
    show(asked) {
      const changed = (asked.q ?? "") !== (given.q ?? "") || list.round === 0;
      given = asked;
      if (search !== document.activeElement) search.value = given.q ?? "";
      if (changed) attempt(() => list.restart());
      showMail(given.id);
    },
    heard: (kinds) => { if (kinds.has("changes") || kinds.has("steered")) list.refresh().catch(() => {}); },
    escape: () => { if (given.id) shut(); },
    close: () => { clearTimeout(search.waiting); list.close(); },
  };
}
