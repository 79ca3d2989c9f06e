// A line drawn to scale above the list of events. The list says all; the line is for the eye only.

function drawLine(timeline, items) {
  if (!timeline.line.length) return null;
  const lanes = timeline.line.map((stretch) => laneOf(stretch.bars));
  const stretches = timeline.line.map((stretch, index) => drawStretch(stretch, lanes[index], timeline.events, items));
  const note = timeline.line.length > 1 && "Each stretch is to scale; the slanted strokes leave time out.";
  const made = element("div", { class: "stretches" }, stretches);
  made.style.setProperty("--lanes", String(Math.max(...lanes.flat()) + 1));
  new ResizeObserver(() => stretches.forEach(thinLabels)).observe(made);
  return element("div", { class: "line", "aria-hidden": "true" }, made, note ? element("p", { class: "note" }, note) : null);
}

function drawStretch(stretch, lanes, events, items) {
  const bars = stretch.bars.map((bar, index) => {
    const made = element("span", { class: `bar ${events[bar.event].certainty}` });
    setPlace(made, bar.at, bar.long, lanes[index]);
    made.addEventListener("pointerenter", () => light(items[bar.event]));
    made.addEventListener("click", () => items[bar.event].scrollIntoView({ block: "nearest", behavior: motion() }));
    return made;
  });
  const ticks = stretch.ticks.map((tick) => {
    const made = element("span", { class: "tick" }, element("span", {}, tick.label));
    setPlace(made, tick.at, 0, 0);
    return made;
  });
  const made = element("div", { class: "stretch" }, ticks, bars);
  made.style.setProperty("--share", String(1 + stretch.ticks.length));
  return made;
}

// Shows as many labels as have room beside each other; the first always.
function thinLabels(stretch) {
  let reached = -1;
  const end = stretch.getBoundingClientRect().right;
  for (const label of stretch.querySelectorAll(".tick > span")) {
    label.hidden = false;
    const box = label.getBoundingClientRect();
    label.hidden = reached >= 0 && (box.left < reached + 6 || box.right > end + 8);
    if (!label.hidden) reached = box.right;
  }
}

function setPlace(made, at, long, lane) {
  made.style.setProperty("--at", String(at));
  made.style.setProperty("--long", String(long));
  made.style.setProperty("--lane", String(lane));
}

// Bars that would cover each other lie in lanes of their own; a bar is never drawn shorter than a dot is wide.
function laneOf(bars) {
  const ends = [];
  return bars.map((bar) => {
    let lane = ends.findIndex((end) => end <= bar.at + 1e-9);
    if (lane < 0) lane = ends.length;
    ends[lane] = bar.at + Math.max(bar.long, 0.05);
    return lane;
  });
}
