// The admin API, one function per operation of `admin/openapi.yaml`, under its operationId.

import { h, button, dialog, field } from "./dom.js";

const ROOT = new URL("../", import.meta.url);
const TOKEN = "mockserver-admin-token";

/** The world that calls concern. */
let world = "default";
export const inhabit = (name) => { world = name; };

/** A refusal of the server, in its own words; `violations` are the findings, if it told any. */
export class Refused extends Error {
  constructor(problem, status) {
    super(problem.detail || `The server answered ${status}.`);
    this.status = status;
    this.violations = problem.violations || [];
  }
}

const inWorld = (method, path) => (given = {}) => call(method, path, { ...given, query: { world, ...given.query } });
const atServer = (method, path) => (given = {}) => call(method, path, given);

export const api = {
  getAdminContract: atServer("GET", "/openapi.json"),
  getVersion: atServer("GET", "/version"),
  listWorlds: atServer("GET", "/worlds"),
  getWorld: atServer("GET", "/worlds/{name}"),
  deleteWorld: atServer("DELETE", "/worlds/{name}"),
  resetWorld: inWorld("POST", "/reset"),
  seedWorld: inWorld("POST", "/seed"),
  getClock: inWorld("GET", "/clock"),
  setClock: inWorld("PUT", "/clock"),
  moveClock: inWorld("PATCH", "/clock"),
  listRows: inWorld("GET", "/state/{collection}"),
  getRow: inWorld("GET", "/state/{collection}/{id}"),
  putRow: inWorld("PUT", "/state/{collection}/{id}"),
  deleteRow: inWorld("DELETE", "/state/{collection}/{id}"),
  listSnapshots: inWorld("GET", "/snapshots"),
  takeSnapshot: inWorld("POST", "/snapshots/{name}"),
  deleteSnapshot: inWorld("DELETE", "/snapshots/{name}"),
  restoreSnapshot: inWorld("POST", "/snapshots/{name}/restore"),
  getDiff: inWorld("GET", "/diff"),
  listFaults: inWorld("GET", "/faults"),
  addFaults: inWorld("POST", "/faults"),
  removeFault: inWorld("DELETE", "/faults/{id}"),
  clearFaults: inWorld("DELETE", "/faults"),
  getRequest: inWorld("GET", "/requests/{number}"),
  explainRequest: inWorld("GET", "/requests/{number}/explanation"),
  replayRequest: inWorld("POST", "/requests/{number}/replay"),
  findLines: inWorld("POST", "/requests/lines"),
  clearRequests: inWorld("DELETE", "/requests"),
  getCoverage: inWorld("GET", "/coverage"),
  listRecipes: atServer("GET", "/recipes"),
  streamEvents: atServer("GET", "/events"),
};

async function call(method, path, { path: names = {}, query = {}, body, signal, stream = false }) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(names[name]));
  const url = new URL(`.${filled}`, ROOT);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  const answer = await fetched(url, method, body, signal);
  if (answer.status === 401) {
    await askForToken();
    return call(method, path, { path: names, query, body, signal, stream });
  }
  if (!answer.ok) throw new Refused(await answer.json().catch(() => ({})), answer.status);
  if (stream) return answer.body;
  return answer.status === 204 ? null : answer.json();
}

async function fetched(url, method, body, signal) {
  const headers = {};
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  try {
    return await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The server does not answer. Is it still running?");
  }
}

let asking = null;

/** Asks for the admin token once, however many calls wait for it. */
function askForToken() {
  asking ??= new Promise((resolve) => {
    const wrong = sessionStorage.getItem(TOKEN) ? "That token was not accepted. " : "";
    const input = h("input", { type: "password", autocomplete: "off", required: true, autofocus: true });
    const enter = () => {
      if (!input.value) return;
      sessionStorage.setItem(TOKEN, input.value);
      element.close();
    };
    const keys = (event) => { if (event.key === "Enter") enter(); };
    input.addEventListener("keydown", keys);
    const element = dialog(
      "Admin token",
      h("p", {}, `${wrong}This server was started with --admin-token. It is kept for this tab alone.`),
      field("Token", input),
      h("footer", {}, button("Continue", enter, { class: "primary" })),
    );
    element.addEventListener("close", () => { asking = null; resolve(); });
  });
  return asking;
}
