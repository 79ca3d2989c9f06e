// The page: which article is open (the address says it: #12, or #12.3 for its third sentence), and what events do.

const opened = { place: -1 };

function show() {
  const [, number, sentence] = /^#(\d+)(?:\.(\d+))?$/.exec(location.hash) ?? [null, "1", null];
  if (!document.getElementById(`record-${number - 1}`)) return;
  if (opened.place !== number - 1) draw(number - 1);
  const target = sheet.sentences[sentence - 1];
  if (sentence && target) lightSentence(target);
}

function draw(place) {
  const first = opened.place < 0;
  opened.place = place;
  unlight();
  lit.returnTo = null;
  document.getElementById("back").hidden = true;
  const data = record(place);
  const text = drawArticle(data, place);
  const spread = element("div", { class: "spread" }, drawFindings(data), text);
  document.getElementById("reading").replaceChildren(drawHead(data, place), spread);
  noteWhatRests();
  markRow(place);
  if (first) return;
  if (narrow()) document.querySelector(".index details")?.removeAttribute("open");
  document.getElementById("reading").scrollIntoView({ block: "start" });
  document.getElementById("reading").focus({ preventScroll: true });
}

function drawHead(data, place) {
  const facts = [data.name, data.published, data.source].filter((fact) => fact && fact !== data.title);
  const shown = element("p", { class: "facts" }, facts.map((fact) => words(fact)), words(data.results[0].coverage));
  const count = document.querySelectorAll("#rows > li").length;
  const step = (by, name) => {
    const to = place + by;
    return to >= 0 && to < count ? element("a", { href: `#${to + 1}` }, name) : element("span", {}, name);
  };
  const steps = count > 1 && element("nav", { class: "steps", "aria-label": "Neighbours" }, step(-1, "Previous"), step(1, "Next"));
  const title = data.summaries.length ? null : element("h2", { class: "headline" }, words(data.title));
  return element("header", { class: "head" }, element("div", { class: "strip" }, shown, steps || null), title);
}

function markRow(place) {
  document.querySelector("#rows [aria-current]")?.removeAttribute("aria-current");
  const link = document.querySelectorAll("#rows > li > a")[place];
  link?.setAttribute("aria-current", "page");
  if (link && !narrow()) link.scrollIntoView({ block: "nearest" });
}

function lightSentence(sentence) {
  unlight();
  lit.pieces = [...sentence.children];
  for (const piece of lit.pieces) piece.classList.add("lit");
  goTo(lit.pieces, null);
}

// Which claims rest on each sentence, so that the article can point back at them.
function noteWhatRests() {
  sheet.rests = new Map();
  for (const claim of document.querySelectorAll(".findings .claim")) {
    for (const span of lit.evidence.get(claim)) {
      if (span.a === sheet.place) sheet.rests.set(span.n, [...(sheet.rests.get(span.n) ?? []), claim]);
    }
  }
  for (const number of sheet.rests.keys()) sheet.sentences[number - 1]?.classList.add("cited");
}

function claimAt(target) {
  return target instanceof Element ? target.closest(".claim") : null;
}

function overArticle(target) {
  document.querySelectorAll(".claim.backed").forEach((claim) => claim.classList.remove("backed"));
  const sentence = target instanceof Element ? target.closest(".sentence") : null;
  for (const claim of sheet.rests.get(Number(sentence?.dataset.n)) ?? []) claim.classList.add("backed");
}

function onClick(event) {
  const claim = claimAt(event.target);
  if (!claim || getSelection().toString()) return;
  const cite = event.target.closest(".cite");
  const spans = (lit.evidence.get(claim) ?? []).filter((span) => span.a === sheet.place);
  const chosen = cite ? spans.filter((span) => cite.getAttribute("href") === `#${span.a + 1}.${span.n}`) : spans;
  if (!chosen.length) return;
  event.preventDefault();
  light(claim);
  goTo(sheet.piecesOf(chosen[0]), cite ?? claim.querySelector(".cite"));
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const claim = claimAt(event.target);
  if (claim) light(claim);
  overArticle(event.target);
});
document.addEventListener("focusin", (event) => {
  const claim = claimAt(event.target);
  if (claim) light(claim);
});
document.addEventListener("click", onClick);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  comeBack();
  unlight();
});
document.getElementById("back").addEventListener("click", comeBack);
addEventListener("hashchange", show);
setUpIndex();
show();
