// What is lit: the claim a reader looks at, and the pieces of the article it rests on.

const lit = { claim: null, evidence: new WeakMap(), pieces: [], kin: [], returnTo: null };

function light(claim) {
  if (claim === lit.claim) return;
  unlight();
  lit.claim = claim;
  claim.classList.add("current");
  lit.pieces = (lit.evidence.get(claim) ?? []).flatMap((span) => sheet.piecesOf(span));
  for (const piece of lit.pieces) piece.classList.add("lit");
  if (!narrow()) bringIntoSheet(lit.pieces);
}

function unlight() {
  lit.claim?.classList.remove("current");
  for (const piece of [...lit.pieces, ...lit.kin]) piece.classList.remove("lit", "kin");
  lit.claim = null;
  lit.pieces = [];
  lit.kin = [];
}

// Scrolls the pane of the article, never the page, and only where some of the pieces is out of sight.
function bringIntoSheet(pieces) {
  if (!pieces.length || !sheet.pane) return;
  const pane = sheet.pane.getBoundingClientRect();
  const tops = pieces.map((piece) => piece.getBoundingClientRect());
  const top = Math.min(...tops.map((box) => box.top));
  const bottom = Math.max(...tops.map((box) => box.bottom));
  const height = Math.min(pane.bottom, innerHeight) - pane.top;
  if (top >= pane.top + 8 && bottom <= pane.top + height - 8) return;
  const space = bottom - top < height ? Math.min(height / 3, (height - (bottom - top)) / 2) : 24;
  sheet.pane.scrollTo({ top: sheet.pane.scrollTop + top - pane.top - space, behavior: motion() });
}

// Goes to a place in the article: on a wide page beside the claim, on a narrow one away from it, with a way back.
function goTo(pieces, from) {
  if (!pieces.length) return;
  const target = pieces[0].closest(".sentence") ?? pieces[0];
  lit.returnTo = from;
  if (narrow()) pieces[0].scrollIntoView({ block: "center", behavior: motion() });
  else bringIntoSheet(pieces);
  target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  document.getElementById("back").hidden = !from || !narrow();
}

function comeBack() {
  const from = lit.returnTo;
  lit.returnTo = null;
  document.getElementById("back").hidden = true;
  if (!from) return;
  from.scrollIntoView({ block: narrow() ? "center" : "nearest", behavior: motion() });
  from.focus({ preventScroll: true });
}
