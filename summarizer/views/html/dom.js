// Elements are made by these functions only: text is always a text node, so nothing in it can become markup.

function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

// Text from outside stands in a direction of its own, so that it cannot turn around what is beside it.
function words(text, options = {}) {
  return element("bdi", options, text);
}

// Words that may be of any length: beyond a dozen lines they scroll in a box of their own.
function passage(text) {
  return words(text, text.length > 1200 ? { class: "endless", tabindex: "0" } : {});
}

// The direction of a block follows its first letter, as the direction of the isolated words in it does.
function direction(text) {
  return /^\P{L}*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text) ? "rtl" : "ltr";
}

function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

function say(text) {
  document.getElementById("said").textContent = text;
}

function narrow() {
  return matchMedia("(max-width: 899px)").matches;
}

function motion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}
