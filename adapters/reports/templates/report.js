"use strict";
// Filters what is shown. Without this script everything is.
(() => {
  const tools = document.querySelector(".tools");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const buttons = [...tools.querySelectorAll("[data-filter]")];
  const items = [...document.querySelectorAll("[data-outcome]")].map((element) => ({
    element,
    text: element.textContent.toLowerCase(),
  }));
  const files = [...document.querySelectorAll(".file")].map((element) => ({
    element,
    text: element.querySelector("h3").textContent.toLowerCase() +
      element.querySelector(".about").textContent.toLowerCase(),
    items: items.filter((item) => element.contains(item.element)),
    details: element.querySelector(".quiet"),
  }));

  const pressed = (name) => new Set(
    buttons.filter((button) => button.dataset.filter === name &&
      button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.value));

  const apply = () => {
    const outcomes = pressed("outcome");
    const severities = pressed("severity");
    const query = words.value.trim().toLowerCase();
    const active = outcomes.size > 0 || severities.size > 0 || query !== "";
    let count = 0;
    for (const file of files) {
      let left = 0;
      let quiet = 0;
      for (const { element, text } of file.items) {
        const fits = (!outcomes.size || outcomes.has(element.dataset.outcome)) &&
          (!severities.size || severities.has(element.dataset.severity)) &&
          (text.includes(query) || file.text.includes(query));
        element.hidden = !fits;
        left += fits;
        quiet += fits && element.tagName === "TR";
      }
      if (file.details) {
        file.details.hidden = active && quiet === 0;
        file.details.open = active && quiet > 0;
      }
      file.element.hidden = active && left === 0;
      count += left;
    }
    document.body.classList.toggle("filtered", active);
    shown.textContent = `显示 ${count} / ${items.length} 项`;
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      apply();
    });
  }
  words.addEventListener("input", apply);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("reset", () => {
    buttons.forEach((button) => button.setAttribute("aria-pressed", "false"));
    setTimeout(apply);
  });

  const derivations = [...document.querySelectorAll(".derivation")];
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = derivations.filter((details) => !details.open);
    opened.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((details) => { details.open = false; }));

  tools.hidden = false;
  apply();
})();
