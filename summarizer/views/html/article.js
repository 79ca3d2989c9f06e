// The article's text, cut into pieces at every sentence, mention and passage of evidence, so that any can be lit.

const sheet = { place: -1, pane: null, starts: [], pieces: [], sentences: [], rests: new Map() };

function drawArticle(record, place) {
  sheet.place = place;
  sheet.starts = [];
  sheet.pieces = [];
  sheet.sentences = [];
  const body = element("div", { class: "body" });
  if (record.text === null) body.append(element("p", { class: "plain" }, "The text of this article is not at hand."));
  else drawParagraphs(body, record, place);
  const title = element("h3", { class: "label" }, "The article");
  const options = { class: "sheet", role: "region", tabindex: "0", "aria-label": "The article" };
  sheet.pane = element("section", options, title, body);
  return sheet.pane;
}

sheet.piecesOf = function (span) {
  if (span.a !== sheet.place) return [];
  let low = 0;
  let high = sheet.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sheet.starts[middle] < span.s) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (; low < sheet.starts.length && sheet.starts[low] < span.e; low++) found.push(sheet.pieces[low]);
  return found;
};

function drawParagraphs(body, record, place) {
  const marks = marksOf(record, place);
  const cuts = cutsOf(record, marks, place);
  let paragraph = element("p", { dir: "auto" });
  let at = 0;
  let nextCut = 0;
  const between = (end) => {
    const [first, ...rest] = record.text.slice(at, end).split(/\n[^\S\n]*\n\s*/);
    appendGap(paragraph, first);
    for (const piece of rest) {
      if (paragraph.childNodes.length) body.append(paragraph);
      paragraph = element("p", { dir: "auto" });
      appendGap(paragraph, piece);
    }
  };
  record.sentences.forEach(([start, end], index) => {
    between(start);
    const sentence = element("span", { class: "sentence", "data-n": index + 1, id: `s${index + 1}` });
    while (nextCut < cuts.length && cuts[nextCut] < start) nextCut++;
    for (at = start; at < end; at = Math.min(end, cuts[nextCut] ?? end)) {
      while (nextCut < cuts.length && cuts[nextCut] <= at) nextCut++;
      sentence.append(drawPiece(record.text, at, Math.min(end, cuts[nextCut] ?? end), marks));
    }
    sheet.sentences.push(sentence);
    paragraph.append(sentence);
  });
  between(record.text.length);
  if (paragraph.childNodes.length) body.append(paragraph);
}

// Text no sentence covers, such as a byline, is shown but set apart.
function appendGap(paragraph, text) {
  if (text.trim()) paragraph.append(element("span", { class: "aside" }, text));
  else if (text && paragraph.childNodes.length) paragraph.append(text);
}

function drawPiece(text, start, end, marks) {
  const kind = marks.at(start);
  const piece = element("span", { class: kind ? `piece named ${kind}` : "piece" }, text.slice(start, end));
  sheet.starts.push(start);
  sheet.pieces.push(piece);
  return piece;
}

// The mentions in order of the text; where they overlap, the shortest gives a piece its colour.
function marksOf(record, place) {
  const all = record.entities.flatMap((found) => [
    ...found.groups.flatMap((group) => group.entities.flatMap((one) => kindOf(one.mentions, group.kind))),
    ...[...found.dates, ...found.figures].flatMap((one) => kindOf(one.mentions, "figure")),
  ]);
  const own = all.filter((mark) => mark.a === place).sort((one, other) => one.s - other.s || other.e - one.e);
  let next = 0;
  let open = [];
  own.at = (offset) => {
    while (next < own.length && own[next].s <= offset) open.push(own[next++]);
    open = open.filter((mark) => mark.e > offset);
    if (!open.length) return null;
    return open.reduce((best, mark) => (mark.e - mark.s < best.e - best.s ? mark : best)).kind;
  };
  return own;
}

function kindOf(mentions, kind) {
  return mentions.map((mention) => ({ ...mention, kind }));
}

function cutsOf(record, marks, place) {
  const cuts = new Set(marks.flatMap((mark) => [mark.s, mark.e]));
  const spans = [];
  const walk = (value) => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === "object") {
      if (value.a === place && "s" in value) spans.push(value);
      else Object.values(value).forEach(walk);
    }
  };
  walk([record.summaries, record.timelines, record.answers, record.others, record.entities]);
  for (const span of spans) cuts.add(span.s).add(span.e);
  return [...cuts].sort((one, other) => one - other);
}
