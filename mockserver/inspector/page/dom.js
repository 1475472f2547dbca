// Elements made of data. Whatever comes from the network becomes text, never markup.

const there = (children) => children.flat(9).filter((child) => child !== null && child !== undefined && child !== false);

/** An element with properties (`on…` are listeners, true and false attributes) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...there(children));
  return element;
}

export const clear = (element, ...children) => {
  element.replaceChildren(...there(children));
  return element;
};

export const button = (text, onclick, properties = {}) => h("button", { type: "button", onclick, ...properties }, text);

export const field = (label, control, properties = {}) => h("label", { class: "field", ...properties }, h("span", {}, label), control);

export const select = (options, properties = {}) =>
  h("select", properties, options.map(([value, text]) => h("option", { value }, text)));

/** A note that goes away by itself; one that tells of a failure stays until it is closed. */
export function toast(text, failed = false) {
  const note = h("div", { class: failed ? "toast failed" : "toast" }, h("span", {}, text));
  note.append(button("×", () => note.remove(), { class: "quiet", "aria-label": "Dismiss" }));
  const toasts = document.getElementById("toasts");
  toasts.append(note);
  while (toasts.children.length > 4) toasts.firstChild.remove();
  if (!failed) setTimeout(() => note.remove(), 5000);
}

/** A modal dialog that is gone once it is closed; gives its element. */
export function dialog(title, ...children) {
  const close = button("×", () => element.close(), { class: "quiet", "aria-label": "Close" });
  const heading = h("h2", {}, title);
  const element = h("dialog", { "aria-label": title }, h("header", {}, heading, close), ...children);
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  element.showModal();
  return element;
}

/** Asks before something is lost; resolves to whether it shall be done. */
export function confirmed(question, action) {
  return new Promise((resolve) => {
    const yes = button(action, () => element.close("yes"), { class: "danger", autofocus: true });
    const no = button("Cancel", () => element.close());
    const element = dialog("Are you sure?", h("p", {}, question), h("footer", {}, no, yes));
    element.addEventListener("close", () => resolve(element.returnValue === "yes"));
  });
}

/** Does something, and tells what went wrong. */
export async function attempt(work, done) {
  try {
    const result = await work();
    if (done) toast(typeof done === "function" ? done(result) : done);
    return result;
  } catch (error) {
    if (error.name !== "AbortError") toast(error.message, true);
    return undefined;
  }
}

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", { class: "hidden", value: text, "aria-label": "Text to copy" });
    (document.querySelector("dialog[open]") || document.body).append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(`${what} copied`);
}

export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
