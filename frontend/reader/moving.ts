// Results, scores and polls on an open page: a clock that runs on from what stands in the page, and changes said to screen
// readers; what becomes of a vote is polls.ts's.
// A script of its own, which reader.ts asks for when the page has such a block; without it each stands as it was set.

import { polls } from "./polls";

const EVERY_MS = 30_000; // whoever hears every figure hears nothing else
const GATHER_MS = 3_000; // a table and its source change in one edit, and the next edit is often close
const SAID_MS = 5_000;
const LONGEST_S = 4 * 60 * 60; // core/body/score.py: one that nobody stopped must not count through the night
const BLOCKS = ".results:not(.poll):not(.poll *),.score";

const region = document.createElement("p");
region.className = "unseen";
region.setAttribute("role", "status");
document.body.append(region);

/** Writes what each clock reads now into the page; what is not a clock that runs is left alone. */
function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>(".score [data-since]")) {
    const first = clock.firstChild;
    const began = Date.parse(clock.dataset.since!);
    const seconds = Math.floor((Date.now() - began) / 1000);
    if (!first || !(seconds >= 0)) continue;
    const text = seconds < LONGEST_S ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";
    // The time at which it was set is of no use to whoever sees it run.
    clock.classList.toggle("runs", !!text);
    if (text && first.nodeValue !== text) first.nodeValue = text;
  }
}

/** What a block says in a sentence: of results what is declared and who stands first, of a score the score. */
function said(block: Element): string {
  const parts = block.matches(".score")
    ? [block.querySelector(".stands")]
    : [...block.querySelectorAll("caption strong, .count"), ...(block.querySelector("tbody tr")?.children ?? [])];
  return parts
    .map((part) => part?.textContent?.replace(/\s+/g, " ").trim())
    .filter(Boolean)
    .join(", ");
}

const known = new WeakMap<Element, string>();
let next = 0;
let timer = 0;

function changed(): void {
  polls();
  if (timer) return;
  timer = window.setTimeout(say, Math.max(GATHER_MS, next - Date.now()));
}

function say(): void {
  timer = 0;
  const news: string[] = [];
  for (const block of document.querySelectorAll(BLOCKS)) {
    const [was, now] = [known.get(block), said(block)];
    known.set(block, now);
    if (was !== undefined && was !== now) news.push(now); // what is new altogether is a post's, and said as one
  }
  if (!news.length) return;
  region.textContent = news.join(". ");
  next = Date.now() + EVERY_MS;
  setTimeout(() => (region.textContent = ""), SAID_MS);
}

for (const block of document.querySelectorAll(BLOCKS)) known.set(block, said(block));
new MutationObserver(changed).observe(document.querySelector("[data-posts]") ?? document.body, {
  subtree: true,
  childList: true,
  characterData: true,
});
tick();
setInterval(tick, 1000);
