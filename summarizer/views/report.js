// The line looked at lights its sentences. Without this script the numbers still lead to them.
"use strict";
{
  const told = document.getElementById("told");
  let from = null;

  const put = (node, name, on) => node.classList.toggle(name, on);
  const clear = () => document.querySelectorAll(".lit, .looked").forEach((one) => {
    put(one, "lit", false);
    put(one, "looked", false);
  });

  // Scroll the pane of the text alone, and only where the sentence is not in sight.
  const show = (sentence) => {
    const pane = sentence.closest(".text");
    if (pane.scrollHeight <= pane.clientHeight) return;
    const [box, one] = [pane.getBoundingClientRect(), sentence.getBoundingClientRect()];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (one.top < top || one.bottom > bottom) pane.scrollTop += one.top - top - (bottom - top) / 3;
  };

  const light = (event) => {
    const line = event.target.closest("[data-lights]");
    if (!line) return;
    clear();
    put(line, "looked", true);
    const sentences = line.dataset.lights.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
    sentences.forEach((one) => put(one, "lit", true));
    if (sentences.length) show(sentences[0]);
  };

  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  document.addEventListener("click", (event) => {
    const number = event.target.closest("a.number");
    light(event);
    if (!number) return;
    from = number;
    const sentence = document.getElementById(number.getAttribute("href").slice(1));
    sentence.tabIndex = -1;
    sentence.focus({ preventScroll: true });
    told.textContent = `sentence ${number.textContent}: ${sentence.textContent}`;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    clear();
    if (from) from.focus();
    from = null;
  });
}
