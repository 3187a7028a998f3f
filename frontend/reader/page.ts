// What the reader sees: puts posts and parts in place, and sees to it that nothing moves under the reader.
// Knows no network. A new post waits behind a button, unless the reader is at the very top and looking.

import { Announcer } from "./announce";
import type { Left } from "./back";
import { localise } from "./clock";
import { closeStale } from "./frames";
import type { View } from "./log";
import { html, morph } from "./nodes";
import { uncover } from "./pictures";
import { Steady } from "./steady";
import type { Frame, Part } from "./wire";
import { count, digits, speaking, words } from "./words";

export type Order = [number, number];

const root = document.documentElement;
const AT_TOP_PX = 40;
const MORE_PAGES = 40; // a thousand posts; whoever was away for longer has a pager

const orderOf = (post: Element): Order => ((post as HTMLElement).dataset.o || "0-0").split("-").map(Number) as Order;
const newer = (a: Order, b: Order): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
const idOf = (post: Element): string => post.id.slice(2);

export class Page implements View {
  readonly path = location.pathname;
  /** New posts that the reader has not asked for yet, by id. */
  private waiting = new Map<string, Element>();
  private posts = document.querySelector("[data-posts]")!;
  private takesNew = root.dataset.page === "page";
  /** Older than this belongs to an older page; null: this page holds the beginning. */
  private boundary: Order | null = this.boundaryOf(document);
  private button: HTMLButtonElement;
  /** The newest post that was ever shown: only what is newer is a new update, whatever else comes to be. */
  private newest: Order | null = null;
  /** Slid in, and not announced yet. */
  private slid = new Set<string>();
  /** The post that the reader comes back to, as long as it is not here. */
  private awaited: Left | null = null;
  private headline = this.text("headline");
  private title = document.title;
  private steady = new Steady(this.posts);

  constructor(private announcer: Announcer) {
    this.button = speaking(document.createElement("button"));
    this.button.type = "button";
    this.button.className = "news";
    this.button.hidden = true;
    this.button.onclick = () => this.reveal(true);
    this.posts.before(this.button, announcer.region);
    for (const post of this.posts.children) this.shown(orderOf(post));
    localise(document);
  }

  /** Applies one frame; an op that this script does not know is somebody newer's, and skipped. */
  apply(frame: Frame): void {
    for (const { op, post, html: text } of frame.ops || []) {
      if (op === "put" && text) this.put(html(text));
      else if (op === "drop") this.drop(post);
    }
  }

  put(fresh: Element): void {
    const live = document.getElementById(fresh.id);
    const order = orderOf(fresh);
    localise(fresh);
    if (live && String(orderOf(live)) === String(order)) {
      this.steady.keepingPlace(() => this.edit(live, fresh));
    } else if (live) {
      // It moved: rare (a corrected time), and then the place is the news.
      this.steady.keepingPlace(() => {
        live.remove();
        if (this.belongs(order)) this.insert(fresh);
      });
    } else if (this.waiting.has(idOf(fresh))) {
      this.waiting.set(idOf(fresh), fresh);
    } else if (this.takesNew && this.belongs(order)) {
      if (this.newest && !newer(order, this.newest)) {
        // Restored, imported, or placed in the past: no news, and its place may be far from where the reader is.
        this.steady.keepingPlace(() => this.insert(fresh));
      } else if (this.maySlideIn(order)) {
        fresh.setAttribute("data-fresh", "");
        this.insert(fresh);
        this.slid.add(idOf(fresh));
        this.announce();
      } else {
        this.waiting.set(idOf(fresh), fresh);
        this.announce();
      }
    }
    this.count();
  }

  drop(post: string): void {
    this.waiting.delete(post);
    this.slid.delete(post);
    const live = document.getElementById("p-" + post);
    if (live && root.dataset.page === "post") return location.reload(); // its page says now why it went
    if (live) {
      const next = (live.nextElementSibling || live.previousElementSibling) as HTMLElement | null;
      const focused = live.contains(document.activeElement);
      this.steady.keepingPlace(() => live.remove());
      if (focused && next) focus(next);
    }
    this.count();
  }

  part({ n, h }: Part): void {
    for (const scope of [document as ParentNode, ...this.waiting.values()]) {
      for (const live of scope.querySelectorAll(`[data-part="${CSS.escape(n)}"]`)) {
        const fresh = live.cloneNode(false) as Element;
        fresh.innerHTML = h;
        localise(fresh);
        this.steady.keepingPlace(() => morph(live, fresh));
        uncover(live);
      }
    }
    if (n === "headline") this.count();
  }

  /** Makes this page what a fresh copy of it says. `more` fetches the next older page, for posts that moved there. */
  async reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void> {
    if (root.dataset.page !== "page") {
      // Older pages and permalinks have fixed contents: the same document again.
      for (const post of [...this.posts.children]) {
        const same = fresh.getElementById(post.id);
        if (same) this.put(document.importNode(same, true));
        else this.drop(idOf(post));
      }
      this.takeParts(fresh);
      return;
    }
    const boundary = this.boundaryOf(fresh);
    const unseen = new Set([...this.waiting.keys(), ...[...this.posts.children].map(idOf)]);
    const take = (doc: Document): void => {
      for (const post of doc.querySelectorAll("[data-posts] > *")) {
        this.put(document.importNode(post, true));
        unseen.delete(idOf(post));
      }
    };
    // This page may hold more than a fresh one: what has moved to older pages since.
    if (!this.boundary || !boundary) this.boundary = null;
    else if (newer(this.boundary, boundary)) this.boundary = boundary;
    take(fresh);
    this.takeParts(fresh);
    let next = olderOf(fresh);
    for (let pages = 0; unseen.size && next; pages++) {
      const doc = await more(next);
      take(doc);
      next = olderOf(doc);
      if (pages === MORE_PAGES) {
        this.boundary = this.boundaryOf(doc);
        break;
      }
    }
    unseen.forEach((post) => this.drop(post));
  }

  private takeParts(fresh: Document): void {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const n = (part as HTMLElement).dataset.part!;
      if (!n.startsWith("notes-")) this.part({ n, s: 0, h: part.innerHTML });
    }
  }

  /** Shows what waits; by the button, the reader is taken to the first of it. */
  reveal(go: boolean): void {
    const fresh = [...this.waiting.values()];
    this.waiting.clear();
    const show = (): void => fresh.forEach((post) => this.insert(post));
    if (!go) this.steady.keepingPlace(show);
    else {
      show();
      const first = fresh.sort((a, b) => (newer(orderOf(a), orderOf(b)) ? -1 : 1))[0];
      if (first) {
        first.scrollIntoView({ block: "start" });
        focus(first as HTMLElement);
      }
    }
    this.count();
  }

  /** Goes to a post if this page has it, shown or waiting. */
  goTo(post: string): boolean {
    if (this.waiting.has(post)) this.reveal(false);
    const live = document.getElementById("p-" + post);
    if (live) {
      live.scrollIntoView({ block: "start" });
      focus(live);
    }
    return !!live;
  }

  /** Says where the reader is, to come back to; null at the very top, where nothing is being read yet. */
  leaving(): Left | null {
    const first = [...this.posts.children].find((post) => post.getBoundingClientRect().bottom > 0);
    if (!first || !this.newest || scrollY <= AT_TOP_PX) return null;
    const { top } = first.getBoundingClientRect();
    return { post: first.id, order: orderOf(first), top, newest: this.newest };
  }

  /** Takes the reader back to a place. What came since waits behind the button, unless the page was asked for `again`. */
  goBack(left: Left, again: boolean): void {
    if (this.takesNew && !again) {
      for (const post of [...this.posts.children]) {
        if (!newer(orderOf(post), left.newest)) continue;
        post.remove();
        this.waiting.set(idOf(post), post);
      }
      this.newest = left.newest;
      this.count();
    }
    if (this.standsAt(left)) return;
    // Not in this copy of the page: its neighbour for now, and itself when it comes, unless the reader has moved on.
    const older = [...this.posts.children].find((post) => newer(left.order, orderOf(post)));
    if (older) this.standsAt({ ...left, post: older.id });
    this.awaited = left;
    const moved = (): void => void (this.awaited = null);
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(type, moved, { once: true });
  }

  private standsAt({ post, top }: Left): boolean {
    const live = document.getElementById(post);
    if (live) scrollBy({ top: live.getBoundingClientRect().top - top, behavior: "instant" });
    return !!live;
  }

  /** Runs a change of somebody else's, without moving what is read. */
  keepingPlace(change: () => void): void {
    this.steady.keepingPlace(change);
  }

  gone(): void {
    location.reload(); // its page says so now
  }

  isMain(): boolean {
    return this.takesNew;
  }

  /** What the status part says: "live", "closed" or "gone". */
  state(): string {
    return document.querySelector<HTMLElement>("[data-status]")?.dataset.status || "live";
  }

  private text(part: string): string {
    return document.querySelector(`[data-part="${part}"]`)?.textContent || "";
  }

  private boundaryOf(doc: Document): Order | null {
    const posts = doc.querySelectorAll("[data-posts] > *");
    return olderOf(doc) && posts.length ? orderOf(posts[posts.length - 1]!) : null;
  }

  private belongs(order: Order): boolean {
    return !this.boundary || !newer(this.boundary, order);
  }

  private maySlideIn(order: Order): boolean {
    const first = this.posts.firstElementChild;
    return (
      scrollY <= AT_TOP_PX &&
      !document.hidden &&
      !this.waiting.size &&
      (!first || newer(order, orderOf(first))) &&
      !this.posts.contains(document.activeElement) &&
      getSelection()!.isCollapsed
    );
  }

  private insert(fresh: Element): void {
    const order = orderOf(fresh);
    let next = this.posts.firstElementChild;
    while (next && newer(orderOf(next), order)) next = next.nextElementSibling;
    this.posts.insertBefore(fresh, next);
    this.shown(order);
    if (this.awaited?.post === fresh.id) {
      const left = this.awaited;
      this.awaited = null;
      setTimeout(() => this.standsAt(left)); // after what else is put in place now
    }
  }

  private shown(order: Order): void {
    if (!this.newest || newer(order, this.newest)) this.newest = order;
  }

  /** Edits a post in place: only what differs is touched, so focus, open details and playing films survive. */
  private edit(live: Element, fresh: Element): void {
    const notes = "[data-part^=notes-]";
    const kept = live.querySelector(notes);
    const empty = fresh.querySelector(notes);
    if (kept && empty && !empty.firstChild) empty.innerHTML = kept.innerHTML;
    morph(live, fresh);
    uncover(live);
    closeStale(live);
  }

  private count(): void {
    const n = this.waiting.size;
    this.button.hidden = !n;
    if (n) this.button.textContent = count(words.new, n);
    const headline = this.text("headline");
    if (headline !== this.headline) this.title = this.title.replace(this.headline, () => headline);
    this.headline = headline;
    document.title = (n ? `(${digits(n, words.dates)}) ` : "") + this.title;
  }

  private announce(): void {
    this.announcer.say("news", () => {
      const n = this.waiting.size + this.slid.size;
      this.slid.clear();
      return n ? count(words.new, n) : "";
    });
  }
}

function olderOf(doc: Document): string | null {
  return doc.querySelector(".pager [rel=next]")?.getAttribute("href") || null;
}

function focus(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
