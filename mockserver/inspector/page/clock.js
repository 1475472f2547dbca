// The clock of a world: what time it is there, standing still or running, and moving it.

import { api } from "./api.js";
import { h, attempt, button, clear, dialog, field } from "./dom.js";
import { count, instant } from "./text.js";

/** Draws the clock into an element; gives what asks the server for the time again. */
export function clock(element, context) {
  let known = null;
  let readAt = 0;
  const time = h("button", { type: "button", class: "time quiet", title: "Set the time", onclick: () => set() });
  const run = button("", () => change({ running: !known.running }));
  const steps = [["+1 h", "PT1H", "One hour later"], ["+1 day", "P1D", "One day later"]];
  clear(element, time, run, steps.map(([text, advance, title]) => button(text, () => change({ advance }), { title })));

  function draw() {
    if (!known) return;
    const passed = known.running ? Date.now() - readAt : 0;
    const now = new Date(Date.parse(known.now) + passed).toISOString();
    clear(time, h("span", { class: "visually-hidden" }, "Time in this world: "), h("b", {}, instant(now)), h("small", {}, known.running ? "running" : "frozen"));
    run.textContent = known.running ? "Freeze" : "Run";
    run.title = known.running ? "Stop the clock where it is" : "Let the clock run on";
    element.classList.toggle("frozen", !known.running);
  }

  function learnt(answer) {
    known = answer;
    readAt = Date.now();
    draw();
    return answer;
  }

  const moved = ({ now, happened }) => `It is ${instant(now)} now. ${happened ? `${count(happened, "thing")} became due and happened.` : "Nothing became due."}`;

  async function change(body) {
    const world = context.world;
    const answer = await attempt(() => api.moveClock({ body }), moved);
    if (answer && world === context.world) learnt(answer);
  }

  function set() {
    const input = h("input", { value: known?.now ?? "", "aria-describedby": "set-clock", autofocus: true });
    const running = h("input", { type: "checkbox" });
    const done = async () => {
      const answer = await attempt(() => api.setClock({ body: { now: input.value.trim(), running: running.checked } }), moved);
      if (!answer) return;
      learnt(answer);
      dialogue.close();
    };
    const dialogue = dialog("Set the time of this world",
      h("p", { id: "set-clock" }, "An instant such as 2026-02-20T15:00:00Z. What becomes due on the way forward happens."),
      field("Time", input), h("label", { class: "check" }, running, " Let it run on from there"),
      h("footer", {}, button("Set", done, { class: "primary" })));
  }

  setInterval(() => { if (known?.running && !document.hidden) draw(); }, 1000);
  return { refresh: () => api.getClock().then(learnt, () => {}) };
}
