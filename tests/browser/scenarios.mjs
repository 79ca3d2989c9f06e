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

const scenarios = {
  // What is lit after the pointer, or the focus, came to the claim with this text, and where it lies on the screen.
  async light(page) {
    const claim = page.locator(".findings .claim", { hasText: options.claim }).first();
    if (options.by === "focus") await claim.locator(".cite").first().focus();
    else await claim.hover();
    await settled(page);
    return page.evaluate(litNow);
  },

  // The keyboard alone: to the claim's number, into the article, and back.
  async keys(page) {
    const cite = page.locator(".findings .claim", { hasText: options.claim }).first().locator(".cite").first();
    await cite.focus();
    await page.keyboard.press("Enter");
    await settled(page);
    const inside = await page.evaluate(() => document.activeElement.id);
    const lit = await page.evaluate(litNow);
    await page.keyboard.press("Escape");
    await settled(page);
    const back = await cite.evaluate((each) => each === document.activeElement);
    return { inside, lit, back, after: (await page.evaluate(litNow)).sentences };
  },

  // The article and sentence that the address names, then those that a link in a claim leads to.
  async address(page) {
    await page.goto(`${options.report}${options.hash}`);
    await settled(page);
    const first = await page.evaluate(litNow);
    if (!options.claim) return { first };
    await page.locator(".findings .claim", { hasText: options.claim }).first().locator(".cite").first().click();
    await settled(page);
    return { first, then: await page.evaluate(litNow), hash: await page.evaluate(() => location.hash) };
  },

  async walk(page) {
    const seen = [];
    const name = page.locator("button.walk", { hasText: options.name }).first();
    for (let press = 0; press < options.presses; press++) {
      await name.press("Enter");
      await settled(page);
      seen.push({ ...(await page.evaluate(litNow)), said: await page.textContent("#said") });
    }
    return seen;
  },

  async tap(page) {
    const claim = page.locator(".findings .claim", { hasText: options.claim }).first();
    await claim.locator(".cite").first().click();
    await settled(page);
    const lit = await page.evaluate(litNow);
    const focused = await page.evaluate(() => document.activeElement.id);
    await page.locator("#back").click();
    await settled(page);
    const box = await claim.boundingBox();
    const height = page.viewportSize().height;
    return { lit, focused, returned: box.y >= 0 && box.y < height };
  },

  async search(page) {
    const shown = {};
    for (const words of options.searches) {
      await page.fill("#search", words);
      await page.waitForTimeout(250);
      shown[words] = await page.evaluate(() => ({
        rows: [...document.querySelectorAll("#rows > li")].flatMap((row, at) => (row.hidden ? [] : [at + 1])),
        said: document.getElementById("shown").textContent,
      }));
    }
    return shown;
  },

  async filter(page) {
    await page.click(`[data-filter="${options.filter}"]`);
    const rows = await page.evaluate(() =>
      [...document.querySelectorAll("#rows > li")].flatMap((row, at) => (row.hidden ? [] : [at + 1])),
    );
    await page.locator("#rows > li:not([hidden]) a").nth(1).click();
    await settled(page);
    return { rows, opened: await page.evaluate(() => [location.hash, document.querySelector(".headline").textContent]) };
  },

  async layout(page) {
    await settled(page);
    return page.evaluate(() => {
      const wide = [...document.querySelectorAll("body *")].filter((each) => {
        const box = each.getBoundingClientRect();
        const spills = each.clientWidth && each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX);
        return (box.right > innerWidth + 1 || spills) && !each.closest(".unseen, .skip") && getComputedStyle(each).display !== "inline";
      });
      return {
        scroll: [document.documentElement.scrollWidth, document.documentElement.clientWidth],
        wide: wide.map((each) => `${each.tagName}.${each.className}`).slice(0, 5),
        executed: window.executed ?? null,
        foreign: [...document.querySelectorAll("body img, body iframe, body b[onmouseover], .findings script, .sheet script")].length,
        text: document.querySelector(".body").textContent.length,
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
  const pieces = [...document.querySelectorAll(".sheet .lit")];
  const boxes = pieces.map((piece) => piece.getBoundingClientRect());
  const pane = document.querySelector(".sheet").getBoundingClientRect();
  return {
    text: pieces.map((piece) => piece.textContent).join(""),
    sentences: [...new Set(pieces.map((piece) => Number(piece.closest(".sentence").dataset.n)))],
    visible: boxes.every((box) => box.top >= Math.max(0, pane.top) && box.bottom <= innerHeight),
    onTop: pieces.every((piece) => {
      const widest = [...piece.getClientRects()].sort((one, other) => other.width - one.width)[0];
      return document.elementFromPoint(widest.left + widest.width / 2, widest.top + widest.height / 2) === piece;
    }),
  };
}

// Waits until nothing scrolls any more.
async function settled(page) {
  await page.evaluate(async () => {
    const places = () => [scrollY, document.querySelector(".sheet")?.scrollTop, document.querySelector("#rows")?.scrollTop].join();
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
