// A list of any length that holds only what it shows: pages come from the server as they are seen.

import { h, clear } from "./dom.js";

const PAGE = 50;
const SPARE = 6;

/**
 * `load(page, perPage)` gives `{data, total}`; `draw(item)` the children of a row; `key(item)` a text
 * that stays; `counted(total)` hears how many there are; `open(item)` is called for the row that is chosen; `empty` is shown for none.
 */
export class List {
  constructor({ label, rowHeight, load, draw, key, counted, open, empty }) {
    Object.assign(this, { rowHeight, load, draw, key, counted, open, empty });
    this.pages = new Map();
    this.total = 0;
    this.round = 0;
    this.stale = true; // whether what is held was asked before the latest question
    this.active = -1;
    this.chosen = null;
    this.rows = h("div", { class: "list-rows", role: "presentation" });
    this.viewport = h("div", { class: "list", role: "listbox", tabindex: "0", "aria-label": label,
      onscroll: () => this.#scrolled(), onkeydown: (event) => this.#pressed(event) }, this.rows);
    this.nothing = h("div", { class: "empty", hidden: true });
    this.element = h("div", { class: "list-frame" }, this.viewport, this.nothing);
    this.resized = new ResizeObserver(() => this.#scrolled());
    this.resized.observe(this.viewport);
  }

  /** Whether the first row is in sight. */
  get atTop() { return this.viewport.scrollTop < this.rowHeight; }

  toTop() { this.viewport.scrollTop = 0; }

  /** Asks the server again for what is in sight; what was shown stays until the answer. */
  async refresh() {
    const round = ++this.round;
    this.stale = true;
    await this.#fill(round);
  }

  /** Begins anew, with another question. */
  async restart() {
    this.active = -1;
    this.toTop();
    await this.refresh();
  }

  choose(key) {
    this.chosen = key;
    this.#paint();
  }

  close() { this.resized.disconnect(); }

  #range() {
    const first = Math.floor(this.viewport.scrollTop / this.rowHeight) - SPARE;
    const seen = Math.ceil(this.viewport.clientHeight / this.rowHeight) + 2 * SPARE;
    return [Math.max(first, 0), Math.max(first, 0) + seen];
  }

  #wanted() {
    const [first, end] = this.#range();
    const from = Math.floor(first / PAGE) + 1;
    const to = Math.max(from, Math.min(Math.ceil(end / PAGE), Math.ceil(this.total / PAGE)));
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  async #fill(round) {
    const wanted = this.#wanted();
    const missing = this.stale ? wanted : wanted.filter((page) => !this.pages.has(page));
    const found = await Promise.all(missing.map(async (page) => [page, await this.load(page, PAGE)]));
    if (round !== this.round) return;
    if (this.stale) this.pages.clear();
    this.stale = false;
    for (const [page, answer] of found) {
      this.pages.set(page, answer.data);
      this.total = answer.total;
    }
    for (const page of this.pages.keys()) if (!wanted.includes(page)) this.pages.delete(page);
    this.#paint();
    this.counted(this.total);
  }

  #scrolled() {
    this.#paint();
    if (this.stale || !this.#wanted().every((page) => this.pages.has(page) || this.total === 0)) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.#fill(++this.round).catch(() => {}), 40);
    }
  }

  #item(index) { return this.pages.get(Math.floor(index / PAGE) + 1)?.[index % PAGE]; }

  #paint() {
    const [first, end] = this.#range();
    this.rows.style.height = `${this.total * this.rowHeight}px`;
    const shown = [];
    for (let index = first; index < Math.min(end, this.total); index++) shown.push(this.#row(index));
    clear(this.rows, shown);
    this.nothing.hidden = this.total > 0 || this.stale;
    this.viewport.hidden = !this.nothing.hidden;
    if (!this.nothing.hidden && !this.nothing.hasChildNodes()) clear(this.nothing, this.empty());
    if (this.nothing.hidden) clear(this.nothing);
    const active = shown.length && this.active >= first && this.active < end;
    if (active) this.viewport.setAttribute("aria-activedescendant", `${this.name}-${this.active}`);
    else this.viewport.removeAttribute("aria-activedescendant");
  }

  name = `list-${Math.random().toString(36).slice(2, 8)}`;

  #row(index) {
    const item = this.#item(index);
    const chosen = item !== undefined && this.key(item) === this.chosen;
    const row = h("div", { class: "list-row", role: "option", id: `${this.name}-${index}`,
      "aria-selected": String(chosen), "aria-setsize": this.total, "aria-posinset": index + 1,
      onclick: () => this.#activate(index) }, item === undefined ? h("span", { class: "faint" }, "…") : this.draw(item));
    if (index === this.active) row.classList.add("active");
    row.style.transform = `translateY(${index * this.rowHeight}px)`;
    row.style.height = `${this.rowHeight}px`;
    return row;
  }

  #activate(index) {
    const item = this.#item(index);
    if (item === undefined) return;
    this.active = index;
    this.choose(this.key(item));
    this.open(item);
  }

  #pressed(event) {
    const step = Math.max(1, Math.floor(this.viewport.clientHeight / this.rowHeight) - 1);
    const moves = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1, PageDown: step, PageUp: -step, Home: -this.total, End: this.total };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) this.#move(this.active + moves[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.#activate(this.active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(index) {
    this.active = Math.max(0, Math.min(index, this.total - 1));
    const top = this.active * this.rowHeight;
    const { scrollTop, clientHeight } = this.viewport;
    if (top < scrollTop) this.viewport.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight) this.viewport.scrollTop = top + this.rowHeight - clientHeight;
    this.#paint();
  }
}
