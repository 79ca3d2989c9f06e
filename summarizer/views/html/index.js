// The list of articles: search over everything in them, filter, and the number shown.

const haystacks = [];

function record(place) {
  return JSON.parse(document.getElementById(`record-${place}`).textContent);
}

function rows() {
  return [...document.querySelectorAll("#rows > li")];
}

// All strings of a record, once, for searching: articles are parsed only when somebody searches.
function haystack(place) {
  if (haystacks[place] !== undefined) return haystacks[place];
  const found = [];
  const walk = (value) => {
    if (typeof value === "string") found.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  walk(record(place));
  const text = found.join("\n");
  haystacks[place] = { text, folded: text.toLowerCase() };
  return haystacks[place];
}

function search() {
  const asked = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const mark = document.querySelector(".filters [aria-pressed=true]").dataset.filter;
  let shown = 0;
  rows().forEach((row, place) => {
    const marked = !mark || row.dataset.marks.split(" ").includes(mark);
    const matches = marked && asked.every((word) => haystack(place).folded.includes(word));
    row.hidden = !matches;
    row.querySelector(".found")?.remove();
    if (matches && asked.length) showFound(row, place, asked[0]);
    shown += matches ? 1 : 0;
  });
  const all = rows().length;
  document.getElementById("shown").textContent = shown === all ? `${all} articles` : `${shown} of ${all} articles`;
}

// A line with the first match, where the title does not show it. Folding may change lengths: then there is no line.
function showFound(row, place, word) {
  const { text, folded } = haystack(place);
  if (row.querySelector(".title").textContent.toLowerCase().includes(word) || text.length !== folded.length) return;
  const at = folded.indexOf(word);
  const start = Math.max(text.lastIndexOf("\n", at) + 1, at - 30);
  const end = Math.min(at + word.length + 50, (text.indexOf("\n", at) + 1 || text.length + 1) - 1);
  const match = element("mark", {}, text.slice(at, at + word.length));
  const line = words("", { class: "found" });
  line.append(text.slice(start, at).trimStart(), match, text.slice(at + word.length, end));
  row.querySelector("a").append(line);
}

function setUpIndex() {
  const box = document.getElementById("search");
  if (!box) return;
  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 80);
  });
  document.querySelectorAll(".filters button").forEach((button) =>
    button.addEventListener("click", () => {
      document.querySelectorAll(".filters button").forEach((other) => other.setAttribute("aria-pressed", other === button));
      search();
    }),
  );
  if (narrow()) document.querySelector(".index details").open = false;
}
