// Plays one scenario on one report and prints what it saw as JSON: node scenarios.mjs MODULES OPTIONS

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modules, asked] = process.argv.slice(2);
const options = JSON.parse(asked);
const { chromium } = await import(pathToFileURL(`${modules}/playwright-core/index.mjs`));

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const line = (page) => page.locator("li[data-lights]", { hasText: options.claim }).first();

const scenarios = {
  // What is lit after the pointer, or the focus, came to the line with this text, and where it lies on the screen.
  async light(page) {
    if (options.by === "focus") await line(page).locator("a.number").first().focus();
    else await line(page).hover();
    await settled(page);
    return page.evaluate(litNow);
  },

  // The keyboard alone: to the line's number, into the article, and back.
  async keys(page) {
    const number = line(page).locator("a.number").first();
    await number.focus();
    await page.keyboard.press("Enter");
    await settled(page);
    const inside = await page.evaluate(() => document.activeElement.id);
    const told = await page.textContent("#told");
    await page.keyboard.press("Escape");
    const back = await number.evaluate((each) => each === document.activeElement);
    return { inside, told, back };
  },

  // Where a link leads, with or without the script.
  async follow(page) {
    await line(page).locator("a.number").first().click();
    await settled(page);
    return page.evaluate(() => {
      const found = document.querySelector(":target");
      const box = found.getBoundingClientRect();
      return { text: found.textContent, visible: box.top >= 0 && box.bottom <= innerHeight, hash: location.hash };
    });
  },

  async layout(page) {
    await settled(page);
    return page.evaluate(() => {
      const wide = [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        const spills = each.clientWidth && each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX);
        return (box.right > innerWidth + 1 || spills) && !each.closest(".unseen") && getComputedStyle(each).display !== "inline";
      });
      return {
        scroll: [document.documentElement.scrollWidth, document.documentElement.clientWidth],
        wide: wide.map((each) => `${each.tagName}.${each.className}`).slice(0, 5),
        executed: window.executed ?? null,
        foreign: [...document.querySelectorAll("body img, body iframe, body b[onmouseover], main script")].length,
        text: document.querySelector("main").textContent.length,
      };
    });
  },

  async axe(page) {
    await page.evaluate(readFileSync(`${modules}/axe-core/axe.min.js`, "utf8"));
    const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    const violations = found.violations.map(({ id, impact, nodes }) => ({ id, impact, first: nodes[0].html.slice(0, 300) }));
    return { violations, passed: found.passes.length };
  },

  async paint(page) {
    return page.evaluate(async () => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      const [load] = performance.getEntriesByType("navigation");
      return { paint: paint?.startTime ?? null, ready: load.domContentLoadedEventEnd, drawn: !!document.querySelector(".sentence") };
    });
  },

  async picture(page) {
    await settled(page);
    await page.screenshot({ path: options.path, fullPage: options.whole ?? false });
    return null;
  },
};

function litNow() {
  const pieces = [...document.querySelectorAll(".lit")];
  const boxes = pieces.map((piece) => piece.getBoundingClientRect());
  return {
    text: pieces.map((piece) => piece.textContent).join(""),
    sentences: pieces.map((piece) => Number(piece.id.split("s").at(-1))),
    visible: boxes.every((box) => box.top >= 0 && box.bottom <= innerHeight),
  };
}

// Waits until nothing scrolls any more.
async function settled(page) {
  await page.evaluate(async () => {
    const places = () => [scrollY, ...[...document.querySelectorAll(".text")].slice(0, 3).map((each) => each.scrollTop)].join();
    for (let before = "", still = 0; still < 6; ) {
      await new Promise((next) => setTimeout(next, 30));
      const now = places();
      still = now === before ? still + 1 : 0;
      before = now;
    }
  });
}

const browser = await chromium.launch({ executablePath: options.browser, args: FLAGS });
try {
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.scheme ?? "light",
    hasTouch: options.touch ?? false,
    javaScriptEnabled: options.script ?? true,
  });
  const heard = [];
  const requests = [];
  page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("request", (request) => request.url().split("#")[0] === options.report || requests.push(request.url()));
  await page.goto(options.report);
  const saw = await scenarios[options.scenario](page);
  process.stdout.write(JSON.stringify({ saw, heard, requests }));
} finally {
  await browser.close();
}
