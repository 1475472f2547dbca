// Worlds: which there are, making one, starting over; and the snapshots of the one that is shown.

import { api } from "./api.js";
import { h, attempt, button, clear, confirmed, field, select, toast } from "./dom.js";
import { snapshots } from "./snapshots.js";
import { count, instant } from "./text.js";

const NAME = "[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}";

export function worlds(context) {
  const cards = h("ul", { class: "cards" });
  const kept = snapshots(context);
  const element = h("div", { class: "view worlds" },
    h("section", {}, h("h2", {}, "Worlds"), h("p", { class: "faint" }, "Each is a business of its own: rows, clock, faults and exchanges are apart. A request names its world by the header X-Mock-World or the path /~name/."), cards),
    h("section", {}, h("h2", {}, "Make a world"), making(context)),
    kept.element);

  function card({ name, scenario, seed, now, clock, collections }) {
    const isPresent = name === context.world;
    const rows = Object.values(collections).reduce((sum, number) => sum + number, 0);
    const remove = async () => {
      if (!await confirmed(`The world ${name} and everything in it will be forgotten.`, "Delete it")) return;
      await attempt(() => api.deleteWorld({ path: { name } }), `The world ${name} is gone`);
      if (isPresent) context.go("worlds", { world: "default" });
      else refresh();
    };
    const reset = async () => {
      if (!await confirmed(`The world ${name} starts over: rows, clock, faults and exchanges. Its snapshots stay.`, "Start over")) return;
      await attempt(() => api.resetWorld({ query: { world: name } }), `The world ${name} is as it was grown`);
    };
    return h("li", { class: isPresent ? "card present" : "card" },
      h("h3", {}, h("a", { href: context.address("exchanges", { world: name }) }, name), isPresent ? h("span", { class: "verdict" }, "shown") : null),
      h("p", {}, `${scenario} · seed ${seed} · ${count(rows, "row")}`),
      h("p", { class: "faint" }, `${instant(now)}, ${clock}`),
      h("div", { class: "actions" }, button("Show", () => context.go("worlds", { world: name }), { disabled: isPresent, "aria-label": `Show ${name}` }),
        button("Reset", reset, { "aria-label": `Reset ${name}` }),
        name === "default" ? null : button("Delete", remove, { class: "danger", "aria-label": `Delete ${name}` })));
  }

  async function refresh() {
    await attempt(async () => {
      const all = await context.loadWorlds();
      clear(cards, all.map(card), context.left ? h("li", { class: "card" }, `… and ${context.left} more, unused for longer. Name one in the address of this page.`) : null, context.knowsAll ? null : h("li", { class: "card" }, h("p", {}, "This server is several processes, and none of them knows every world: add ?world=name to the address of this page for another one.")));
      await kept.refresh();
    });
  }

  return { element, show: refresh, heard: (kinds) => { if (kinds.has("steered")) refresh(); } };
}

/** What a world can be grown from is what the admin API's own document allows. */
function making(context) {
  const { scenario, size, locale } = context.admin.components.schemas.Growth.properties;
  const options = (found) => [["", "as started"], ...(found.enum ?? []).map((value) => [value, value])];
  const inputs = {
    name: h("input", { required: true, pattern: NAME, maxlength: "64", placeholder: "alice", title: "Letters, digits, dots, underscores and hyphens" }),
    scenario: select(options(scenario)),
    seed: h("input", { type: "number", min: "0", max: "9007199254740991", placeholder: "as started" }),
    size: h("input", { type: "number", min: String(size.minimum), max: String(size.maximum), placeholder: "as in the scenario" }),
    locale: select(options(locale)),
  };
  const make = async (event) => {
    event.preventDefault();
    const name = inputs.name.value;
    if (context.worlds.some((world) => world.name === name)) return toast(`There is a world ${name} already: reset it, or choose another name.`, true);
    const body = {};
    for (const key of ["scenario", "locale"]) if (inputs[key].value) body[key] = inputs[key].value;
    for (const key of ["seed", "size"]) if (inputs[key].value) body[key] = Number(inputs[key].value);
    if (await attempt(() => api.seedWorld({ query: { world: name }, body }), `The world ${name} is ready`)) context.go("worlds", { world: name });
  };
  return h("form", { class: "filters", onsubmit: make }, field("Name", inputs.name), field("Scenario", inputs.scenario), field("Seed", inputs.seed),
    field("Size", inputs.size), field("Locale", inputs.locale), h("button", { class: "primary" }, "Make"));
}
