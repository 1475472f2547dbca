// An exchange as a named example of the contract: a fragment to paste, and where it belongs.

import { h, button, copy, dialog, download, field, select } from "./dom.js";

const NAME = /^[A-Za-z0-9._-]+$/;

export function saveAsExample(found, context) {
  const declared = context.operations.find(({ operation_id: id, tag }) => id === found.operation_id && tag === found.tag);
  const sides = ["response", "request"].filter((name) => found[name].body && "json" in found[name].body && !found[name].body.cut);
  if (!declared || !sides.length) {
    dialog("Save as example", h("p", {}, declared ? "Neither side of this exchange is JSON that was kept whole." : "No operation of the contract was meant by this exchange."));
    return;
  }
  const side = select(sides.map((name) => [name, `The ${name}'s body`]));
  const name = h("input", { value: `${found.operation_id}-${found.status}`, autofocus: true });
  const where = h("code", {});
  const preview = h("pre", { class: "json", tabindex: "0", "aria-label": "The example" });
  const problem = h("p", { class: "problem", role: "alert" });
  const save = button("Download", () => { download(`${name.value}.json`, preview.textContent); element.close(); }, { class: "primary" });
  const draw = () => {
    const named = NAME.test(name.value);
    problem.textContent = named ? "" : "Name it with letters, digits, dots, underscores or hyphens.";
    save.disabled = !named;
    where.textContent = placeOf(found, declared, side.value);
    preview.textContent = JSON.stringify({ [name.value]: { summary: summary(found), value: found[side.value].body.json } }, null, 2);
  };
  const element = dialog("Save as example",
    field("Of", side), field("Name", name), problem,
    h("p", {}, "Paste it into the contract (JSON is YAML) below ", where),
    preview,
    h("footer", {}, button("Copy", () => copy(preview.textContent, "The example")), save));
  side.addEventListener("change", draw);
  name.addEventListener("input", draw);
  draw();
}

const summary = ({ method, path, status, at }) => `${method} ${path} answered ${status} at ${at}`;

function placeOf(found, declared, side) {
  const type = Object.entries(found[side].headers).find(([name]) => name.toLowerCase() === "content-type");
  const media = type ? type[1].split(";")[0].trim() : "application/json";
  const where = side === "request" ? "requestBody" : `responses."${found.status}"`;
  return `paths."${declared.path}".${declared.method.toLowerCase()}.${where}.content."${media}".examples`;
}
