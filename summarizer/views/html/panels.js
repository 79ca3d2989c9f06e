// What was found in an article: summary, answers, names, timeline, a user's own tasks, issues and runs.

function drawFindings(record) {
  return element(
    "div",
    { class: "findings" },
    record.summaries.map(drawSummary),
    panel("Questions", record.answers.map(drawAnswer)),
    record.timelines.map(drawTimeline),
    record.entities.map(drawEntities),
    record.others.map((other) => panel(other.task, [drawTree(other.value)])),
    drawIssues(record),
    drawRuns(record),
  );
}

function panel(title, children, options = {}) {
  const some = children.flat(2).filter(Boolean);
  if (!some.length) return null;
  return element("section", { class: "panel", ...options }, element("h3", { class: "label" }, words(title)), some);
}

function drawClaim(claim, name = "div", options = {}) {
  const doubt = claim.support === "unchecked" && element("span", { class: "doubt" }, "unchecked");
  const made = element(name, { class: "claim", dir: direction(claim.text), ...options }, passage(claim.text), drawCites(claim.evidence), doubt || null);
  for (const span of claim.evidence) if (span.a === null) made.append(drawQuote(span));
  lit.evidence.set(made, claim.evidence);
  return made;
}

function drawCites(evidence) {
  const here = evidence.filter((span) => span.a !== null);
  return here.map((span) => {
    const elsewhere = span.a === sheet.place ? "" : `article ${span.a + 1}, `;
    const label = `${elsewhere || ""}sentence ${span.n}`;
    const shown = span.a === sheet.place ? String(span.n) : `${span.a + 1}:${span.n}`;
    return element("a", { class: "cite", href: `#${span.a + 1}.${span.n}`, "aria-label": label }, shown);
  });
}

function drawQuote(span) {
  const number = element("span", { class: "number" }, String(span.n));
  const astray = span.astray ? element("span", { class: "doubt" }, "the article reads otherwise there") : null;
  return element("blockquote", { dir: direction(span.text) }, number, passage(span.text), astray);
}

function drawSummary(summary) {
  const long = summary.headline.text.length > 160 ? "headline long claim" : "headline claim";
  const points = summary.points.map((point) => element("li", {}, drawClaim(point)));
  return [
    drawClaim(summary.headline, "h2", { class: long }),
    points.length ? panel("In short", [element("ol", { class: "points" }, points)]) : null,
  ];
}

function drawAnswer(answer) {
  const closest = answer.closest.map((span) => drawClaim({ text: span.text, evidence: [span], support: "verbatim" }));
  const conflicts = answer.conflicts.map((group) => [
    element("p", { class: "warning" }, "The article contradicts itself:"),
    group.map((claim) => drawClaim(claim)),
  ]);
  return element(
    "div",
    { class: answer.found ? "answer" : "answer absent" },
    element("h4", { dir: direction(answer.question) }, passage(answer.question)),
    answer.found ? null : element("p", { class: "warning" }, "The article does not say."),
    answer.found && answer.short ? element("p", { class: "short" }, passage(answer.short)) : null,
    answer.claims.map((claim) => drawClaim(claim)),
    conflicts,
    closest.length ? element("div", { class: "closest" }, element("p", {}, "Nearest passages"), closest) : null,
  );
}

function drawTimeline(timeline) {
  const claims = timeline.events.map((event) => drawClaim(event.claim));
  const rows = timeline.events.map((event, index) => {
    const joint = event.certainty === "reported" ? " by " : ", according to ";
    const by = event.by ? [joint, passage(event.by)] : [];
    const certainty = element("span", { class: "certainty" }, event.certainty, by);
    const who = event.who.length ? element("span", { class: "who" }, event.who.map(passage)) : null;
    const when = element("div", { class: "when" }, event.when ? words(event.when) : "no date");
    const dot = element("span", { class: `dot ${event.certainty}`, "aria-hidden": "true" });
    const note = element("div", { class: "note" }, certainty, who);
    return element("li", { class: event.certainty }, when, dot, element("div", {}, claims[index], note));
  });
  if (!rows.length) return null;
  return panel("Timeline", [drawLine(timeline, claims), element("ol", { class: "events" }, rows)]);
}

function drawEntities(found) {
  const groups = found.groups.map((group) => [
    element("h4", { class: `kind ${group.kind}` }, group.title),
    element("ul", { class: "names" }, group.entities.map((entity) => drawEntity(entity, group.kind))),
  ]);
  const rows = (title, list) =>
    list.length ? [element("h4", { class: "kind figure" }, title), element("ul", { class: "names" }, list.map(drawFigure))] : [];
  return panel("Names and figures", [groups, rows("Dates", found.dates), rows("Figures", found.figures)]);
}

function drawEntity(entity, kind) {
  const aliases = entity.aliases.flatMap((alias, index) => [index ? ", " : "", passage(alias)]);
  return element(
    "li",
    {},
    drawWalk(entity.name, entity.mentions, kind),
    aliases.length ? element("span", { class: "aliases" }, "also ", aliases) : null,
    entity.role ? drawClaim(entity.role, "div", { class: "claim role" }) : null,
  );
}

function drawFigure(figure) {
  const means = figure.means ? element("span", { class: "aliases" }, "= ", passage(figure.means)) : null;
  return element("li", {}, drawWalk(figure.text, figure.mentions, "figure"), means);
}

// A name as a button: each press goes on to the next place where it stands, around to the first.
function drawWalk(name, mentions, kind) {
  const here = mentions.filter((mention) => mention.a === sheet.place);
  const label = element("span", { class: "name" }, words(name));
  if (!here.length) return element("span", { class: `walk ${kind}` }, label);
  const count = [element("span", { class: "count", "aria-hidden": "true" }, String(here.length)), unseen(`, named ${here.length} times`)];
  const made = element("button", { type: "button", class: `walk ${kind}` }, label, count);
  let at = -1;
  made.addEventListener("click", (event) => {
    at = (at + (event.shiftKey ? here.length - 1 : 1)) % here.length;
    if (at < 0) at = here.length - 1;
    showMention(made, here, at);
    say(`${name.slice(0, 80)}: ${at + 1} of ${here.length}, sentence ${here[at].n}`);
  });
  return made;
}

// Lights one mention, and the others of the same name faintly.
function showMention(from, mentions, at) {
  unlight();
  lit.claim = from;
  from.classList.add("current");
  lit.pieces = sheet.piecesOf(mentions[at]);
  lit.kin = mentions.flatMap((mention) => sheet.piecesOf(mention));
  for (const piece of lit.kin) piece.classList.add("kin");
  for (const piece of lit.pieces) piece.classList.add("lit");
  if (!narrow()) return bringIntoSheet(lit.pieces);
  lit.returnTo = from;
  lit.pieces[0]?.scrollIntoView({ block: "center", behavior: motion() });
  document.getElementById("back").hidden = false;
}

function drawTree(value) {
  if (value.claim) return drawClaim(value.claim);
  if (value.items) return element("ul", { class: "tree" }, value.items.map((item) => element("li", {}, drawTree(item))));
  if (value.fields) {
    const rows = value.fields.flatMap(([name, inner]) => [element("dt", {}, passage(name)), element("dd", {}, drawTree(inner))]);
    return element("dl", { class: "tree" }, rows);
  }
  return value.leaf === null ? element("span", { class: "unknown" }, "unknown") : passage(value.leaf);
}

function drawIssues(record) {
  const unfinished = record.results
    .filter((result) => result.status !== "complete")
    .map((result) => element("li", {}, element("b", {}, result.status), words(result.task), `: ${result.coverage}`));
  const issues = record.results.flatMap((result) =>
    result.issues.map((issue) => {
      const place = element("span", { class: "where" }, passage(`${result.task} ${issue.code} ${issue.where}`));
      return element("li", {}, element("b", {}, issue.action), passage(issue.message), place);
    }),
  );
  const all = [...unfinished, ...issues];
  return panel("Issues", [all.length ? element("ul", { class: "issue-list" }, all) : null], { class: "panel doubts" });
}

function drawRuns(record) {
  const runs = record.runs.map((run) =>
    element(
      "li",
      {},
      element("span", { class: "model" }, passage(run.model)),
      [run.tokens, run.cost, run.seconds, run.requests, run.decided].map((fact) => element("span", {}, fact)),
      element("span", { class: "where" }, words(`${run.prompt} · ${run.schema} · version ${run.version}`)),
    ),
  );
  return panel("How it was made", [element("ul", { class: "runs" }, runs)]);
}
