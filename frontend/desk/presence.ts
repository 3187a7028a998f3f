// Shows who is here and in which post, who holds which lease, and how many people read; never announces it. Owns those
// places in the page, by each beat.

import { on } from "./bus";
import type { Beat } from "./contracts";
import { timeOf as exactly } from "./states";
import { t } from "./words";
import { inZone } from "./zone";

const SILENT_MS = 20_000; // without an answer; then the last known state is too old
const here = document.querySelector<HTMLElement>("[data-here]");
const reading = document.querySelector<HTMLElement>("[data-reading]");
let silence = 0;

/** A time of day in the live blog's zone. */
export function timeOf(instant: string): string {
  return inZone({ hour: "2-digit", minute: "2-digit" }).format(new Date(instant));
}

function person({ name, me, post, since, away }: Beat["here"][number]): HTMLElement {
  const item = document.createElement("li");
  item.classList.toggle("away", away);
  item.classList.toggle("me", me);
  const who = document.createElement("bdi");
  who.textContent = me ? t("here.me", { name }) : name;
  item.append(who);
  if (post) {
    const where = document.createElement(post === "new" ? "span" : "a");
    if (where instanceof HTMLAnchorElement) where.href = `#row-${post}`;
    where.className = "where";
    where.textContent = `✎ ${timeOf(since)}`;
    where.setAttribute("aria-label", post === "new" ? t("here.writing", { at: timeOf(since) }) : t("here.editing", { at: timeOf(since) }));
    if (post === "new") where.setAttribute("role", "img");
    item.append(" ", where);
  }
  if (away) {
    const word = document.createElement("span");
    word.className = "visually-hidden";
    word.textContent = t("here.away");
    item.append(" ", word);
  }
  return item;
}

function showHere(people: Beat["here"]): void {
  if (!here) return;
  const list = document.createElement("ul");
  list.setAttribute("aria-label", t("here"));
  list.append(...people.map(person));
  const now = here.firstElementChild;
  if (now?.outerHTML === list.outerHTML || now?.contains(document.activeElement)) return;
  here.replaceChildren(list);
}

function sentence({ me, name, since }: Beat["leases"][number]): string {
  const at = timeOf(since);
  return me ? t("lease.row_me", { at }) : t("lease.row", { name, at });
}

function showRows(leases: Beat["leases"]): void {
  const by = new Map(leases.filter(({ mine }) => !mine).map((one) => [one.post, one]));
  for (const place of document.querySelectorAll<HTMLElement>("[data-lease]")) {
    const held = by.get(place.dataset.lease ?? "");
    const said = held ? sentence(held) : "";
    if (place.textContent !== said) place.textContent = said;
  }
}

const lives = new Map<string, string>(); // posts that this session published, and since when readers have them

function showLives(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const said = lives.get(place.dataset.live ?? "") ?? "";
    if (place.textContent !== said) place.textContent = said;
  }
}

on("live", ({ post, at, reading: n, atLeast }) => {
  const values = { at: exactly(at), n };
  lives.set(post, atLeast ? t("row.live_atleast", values) : t("row.live", values));
  showLives();
});

on("beat", (beat) => {
  clearTimeout(silence);
  silence = window.setTimeout(() => {
    showHere([]);
    showRows([]);
    if (reading) reading.textContent = "";
  }, SILENT_MS);
  showHere(beat.here);
  showRows(beat.leases);
  showLives();
  const n = beat.readers.reading;
  const said = beat.readers.atLeast ? t("reading.atleast", { n }) : t("reading", { n });
  if (reading && reading.textContent !== said) reading.textContent = said;
});
