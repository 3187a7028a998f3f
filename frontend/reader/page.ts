// What the reader sees: puts posts and parts in place, and sees to it that nothing moves under the reader.
// Knows no network. A new post waits behind a button in the bar, unless the reader is at the very top and looking.

import { Announcer } from "./announce";
import type { Left } from "./back";
import { localise } from "./clock";
import { movingBlocks } from "./figures";
import type { View } from "./log";
import { closeStale, html, morph } from "./nodes";
import { uncover } from "./pictures";
import { Steady } from "./steady";
import { scrolled } from "./turns";
import type { Annotate, Frame, Part } from "./wire";
import { count, digits, speaking, words } from "./words";

export type Order = [number, number];

const root = document.documentElement;
const AT_TOP_PX = 40;
const MORE_PAGES = 40; // a thousand posts; whoever was away for longer has a pager
// A page that is open all day does not grow all day: what is beyond these is on older pages, or with the newest one.
const MOST_SHOWN = 150;
const KEPT = 100;
const MOST_WAITING = 300;

export const orderOf = (post: Element): Order => ((post as HTMLElement).dataset.o || "0-0").split("-").map(Number) as Order;
export const newer = (a: Order, b: Order): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
const idOf = (post: Element): string => post.id.slice(2);

export class Page implements View {
  readonly path = location.pathname;
  /** New posts that the reader has not asked for yet, by id. */
  private waiting = new Map<string, Element>();
  /** The ids of those that wait for updates to go on. */
  private later = new Set<string>();
  readonly posts = document.querySelector("[data-posts]")!;
  /** Oldest first: what is new belongs below all others, on the last page. */
  private readonly upwards = root.dataset.page === "oldest_first";
  /** Whether the reader has the oldest first, on such a page or as they asked. */
  oldestFirst = this.upwards;
  private takesNew = root.dataset.page === "page" || (this.upwards && !further(document));
  /** Older than this belongs to an older page; null: this page holds the beginning. */
  boundary: Order | null = this.boundaryOf(document);
  /** "N new updates". */
  readonly button = speaking(document.createElement("button"));
  /** The newest post that was ever shown: only what is newer is a new update, whatever else comes to be. */
  private newest: Order | null = null;
  /** Slid in, and not announced yet. */
  private slid = new Set<string>();
  /** The post that the reader comes back to, as long as it is not here. */
  private awaited: Left | null = null;
  private headline = this.text("headline");
  private title = document.title;
  private steady = new Steady(this.posts);

  /** `changed`: what a part shows is another now. `current`: what the server has is here. */
  constructor(
    private announcer: Announcer,
    private changed: (part: string) => void,
    readonly current: () => void,
  ) {
    this.button.type = "button";
    this.button.className = "news";
    this.button.hidden = true;
    this.posts.before(announcer.region);
    for (const post of this.posts.children) this.shown(orderOf(post));
    localise(document);
    let timer = 0; // once for a burst of posts
    new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.number());
    }).observe(this.posts, { childList: true });
    this.number();
  }

  /** Applies one frame; an op that this script does not know is somebody newer's, and skipped. */
  apply(frame: Frame): void {
    const ops = frame.ops || [];
    for (const op of ops) {
      if (op.op === "put") {
        const fresh = html(op.html);
        // What is said of it follows, and is put in place with it: it stays the same nodes.
        for (const said of ops) if (said.op === "annotate" && said.post === op.post) annotate(fresh, said);
        this.put(fresh);
      } else if (op.op === "drop") this.drop(op.post);
      else if (op.op === "annotate") {
        let corrected = false;
        this.keepingPlace(() => {
          const posts = this.held().filter((post) => (op.post || idOf(post)) === idOf(post));
          for (const post of posts) corrected = (annotate(post, op) && post.isConnected) || corrected;
        });
        // Said once, to whoever has the post before them: the note stays.
        if (corrected && op.by.startsWith("correction:")) this.announcer.say("corrected", () => words.corrected);
      }
    }
  }

  put(fresh: Element): void {
    const live = document.getElementById(fresh.id);
    const order = orderOf(fresh);
    if (live && fresh.matches(".post-gone")) this.left();
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
      if (!this.isNews(order)) {
        // Restored, imported, or placed in the past: no news, and its place may be far from where the reader is.
        this.steady.keepingPlace(() => this.insert(fresh));
      } else if (this.maySlideIn(order)) {
        fresh.setAttribute("data-fresh", "");
        this.insert(fresh);
        this.letGo();
        this.slid.add(idOf(fresh));
        this.announce();
      } else {
        if (this.waiting.size >= MOST_WAITING) fresh.textContent = ""; // counted; the newest page has its words
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
    if (live) {
      this.left();
      const next = (live.nextElementSibling || live.previousElementSibling) as HTMLElement | null;
      const focused = live.contains(document.activeElement);
      this.steady.keepingPlace(() => live.remove());
      if (focused && next) focus(next);
    }
    this.count();
  }

  /** Has a post's own page say why it went, if it did: its history has its words too. */
  private left(): void {
    if (root.dataset.page === "post") location.reload();
  }

  part({ n, h }: Part): boolean {
    for (const live of document.querySelectorAll(`[data-part="${CSS.escape(n)}"]`)) {
      const fresh = live.cloneNode(false) as Element;
      fresh.innerHTML = h;
      localise(fresh);
      this.steady.keepingPlace(() => morph(live, fresh));
      uncover(live);
      closeStale(live);
    }
    this.changed(n);
    this.count();
    if (n === "status") this.number();
    return n === "keyevents" && root.dataset.page === "key_events"; // that lists all of them, and the part the newest
  }

  hold(frame: Frame | null): void {
    if (!frame) this.later.clear();
    for (const op of frame?.ops || []) {
      if (op.op === "drop") this.later.delete(op.post);
      else if (op.op === "put" && this.takesNew && this.isNews(orderOf(html(op.html)))) this.later.add(op.post);
    }
    this.count();
  }

  /** Makes this page what a fresh copy of it says. `more` fetches the next older page, for posts that moved there. */
  async reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void> {
    if (!this.takesNew) {
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
    const unseen = new Set(this.held().map(idOf));
    const take = (doc: Document): void => {
      for (const post of doc.querySelectorAll("[data-posts] > *")) {
        this.put(document.importNode(post, true));
        unseen.delete(idOf(post));
      }
    };
    // This page may hold more than a fresh one: what has moved to older pages since.
    if (!this.boundary || !boundary) this.boundary = null;
    else if (newer(this.boundary, boundary)) this.boundary = boundary;
    this.posts.ariaBusy = "true";
    try {
      take(fresh);
      this.takeParts(fresh);
      let next = further(fresh);
      for (let pages = 0; unseen.size && next; pages++) {
        const doc = await more(next);
        take(doc);
        next = further(doc);
        if (pages === MORE_PAGES) {
          this.boundary = this.boundaryOf(doc);
          break;
        }
      }
      unseen.forEach((post) => this.drop(post));
    } finally {
      this.posts.ariaBusy = null;
    }
  }

  /** Every post that this page has, shown or waiting. */
  held(): Element[] {
    return [...this.waiting.values(), ...this.posts.children];
  }

  private takeParts(fresh: Document): void {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      this.part({ n: (part as HTMLElement).dataset.part!, s: 0, h: part.innerHTML });
    }
  }

  /** Shows what waits; by the button, the reader is taken to the first of it. */
  reveal(go: boolean): void {
    if (this.waiting.size > MOST_WAITING) return location.assign(this.path);
    const fresh = [...this.waiting.values()];
    this.waiting.clear();
    const show = (): void => fresh.forEach((post) => this.insert(post));
    if (!go) this.steady.keepingPlace(show);
    else {
      show();
      const first = fresh.sort((a, b) => (this.above(orderOf(a), orderOf(b)) ? -1 : 1))[0];
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
    const older = this.upwards ? doc.querySelector(".pager [rel=prev]") : further(doc);
    return older && posts.length ? orderOf(posts[this.upwards ? 0 : posts.length - 1]!) : null;
  }

  private above(a: Order, b: Order): boolean {
    return this.oldestFirst ? newer(b, a) : newer(a, b);
  }

  /** The newest event up to which the reader was shown everything, if the page is at this one. */
  shownUpTo(seq: number): number {
    return Math.min(seq, ...[...this.waiting.values()].map((post) => orderOf(post)[1] - 1));
  }

  private isNews(order: Order): boolean {
    return !this.newest || newer(order, this.newest);
  }

  belongs(order: Order): boolean {
    return !this.boundary || !newer(this.boundary, order);
  }

  protected maySlideIn(order: Order): boolean {
    const first = this.posts.firstElementChild;
    return (
      !this.oldestFirst &&
      scrolled() <= AT_TOP_PX &&
      !document.hidden &&
      !this.waiting.size &&
      (!first || newer(order, orderOf(first))) &&
      !this.posts.contains(document.activeElement) &&
      getSelection()!.isCollapsed
    );
  }

  /** Puts a post in its place. */
  insert(fresh: Element): void {
    const order = orderOf(fresh);
    let next = this.posts.firstElementChild;
    while (next && this.above(orderOf(next), order)) next = next.nextElementSibling;
    this.posts.insertBefore(fresh, next);
    this.shown(order);
    if (this.awaited?.post === fresh.id) {
      const left = this.awaited;
      this.awaited = null;
      setTimeout(() => this.standsAt(left)); // after what else is put in place now
    }
  }

  private shown(order: Order): void {
    if (this.isNews(order)) this.newest = order;
  }

  /** Lets go of the oldest posts, far below who reads at the top. */
  private letGo(): void {
    if (this.posts.children.length <= MOST_SHOWN) return;
    const posts = [...this.posts.children].slice(KEPT);
    const near = posts.map((post) => post.getBoundingClientRect().top < 2 * innerHeight || post.contains(document.activeElement));
    posts.slice(near.lastIndexOf(true) + 1).forEach((post) => post.remove());
    this.boundary = orderOf(this.posts.lastElementChild!);
  }

  /** Edits a post in place: only what differs is touched, so focus, open details and playing films survive. */
  private edit(live: Element, fresh: Element): void {
    morph(live, fresh);
    uncover(live);
    closeStale(live);
  }

  /** Says that posts are a feed, where each stands in it, and of how many: nobody knows while it is live. */
  private number(): void {
    if (root.dataset.page === "post") return;
    const live = this.state() === "live";
    [...this.posts.children].forEach((post, n, { length }) => {
      this.posts.role = "feed";
      Object.assign(post, { ariaPosInSet: n + 1, ariaSetSize: live ? -1 : length });
    });
  }

  private count(): void {
    movingBlocks();
    const n = this.waiting.size + this.later.size;
    this.button.hidden = !n;
    if (n) this.button.textContent = count(words.new, n);
    const headline = this.text("headline");
    if (headline !== this.headline) this.title = this.title.replace(this.headline, () => headline);
    this.headline = headline;
    const title = (n ? `(${digits(n, words.dates)}) ` : "") + this.title;
    if (document.title !== title) document.title = title; // to set the same is a change too
  }

  private announce(): void {
    this.announcer.say("news", () => {
      const n = this.waiting.size + this.slid.size;
      this.slid.clear();
      return n ? count(words.new, n) : "";
    });
  }
}

/** Says in a post's slot what something that came later says of it, in place of what it said before: true, if nothing. */
function annotate(post: Element, { by, html: text }: Annotate): boolean {
  const slot = post.querySelector(".annotations")!;
  const said = [...slot.children] as HTMLElement[];
  const live = said.find((one) => one.dataset.by === by);
  if (!text) live?.remove();
  if (!text) return false;
  const fresh = html(text) as HTMLElement;
  localise(fresh);
  if (live) morph(live, fresh);
  else slot.insertBefore(fresh, said.find((one) => +one.dataset.n! > +fresh.dataset.n!) || null);
  return !live;
}

/** Where the page goes on, further down: to older posts, or oldest first to newer ones. */
export function further(doc: Document): string | null {
  return doc.querySelector(".pager [rel=next]")?.getAttribute("href") || null;
}

export function focus(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
