// Results and scores on an open page: runs their clocks on from the time in the page, and announces changes to screen
// readers. Votes in polls are polls.ts's. A separate script, fetched when the page has such a block; without it the blocks
// are shown as the server sent them.

import { replaceOptions } from "./polls";

const EVERY_MS = 30_000; // announced more often, figures would drown everything else that a screen reader says
const GATHER_MS = 3_000; // a table and its source change in one edit, and the next edit often follows soon
const SAID_MS = 5_000;
const LONGEST_S = 4 * 60 * 60; // core/body/score.py: a clock that nobody stopped must not run through the night
const BLOCKS = ".results:not(.poll):not(.poll *),.score";

const region = document.createElement("p");
region.className = "unseen";
region.setAttribute("role", "status");
document.body.append(region);

/** Writes the present time of each running clock into the page. */
function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>(".score [data-since]")) {
    const first = clock.firstChild;
    const began = Date.parse(clock.dataset.since!);
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (!first || !(seconds >= 0)) continue;
    const text = seconds < LONGEST_S ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
    // Beside a running clock, the style sheet hides the time at which it was set.
    clock.classList.toggle("runs", !!text);
    if (text && first.nodeValue !== text) first.nodeValue = text;
  }
}

/** Returns what is announced of a block: of results how much is counted and the first row, of a score the score. */
function summary(block: Element): string {
  const parts = block.matches(".score")
    ? [block.querySelector(".stands")]
    : [...block.querySelectorAll("caption strong, .count"), ...(block.querySelector("tbody tr")?.children ?? [])];
  return parts
    .map((part) => part?.textContent?.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(", ");
}

const summaries = new WeakMap<Element, string>();
let nextAt = 0;
let timer = 0;

function changed(): void {
  replaceOptions();
  if (timer) return;
  timer = window.setTimeout(announce, Math.max(GATHER_MS, nextAt - Date.now()));
}

function announce(): void {
  timer = 0;
  const news: string[] = [];
  for (const block of document.querySelectorAll(BLOCKS)) {
    const [was, now] = [summaries.get(block), summary(block)];
    summaries.set(block, now);
    if (was !== undefined && was !== now) news.push(now); // a new block is announced with its post
  }
  if (!news.length) return;
  region.textContent = news.join(". ");
  nextAt = Date.now() + EVERY_MS;
  setTimeout(() => (region.textContent = ""), SAID_MS);
}

for (const block of document.querySelectorAll(BLOCKS)) summaries.set(block, summary(block));
new MutationObserver(changed).observe(document.querySelector("[data-posts]") ?? document.body, {
  subtree: true,
  childList: true,
  characterData: true,
});
tick();
setInterval(tick, 1000);
