// The frame of the page: which view is shown, which world it is about, and what happens meanwhile.

import { api, inhabit } from "./api.js";
import { clock } from "./clock.js";
import { coverage } from "./coverage.js";
import { h, button, clear, dialog, toast } from "./dom.js";
import { Events } from "./events.js";
import { exchanges } from "./exchanges.js";
import { faults } from "./faults.js";
import { outbox } from "./outbox.js";
import { state } from "./state.js";
import { worlds } from "./worlds.js";

const VIEWS = { exchanges, state, worlds, faults, coverage, outbox };
const MOST_CHANGES = 100;
const MOST_WORLDS = 200;
const QUIET_MS = 150;
const element = (id) => document.getElementById(id);

/** What views share: the world and what it holds, the contract's operations, the latest changes. */
const context = {
  world: /\/~([^/]+)\/__admin\//.exec(location.pathname)?.[1] ?? "default",
  worlds: [],
  operations: [],
  admin: null,
  changes: new Map(),
  lastChange: null,
  address: (view, given = {}) => addressOf(view, given),
  go: (view, given = {}) => { location.hash = addressOf(view, given).slice(1); },
  loadWorlds,
  loadPresent,
};
let shown = null;
let waiting = null;
const activity = new Map();

function addressOf(view, given) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ world: context.world, ...given })) {
    if (value !== undefined && value !== null && value !== "" && !(name === "world" && value === "default")) query.set(name, value);
  }
  return query.size ? `#${view}?${query}` : `#${view}`;
}

async function route() {
  const [name, query = ""] = location.hash.slice(1).split("?");
  const view = name in VIEWS ? name : "exchanges";
  const given = Object.fromEntries(new URLSearchParams(query));
  const world = given.world ?? (location.hash ? "default" : context.world);
  delete given.world;
  if (world !== context.world || !shown) enter(world);
  if (!context.present()) {
    const asked = location.hash;
    await api.getClock().then(loadPresent).catch(() => {}); // it is made when it is first named
    if (asked !== location.hash) return;
  }
  if (shown?.name !== view || shown.world !== world) mount(view);
  shown.view.show(given);
  for (const link of element("views").querySelectorAll("a")) {
    if (link.dataset.view === shown.name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.href = addressOf(link.dataset.view, {});
  }
}

/** What was shown of the world before goes at once, so that nothing is done to it by mistake. */
function enter(world) {
  shown?.view.close?.();
  shown = null;
  clear(element("main"));
  context.world = world;
  context.lastChange = null;
  context.changes.clear();
  inhabit(world);
  activity.delete(world);
  events.listen(world);
  ticking.refresh();
  drawWorlds();
}

function mount(name) {
  shown?.view.close?.();
  const view = VIEWS[name](context);
  shown = { name, view, world: context.world };
  document.title = `${name[0].toUpperCase()}${name.slice(1)} · Inspector`;
  clear(element("main"), view.element);
}

async function loadWorlds() {
  try {
    const all = (await api.listWorlds()).data;
    context.worlds = [...all.slice(0, 1), ...all.slice(1).slice(1 - MOST_WORLDS)]; // those used last
    context.left = all.length - context.worlds.length;
    context.knowsAll = true;
  } catch (error) {
    if (error.status !== 501) throw error;
    context.worlds = []; // one of several processes
    context.left = 0;
    context.knowsAll = false;
  }
  if (!context.present()) await loadPresent();
  drawWorlds();
  return context.worlds;
}

/** What the world that is shown holds now; the others are as they were when they were all asked for. */
async function loadPresent() {
  const { world } = context;
  const found = await api.getWorld({ path: { name: world } });
  const index = context.worlds.findIndex(({ name }) => name === world);
  if (index < 0) context.worlds.push(found);
  else context.worlds[index] = found;
  drawWorlds();
}

/** The world that is shown, with its counts of rows; undefined before it is made. */
context.present = () => context.worlds.find(({ name }) => name === context.world);

function drawWorlds() {
  const chooser = element("world");
  const names = [...new Set(["default", ...context.worlds.map(({ name }) => name), ...activity.keys(), context.world])];
  const label = (name) => (activity.get(name) ? `${name} · ${activity.get(name)} new` : name);
  clear(chooser, names.map((name) => h("option", { value: name }, label(name))));
  chooser.value = context.world;
  const present = context.present();
  for (const link of element("views").querySelectorAll("a")) {
    if (link.dataset.view === "outbox") link.hidden = present !== undefined && !("outbox" in present.collections);
  }
}

/** What happened: kept for the views, which hear of it together with what follows at once. */
function told(kind, data) {
  if (kind === "exchange" && data.world !== context.world) {
    if (activity.has(data.world) || activity.size < MOST_WORLDS) activity.set(data.world, (activity.get(data.world) ?? 0) + 1);
    later("others");
    return;
  }
  if (data.world !== undefined && data.world !== context.world) return later("others");
  if (kind === "changes") {
    context.lastChange = data;
    context.changes.set(data.exchange, data.patch);
    if (context.changes.size > MOST_CHANGES) context.changes.delete(context.changes.keys().next().value);
  }
  if (kind === "dropped") toast(`${data.count} events were missed; the lists are complete all the same.`);
  later(kind);
}

const pending = new Set();

function later(kind) {
  pending.add(kind);
  waiting ??= setTimeout(async () => {
    waiting = null;
    const kinds = new Set(pending);
    pending.clear();
    if (kinds.size > 1 || !kinds.has("others")) shown?.view.heard?.(kinds);
    if (kinds.has("steered") || kinds.has("changes")) await loadPresent().catch(() => {});
    if (kinds.has("others")) drawWorlds();
    if (kinds.has("steered")) ticking.refresh();
  }, QUIET_MS);
}

function connection(text) {
  element("live").textContent = text;
  element("live").classList.toggle("on", text === "live");
  if (text === "live" && shown) shown.view.heard?.(new Set(["exchange", "steered"]));
}

const HELP = [["1 … 6", "Exchanges, State, Worlds, Faults, Coverage, Outbox"], ["/", "Search or filter"], ["w", "Choose the world"],
  ["↑ ↓ or k j", "Move in a list"], ["Enter", "Open what is marked"], ["Esc", "Close what is open"], ["Delete", "Delete the row that is open"], ["r", "Ask the server again"], ["?", "This help"]];

function help() {
  dialog("Keyboard shortcuts", h("dl", { class: "keys" }, HELP.map(([keys, what]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, what)])));
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else shown?.view.escape?.();
    return;
  }
  if (typing) return;
  const view = Object.keys(VIEWS)[Number(event.key) - 1];
  if (view) context.go(view);
  else if (event.key === "/") element("main").querySelector("[data-search]")?.focus();
  else if (event.key === "w") element("world").focus();
  else if (event.key === "Delete") element("main").querySelector("[data-delete]")?.click();
  else if (event.key === "r") shown?.view.heard?.(new Set(["exchange", "steered"]));
  else if (event.key === "?") help();
  else if ("jk".includes(event.key) || event.key.startsWith("Arrow")) startMoving(event);
  else return;
  event.preventDefault();
}

/** An arrow pressed anywhere goes to the first list of the view. */
function startMoving(event) {
  const list = element("main").querySelector(".list");
  if (!list || list.contains(event.target)) return;
  list.focus();
  list.dispatchEvent(new KeyboardEvent("keydown", { key: event.key }));
}

const events = new Events(told, connection);
const ticking = clock(element("clock"), context);

async function start() {
  clear(element("views"), Object.keys(VIEWS).map((name, index) =>
    h("a", { href: `#${name}`, "data-view": name, title: `Press ${index + 1}` }, `${name[0].toUpperCase()}${name.slice(1)}`)));
  element("world").addEventListener("change", (event) => context.go(shown?.name ?? "exchanges", { world: event.target.value }));
  element("help").addEventListener("click", help);
  addEventListener("keydown", pressed);
  inhabit(context.world);
  const [version, admin, report] = await Promise.all([api.getVersion(), api.getAdminContract(), api.getCoverage()]);
  element("contract").textContent = `${version.contract} ${version.contract_version}`;
  context.admin = admin;
  context.operations = report.operations;
  await loadWorlds();
  addEventListener("hashchange", route);
  route();
}

start().catch((error) => {
  clear(element("main"), h("div", { class: "empty" }, h("h2", {}, "The server did not let the inspector in"), h("p", {}, error.message), button("Try again", () => location.reload(), { class: "primary" })));
});
