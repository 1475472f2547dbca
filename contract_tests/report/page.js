"use strict";

// Copying: a button beside each block that says what it copies.
for (const block of document.querySelectorAll("pre[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", "Copy " + block.dataset.copy);
  button.addEventListener("click", () => copy(block, button));
  const frame = document.createElement("div");
  frame.className = "copied";
  block.replaceWith(frame);
  frame.append(block, button);
}

async function copy(block, button) {
  const text = block.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(block);
    document.execCommand("copy");
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
}

// Filtering: every choice narrows the cards; a link to a hidden card clears the choices.
const form = document.querySelector(".filters");
if (form) {
  const selects = [...form.querySelectorAll("select")];
  const cards = [...document.querySelectorAll(".card")];
  const filter = () => {
    for (const card of cards) {
      card.hidden = !selects.every(
        (select) => select.value === "*" || card.dataset[select.dataset.filter] === select.value,
      );
    }
    const left = cards.filter((card) => !card.hidden).length;
    form.querySelector("output").textContent = "showing " + left + " of " + cards.length;
  };
  const follow = () => {
    const card = location.hash.startsWith("#f-") && document.getElementById(location.hash.slice(1));
    if (card && card.hidden) {
      for (const select of selects) select.value = "*";
      filter();
      card.scrollIntoView();
    }
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", follow);
  form.hidden = false;
  filter();
}
