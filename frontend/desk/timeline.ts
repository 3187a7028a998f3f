// The timeline: new posts appear, edits and withdrawals replace rows in place, and nothing moves under the reader. Owns the
// rows in the page. Each is a fragment of the desk (GET rows/), requested when the stream, a beat or a part of this page
// says that something changed. New rows wait above while the person has scrolled down or is busy.

import { ScrollAnchoring } from "../reader/anchoring";
import type { Cursor } from "../reader/cursor";
import { morph, toElement } from "../reader/nodes";
import { on, tell } from "./bus";
import { listen } from "./stream";
import { t } from "./words";

const MOST = 200; // rows in the page; a shift of 2,000 posts must not fill the memory of an old laptop
const AT_ONCE = 50; // rows that are requested by id; the server returns a hundred at the most
const WAITING = 100; // rows that wait in memory; a desk that is left scrolled down all night must not keep all of them
const AT_TOP_PX = 40;
const GATHER_MS = 60; // changes are collected first: a publish with a pin is two facts
const SPREAD_MS = 200; // thirty desks hear of a post at once, and should not all ask at once
const AGAIN_MS = 3_000;
const SAID_MS = 4_000; // between announcements, so that a screen reader can say other things too
const DEADLINE_MS = 15_000;

type Order = [number, number];
const orderOf = (row: HTMLElement): Order => (row.dataset.o || "0-0").split("-").map(Number) as Order;
const newer = (a: Order, b: Order): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
const isRow = (element: Element): element is HTMLElement => element.classList.contains("desk-post");

const screen = document.querySelector<HTMLElement>("[data-screen]");
const news = document.querySelector<HTMLButtonElement>("[data-news]");
const newsSaid = document.querySelector<HTMLElement>("[data-news-said]");

class Timeline {
  /** New rows that wait, by id. */
  private waiting = new Map<string, HTMLElement>();
  /** How many more there are than fit in memory; they are requested when they are to be shown. */
  private more = 0;
  private rows = this.found();
  private anchoring = new ScrollAnchoring(this.rows);
  /** Posts to request by id; those changed here are shown at once. */
  private wanted = new Set<string>();
  private asking = false;
  private again = false;
  private timer = 0;
  private saying = 0;

  constructor(private screen: HTMLElement) {
    on("changed", ({ post }) => this.ask(post));
    on("beat", ({ head }) => head > Number(this.rows.dataset.head) && this.soon());
    on("role", ({ role }) => role && void this.renew());
    news?.addEventListener("click", () => void this.reveal());
    document.addEventListener("htmx:after:swap", () => this.look());
    document.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("[data-older]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void this.older(link);
    });
  }

  /** The address of rows. It changes when the live blog is renamed. */
  private get at(): string {
    return this.screen.dataset.rowsAt!;
  }

  private found(): HTMLElement {
    return document.getElementById("rows")!;
  }

  /** Requests soon what changed since the fact that the rows are up to. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), GATHER_MS + Math.random() * SPREAD_MS);
  }

  private ask(post: string): void {
    if (post) this.wanted.add(post);
    clearTimeout(this.timer);
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    if (this.asking) {
      this.again = true;
      return;
    }
    this.asking = true;
    this.again = false;
    this.look();
    const own = [...this.wanted];
    const query = new URLSearchParams(this.rows.dataset.query);
    query.set("since", this.rows.dataset.head || "0");
    query.set("epoch", this.rows.dataset.epoch || "");
    // Pinning one post may unpin another.
    const pinned = [...this.rows.querySelectorAll<HTMLElement>(".desk-post.pinned")].map((row) => row.dataset.row!);
    for (const post of new Set([...own, ...pinned])) query.append("post", post);
    const asked = this.rows;
    try {
      const fresh = await fetchRows(`${this.at}?${query}`);
      this.look();
      if (asked === this.rows) this.take(fresh, own);
      for (const post of own) this.wanted.delete(post);
    } catch {
      setTimeout(() => void this.refresh(), AGAIN_MS * (1 + Math.random()));
    } finally {
      this.asking = false;
    }
    if (this.again) this.soon();
  }

  /** Handles that all rows were replaced: they are newer, and may be of another search. */
  private look(): void {
    const found = this.found();
    if (found === this.rows) return;
    this.rows = found;
    this.anchoring = new ScrollAnchoring(found);
    this.forget();
    this.count();
  }

  /** Requests every row again, because its buttons changed. */
  private async renew(): Promise<void> {
    const asked = this.rows;
    const ids = [...asked.children, ...this.waiting.values()].filter(isRow).map((row) => row.dataset.row!);
    try {
      while (ids.length) {
        const query = new URLSearchParams(ids.splice(0, AT_ONCE).map((id) => ["post", id]));
        const fresh = await fetchRows(`${this.at}?${query}`);
        if (asked !== this.rows) return;
        for (const row of [...fresh.children].filter(isRow)) this.put(row, false);
      }
    } catch {
      setTimeout(() => void this.renew(), AGAIN_MS * (1 + Math.random()));
    }
  }

  private take(fresh: HTMLElement, own: string[]): void {
    const rows = [...fresh.children].filter(isRow);
    if (fresh.dataset.anew !== undefined && !this.busy()) {
      // Too far behind to catch up: the newest posts, as on a fresh page.
      this.rows.replaceWith(fresh);
      this.look();
    } else {
      for (const row of rows) this.put(row, own.includes(row.dataset.row!));
      this.rows.dataset.head = fresh.dataset.head;
      this.rows.dataset.epoch = fresh.dataset.epoch;
    }
    this.trim();
    this.count();
  }

  private put(fresh: HTMLElement, own: boolean): void {
    const live = document.getElementById(fresh.id);
    const order = orderOf(fresh);
    if (live && holdsForm(live)) return void (live.dataset.stale = ""); // somebody is typing in it
    if (live) {
      for (const kept of ["[data-lease]", "[data-live]", "[data-said]"]) {
        const [was, now] = [live.querySelector(kept), fresh.querySelector(kept)];
        if (was && now) now.replaceWith(was.cloneNode(true));
      }
      const moved = live.dataset.o !== fresh.dataset.o;
      this.anchoring.keepingPlace(() => {
        morph(live, fresh);
        if (moved) this.insert(live);
      });
    } else if (this.waiting.has(fresh.id) && !own) {
      this.waiting.set(fresh.id, fresh);
    } else if (this.fits(fresh) && this.belongs(order)) {
      if (own) this.waiting.delete(fresh.id);
      if (own || !this.isNews(order)) this.anchoring.keepingPlace(() => this.insert(fresh));
      else if (this.maySlideIn()) {
        fresh.dataset.fresh = "";
        this.insert(fresh);
      } else this.wait(fresh);
    }
  }

  private wait(row: HTMLElement): void {
    this.waiting.set(row.id, row);
    const [first] = this.waiting.keys();
    if (this.waiting.size <= WAITING || !first) return;
    this.waiting.delete(first);
    this.more++;
  }

  private forget(): void {
    this.waiting.clear();
    this.more = 0;
  }

  private insert(row: HTMLElement): void {
    const order = orderOf(row);
    let next = this.rows.firstElementChild;
    while (next && isRow(next) && (next === row || newer(orderOf(next), order))) next = next.nextElementSibling;
    this.rows.querySelector("[data-none]")?.remove();
    this.rows.insertBefore(row, next);
  }

  /** Whether a row matches the filter. Only the server can match words and authors: such rows stay. */
  private fits(row: HTMLElement): boolean {
    const query = new URLSearchParams(this.rows.dataset.query);
    if (query.get("words") || query.get("author")) return false;
    const [kind, state] = [query.get("kind"), query.get("state")];
    return (!kind || kind === row.dataset.kind) && (!state || state === row.dataset.state);
  }

  private belongs(order: Order): boolean {
    const last = this.last();
    return !last || this.olderLink()?.hidden !== false || newer(order, orderOf(last));
  }

  private last(): HTMLElement | undefined {
    return [...this.rows.children].filter(isRow).pop();
  }

  private olderLink(): HTMLElement | null {
    return this.rows.querySelector<HTMLElement>(".older");
  }

  private isNews(order: Order): boolean {
    const first = this.rows.firstElementChild;
    return !first || !isRow(first) || newer(order, orderOf(first));
  }

  private busy(): boolean {
    const inRows = this.rows.contains(document.activeElement);
    return inRows || !!this.rows.querySelector("form[data-composer], .ask-here, [data-menu][open]");
  }

  private maySlideIn(): boolean {
    const selected = getSelection();
    const selecting = selected && !selected.isCollapsed && this.rows.contains(selected.anchorNode);
    return scrollY <= AT_TOP_PX && !document.hidden && !this.waiting.size && !this.busy() && !selecting;
  }

  /** Shows the rows that wait above, and goes to the newest. */
  private async reveal(): Promise<void> {
    if (this.more) {
      try {
        this.rows.replaceWith(await fetchRows(`${this.at}?${this.rows.dataset.query}`));
      } catch {
        return tell("say", { text: t("rows.failed"), bad: true });
      }
      this.look();
    }
    for (const row of this.waiting.values()) this.insert(row);
    this.forget();
    this.count();
    scrollTo({ top: 0, behavior: "instant" });
    this.trim();
    const first = this.rows.firstElementChild;
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }

  private count(): void {
    const n = this.waiting.size + this.more;
    if (!news) return;
    news.hidden = !n;
    const text = n ? t("above", { n }) : "";
    if (news.textContent === text) return;
    news.textContent = text;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => newsSaid && (newsSaid.textContent = text), text ? SAID_MS : 0);
  }

  /** Removes the oldest rows from the page while the person is at its top. */
  private trim(): void {
    if (scrollY > AT_TOP_PX) return;
    const rows = [...this.rows.children].filter(isRow);
    const gone = rows.slice(MOST).filter((row) => !row.contains(document.activeElement) && !holdsForm(row));
    if (!gone.length) return;
    for (const row of gone) row.remove();
    const [older, last] = [this.olderLink(), this.last()];
    if (!older || !last) return;
    older.hidden = false;
    const query = new URLSearchParams(this.rows.dataset.query);
    query.set("before", last.dataset.o!);
    older.querySelector("a")!.href = `?${query}`;
  }

  private async older(link: HTMLAnchorElement): Promise<void> {
    const older = link.closest<HTMLElement>(".older")!;
    older.setAttribute("aria-busy", "true");
    try {
      const fresh = await fetchRows(this.at + new URL(link.href).search);
      let first: HTMLElement | undefined;
      for (const row of [...fresh.children].filter(isRow)) {
        if (document.getElementById(row.id)) continue;
        older.before(row);
        first ??= row;
      }
      const next = fresh.querySelector<HTMLElement>(".older");
      if (next) older.replaceWith(next);
      first?.focus({ preventScroll: true });
    } catch {
      tell("say", { text: t("rows.failed"), bad: true });
    } finally {
      older.removeAttribute("aria-busy");
    }
  }
}

function holdsForm(row: Element): boolean {
  return !!row.querySelector("form[data-composer], .ask-here");
}

async function fetchRows(url: string): Promise<HTMLElement> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(url, { headers: { accept: "text/html" }, redirect: "error", cache: "no-store", signal });
  if (!response.ok) throw new Error(String(response.status));
  return toElement(await response.text()) as HTMLElement;
}

if (screen && document.getElementById("rows")) {
  const timeline = new Timeline(screen);
  const cursor = (): Cursor => {
    const { epoch = "", head } = document.getElementById("rows")!.dataset;
    return { epoch, seq: Number(head), r: Number(screen.dataset.render || 0) };
  };
  listen(screen, cursor, () => timeline.soon());
}
