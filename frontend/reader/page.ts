// The posts and parts on the page: puts them in place so that nothing moves under the reader. Knows no network. A new post
// waits behind a button in the bar, unless the reader is at the very top and looking.

import { ScrollAnchoring } from "./anchoring";
import { Announcer } from "./announce";
import type { ReadingPosition } from "./back";
import { localise } from "./clock";
import { loadMoving } from "./figures";
import type { View } from "./log";
import { closeStaleFrames, morph, toElement } from "./nodes";
import { uncover } from "./pictures";
import type { Annotate, Frame, Part } from "./wire";
import { count, digits, setLanguage, words } from "./words";
import { scrollTop } from "./yielding";

export type Order = [number, number];

const root = document.documentElement;
const AT_TOP_PX = 40;
const MORE_PAGES = 40; // a thousand posts; a reader who was away for longer has the pager
// Bounds for a page that is open all day. Older posts are evicted, and are on older pages; of more posts that wait than
// MOST_WAITING, only the number is kept, and the page is loaded again to show them.
const MOST_SHOWN = 150;
const SHOWN_AFTER_EVICTION = 100;
const MOST_WAITING = 300;
const COUNT_MS = 100;

export const orderOf = (post: Element): Order => ((post as HTMLElement).dataset.o || "0-0").split("-").map(Number) as Order;
export const newer = (a: Order, b: Order): boolean => a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
const idOf = (post: Element): string => post.id.slice(2);

export class Page implements View {
  readonly path = location.pathname;
  /** New posts that wait behind the button, by id. */
  private waiting = new Map<string, Element>();
  /** The ids of new posts that came during a pause. */
  private newWhilePaused = new Set<string>();
  readonly posts = document.querySelector("[data-posts]")!;
  /** Whether the server sent this page oldest first: new posts then belong at the end of the last page. */
  private readonly servedOldestFirst = root.dataset.page === "oldest_first";
  /** Whether the oldest post is first, on such a page or because the reader asked for it. */
  oldestFirst = this.servedOldestFirst;
  private takesNew = root.dataset.page === "page" || (this.servedOldestFirst && !nextPage(document));
  /** Posts before this are on an older page; null: this page has the first post. */
  boundary: Order | null = this.boundaryOf(document);
  /** "N new updates". */
  readonly button = setLanguage(document.createElement("button"));
  /** The newest post that was ever shown: only newer posts count as new updates. */
  private newest: Order | null = null;
  /** Posts that slid in and are not announced yet. */
  private slid = new Set<string>();
  /** The position to return to when its post arrives. */
  private awaited: ReadingPosition | null = null;
  /** The timer of `showCount`. */
  private counting = 0;
  private headline = this.text("headline");
  private title = document.title;
  private anchoring = new ScrollAnchoring(this.posts);

  /** `changed`: called after each change of a part. `caughtUp`: called when everything that is known is shown. */
  constructor(
    private announcer: Announcer,
    private changed: (part: string) => void,
    readonly caughtUp: () => void,
  ) {
    this.button.type = "button";
    this.button.className = "news";
    this.button.hidden = true;
    this.posts.before(announcer.region);
    for (const post of this.posts.children) this.noteShown(orderOf(post));
    localise(document);
    let timer = 0; // once for a burst of posts
    new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.numberPosts());
    }).observe(this.posts, { childList: true });
    this.numberPosts();
  }

  /** Applies one frame. An unknown op is a newer server's, and is skipped. */
  apply(frame: Frame): void {
    const ops = frame.ops || [];
    for (const op of ops) {
      if (op.op === "put") {
        const fresh = toElement(op.html);
        // Its annotations follow in the same frame. With them in it, morph leaves the annotations that are on the page.
        for (const other of ops) if (other.op === "annotate" && other.post === op.post) annotate(fresh, other);
        this.put(fresh);
      } else if (op.op === "drop") this.drop(op.post);
      else if (op.op === "annotate") {
        let corrected = false;
        this.keepingPlace(() => {
          const posts = this.allPosts().filter((post) => (op.post || idOf(post)) === idOf(post));
          for (const post of posts) corrected = (annotate(post, op) && post.isConnected) || corrected;
        });
        // Announced once, and only if the post is shown; the note stays in the post.
        if (corrected && op.by.startsWith("correction:")) this.announcer.say("corrected", () => words.corrected);
      }
    }
  }

  put(fresh: Element): void {
    const live = document.getElementById(fresh.id);
    const order = orderOf(fresh);
    if (live && fresh.matches(".post-gone")) this.reloadIfPost();
    localise(fresh);
    if (live && String(orderOf(live)) === String(order)) {
      this.anchoring.keepingPlace(() => this.edit(live, fresh));
    } else if (live) {
      // It moved, which is rare (a corrected time).
      this.anchoring.keepingPlace(() => {
        live.remove();
        if (this.belongs(order)) this.insert(fresh);
      });
    } else if (this.waiting.has(idOf(fresh))) {
      this.waiting.set(idOf(fresh), fresh);
    } else if (this.takesNew && this.belongs(order)) {
      if (!this.isNews(order)) {
        // Restored, imported, or dated in the past: not a new update, and perhaps far from what the reader sees.
        this.anchoring.keepingPlace(() => this.insert(fresh));
      } else if (this.maySlideIn(order)) {
        fresh.setAttribute("data-fresh", "");
        this.insert(fresh);
        this.evictOldest();
        this.slid.add(idOf(fresh));
        this.announce();
      } else {
        if (this.waiting.size >= MOST_WAITING) fresh.textContent = ""; // only counted: `reveal` loads the page again
        this.waiting.set(idOf(fresh), fresh);
        this.announce();
      }
    }
    this.showCount();
  }

  drop(post: string): void {
    this.waiting.delete(post);
    this.slid.delete(post);
    const live = document.getElementById("p-" + post);
    if (live) {
      this.reloadIfPost();
      const next = (live.nextElementSibling || live.previousElementSibling) as HTMLElement | null;
      const focused = live.contains(document.activeElement);
      this.anchoring.keepingPlace(() => live.remove());
      if (focused && next) focus(next);
    }
    this.showCount();
  }

  /** Reloads a post's own page after its withdrawal: the new one says why, and has none of its words in the history. */
  private reloadIfPost(): void {
    if (root.dataset.page === "post") location.reload();
  }

  part({ n, h }: Part): boolean {
    for (const live of document.querySelectorAll(`[data-part="${CSS.escape(n)}"]`)) {
      const fresh = live.cloneNode(false) as Element;
      fresh.innerHTML = h;
      localise(fresh);
      this.anchoring.keepingPlace(() => morph(live, fresh));
      uncover(live);
      closeStaleFrames(live);
    }
    this.changed(n);
    this.showCount();
    if (n === "status") this.numberPosts();
    return n === "keyevents" && root.dataset.page === "key_events"; // the page lists all of them, the part only the newest
  }

  countPaused(frame: Frame | null): void {
    if (!frame) this.newWhilePaused.clear();
    for (const op of frame?.ops || []) {
      if (op.op === "drop") this.newWhilePaused.delete(op.post);
      else if (op.op === "put" && this.takesNew && this.isNews(orderOf(toElement(op.html)))) this.newWhilePaused.add(op.post);
    }
    this.showCount();
  }

  /** Makes this page equal to a fresh copy. `more` fetches the next older page, for posts that moved there. */
  async reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void> {
    if (!this.takesNew) {
      // Older pages and permalinks have a fixed set of posts.
      for (const post of [...this.posts.children]) {
        const same = fresh.getElementById(post.id);
        if (same) this.put(document.importNode(same, true));
        else this.drop(idOf(post));
      }
      this.replaceParts(fresh);
      return;
    }
    const boundary = this.boundaryOf(fresh);
    const unseen = new Set(this.allPosts().map(idOf));
    const putAll = (doc: Document): void => {
      for (const post of doc.querySelectorAll("[data-posts] > *")) {
        this.put(document.importNode(post, true));
        unseen.delete(idOf(post));
      }
    };
    // This page may have posts that have moved to older pages since.
    if (!this.boundary || !boundary) this.boundary = null;
    else if (newer(this.boundary, boundary)) this.boundary = boundary;
    this.posts.ariaBusy = "true";
    try {
      putAll(fresh);
      this.replaceParts(fresh);
      let next = nextPage(fresh);
      for (let pages = 0; unseen.size && next; pages++) {
        const doc = await more(next);
        putAll(doc);
        next = nextPage(doc);
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

  /** Returns every post of this page, shown or waiting. */
  allPosts(): Element[] {
    return [...this.waiting.values(), ...this.posts.children];
  }

  private replaceParts(fresh: Document): void {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      this.part({ n: (part as HTMLElement).dataset.part!, s: 0, h: part.innerHTML });
    }
  }

  /** Shows the posts that wait; with `go`, takes the reader to the first of them. */
  reveal(go: boolean): void {
    if (this.waiting.size > MOST_WAITING) return location.assign(this.path);
    const fresh = [...this.waiting.values()];
    this.waiting.clear();
    const show = (): void => fresh.forEach((post) => this.insert(post));
    if (!go) this.anchoring.keepingPlace(show);
    else {
      show();
      const first = fresh.sort((a, b) => (this.above(orderOf(a), orderOf(b)) ? -1 : 1))[0];
      if (first) {
        first.scrollIntoView({ block: "start" });
        focus(first as HTMLElement);
      }
    }
    this.showCountNow();
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

  /** Returns null at the very top, where nothing is being read yet. */
  readingPosition(): ReadingPosition | null {
    const first = [...this.posts.children].find((post) => post.getBoundingClientRect().bottom > 0);
    if (!first || !this.newest || scrollY <= AT_TOP_PX) return null;
    const { top } = first.getBoundingClientRect();
    return { post: first.id, order: orderOf(first), top, newest: this.newest };
  }

  /** Scrolls back to a position. Newer posts wait behind the button, unless the reader `reloaded` the page. */
  restore(position: ReadingPosition, reloaded: boolean): void {
    if (this.takesNew && !reloaded) {
      for (const post of [...this.posts.children]) {
        if (!newer(orderOf(post), position.newest)) continue;
        post.remove();
        this.waiting.set(idOf(post), post);
      }
      this.newest = position.newest;
      this.showCount();
    }
    if (this.scrollToPosition(position)) return;
    // This copy of the page does not have the post: the next older one stands in until it arrives or the reader moves.
    const older = [...this.posts.children].find((post) => newer(position.order, orderOf(post)));
    if (older) this.scrollToPosition({ ...position, post: older.id });
    this.awaited = position;
    const moved = (): void => void (this.awaited = null);
    for (const type of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(type, moved, { once: true });
  }

  private scrollToPosition({ post, top }: ReadingPosition): boolean {
    const live = document.getElementById(post);
    if (live) scrollBy({ top: live.getBoundingClientRect().top - top, behavior: "instant" });
    return !!live;
  }

  /** Runs a change without moving what the reader looks at. */
  keepingPlace(change: () => void): void {
    this.anchoring.keepingPlace(change);
  }

  gone(): void {
    location.reload(); // the server's page says so
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
    const older = this.servedOldestFirst ? doc.querySelector(".pager [rel=prev]") : nextPage(doc);
    return older && posts.length ? orderOf(posts[this.servedOldestFirst ? 0 : posts.length - 1]!) : null;
  }

  private above(a: Order, b: Order): boolean {
    return this.oldestFirst ? newer(b, a) : newer(a, b);
  }

  /** The newest event up to which the reader was shown everything, on a page that is at `seq`. */
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
      scrollTop() <= AT_TOP_PX &&
      !document.hidden &&
      !this.waiting.size &&
      (!first || newer(order, orderOf(first))) &&
      !this.posts.contains(document.activeElement) &&
      getSelection()!.isCollapsed
    );
  }

  insert(fresh: Element): void {
    const order = orderOf(fresh);
    let next = this.posts.firstElementChild;
    while (next && this.above(orderOf(next), order)) next = next.nextElementSibling;
    this.posts.insertBefore(fresh, next);
    this.noteShown(order);
    if (this.awaited?.post === fresh.id) {
      const position = this.awaited;
      this.awaited = null;
      setTimeout(() => this.scrollToPosition(position)); // after the other changes that are made now
    }
  }

  private noteShown(order: Order): void {
    if (this.isNews(order)) this.newest = order;
  }

  /** Evicts the oldest posts, far below the top, where the reader is. */
  private evictOldest(): void {
    if (this.posts.children.length <= MOST_SHOWN) return;
    const posts = [...this.posts.children].slice(SHOWN_AFTER_EVICTION);
    const near = posts.map((post) => post.getBoundingClientRect().top < 2 * innerHeight || post.contains(document.activeElement));
    posts.slice(near.lastIndexOf(true) + 1).forEach((post) => post.remove());
    this.boundary = orderOf(this.posts.lastElementChild!);
  }

  /** Edits a post in place: only differences are changed, so focus, open details and playing films survive. */
  private edit(live: Element, fresh: Element): void {
    morph(live, fresh);
    uncover(live);
    closeStaleFrames(live);
  }

  /** Gives the posts the role of a feed and their numbers in it; their total is unknown (-1) while the blog is live. */
  private numberPosts(): void {
    if (root.dataset.page === "post") return;
    const live = this.state() === "live";
    [...this.posts.children].forEach((post, n, { length }) => {
      this.posts.role = "feed";
      Object.assign(post, { ariaPosInSet: n + 1, ariaSetSize: live ? -1 : length });
    });
  }

  /** Shows soon how many updates wait. During a burst a change of the title or the button for each post would cost a layout
      each. */
  private showCount(): void {
    this.counting ||= setTimeout(() => this.showCountNow(), COUNT_MS);
  }

  private showCountNow(): void {
    clearTimeout(this.counting);
    this.counting = 0;
    loadMoving();
    const n = this.waiting.size + this.newWhilePaused.size;
    this.button.hidden = !n;
    if (n) this.button.textContent = count(words.new, n);
    const headline = this.text("headline");
    if (headline !== this.headline) this.title = this.title.replace(this.headline, () => headline);
    this.headline = headline;
    const title = (n ? `(${digits(n, words.dates)}) ` : "") + this.title;
    if (document.title !== title) document.title = title; // setting the same title would be a change, too
  }

  private announce(): void {
    this.announcer.say("news", () => {
      const n = this.waiting.size + this.slid.size;
      this.slid.clear();
      return n ? count(words.new, n) : "";
    });
  }
}

/** Puts an annotation into a post's slot, or replaces the one of the same `by`, or removes it. Returns whether it is new. */
function annotate(post: Element, { by, html: text }: Annotate): boolean {
  const slot = post.querySelector(".annotations")!;
  const present = [...slot.children] as HTMLElement[];
  const live = present.find((one) => one.dataset.by === by);
  if (!text) live?.remove();
  if (!text) return false;
  const fresh = toElement(text) as HTMLElement;
  localise(fresh);
  if (live) morph(live, fresh);
  else slot.insertBefore(fresh, present.find((one) => +one.dataset.n! > +fresh.dataset.n!) || null);
  return !live;
}

/** Returns the address of the next page further down: of older posts, or, oldest first, of newer ones. */
export function nextPage(doc: Document): string | null {
  return doc.querySelector(".pager [rel=next]")?.getAttribute("href") || null;
}

export function focus(element: HTMLElement): void {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
