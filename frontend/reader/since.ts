// "Since you left": a card above the posts with what a returning reader missed, and reading those posts oldest first. Made
// from the page itself and from the list of corrections, which is the same for everybody. A separate script, fetched only
// if something happened while the reader was away.

import type { Announcer } from "./announce";
import { localise } from "./clock";
import type { Visit } from "./visits";
import { morph } from "./nodes";
import { focus, nextPage, newer, orderOf, type Page } from "./page";
import { count, setLanguage, words } from "./words";

const MORE_PAGES = 40; // a thousand posts
const LISTED = 6;
const root = document.documentElement;

type Correction = [post: string, was: string, now: string];

const all = (scope: ParentNode, selector: string): HTMLElement[] => [...scope.querySelectorAll<HTMLElement>(selector)];
const idOf = (post: Element): string => post.id.slice(2);
const seqOf = (post: Element): number => orderOf(post)[1];

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  of: Partial<HTMLElementTagNameMap[K]>,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), of);
  made.append(...inside);
  return made;
}

export class Since {
  private card = setLanguage(make("section", { className: "since", hidden: true }));
  private forgotten = false;
  /** Corrections of posts that are only on older pages now. */
  private elsewhere: Correction[] = [];

  /** `forget`: makes the device store no visits. */
  constructor(
    private visit: Visit,
    private page: Page,
    private base: string,
    private announcer: Announcer,
    private forget: () => void,
  ) {
    this.card.setAttribute("aria-labelledby", "since-title");
    this.card.addEventListener("click", ({ target }) => this.onPress((target as Element).closest("button")));
  }

  async show(): Promise<void> {
    await this.fetchCorrections();
    const card = this.build();
    if (!card) return;
    this.page.keepingPlace(() => {
      morph(this.card, card);
      this.page.posts.closest(".feed")!.querySelector("h2")!.after(this.card);
      this.card.hidden = false;
    });
    this.announcer.say("since", () => (this.card.isConnected ? `${this.card.firstChild!.textContent}: ${this.missedCount()}` : ""));
  }

  /** Builds the card again after a change of the page, so that it shows nothing that was withdrawn. */
  async refresh(part: string): Promise<void> {
    if (!this.card.isConnected) return;
    if (part === "known") await this.fetchCorrections();
    const card = this.build();
    this.page.keepingPlace(() => (card ? morph(this.card, card) : this.card.remove()));
  }

  private onPress(pressed: HTMLButtonElement | null): void {
    if (pressed?.className === "close") this.close();
    else if (pressed?.className === "read") void this.readOn();
    else if (pressed) {
      this.forget();
      this.forgotten = true;
      void this.refresh("");
      this.card.querySelector<HTMLElement>(".close")!.focus();
    }
  }

  private close(): void {
    this.page.keepingPlace(() => this.card.remove());
    focus(this.page.posts.firstElementChild as HTMLElement);
  }

  // --- what was missed

  /** The posts of this page that are newer than the visit. */
  private missed(): Element[] {
    return this.page.allPosts().filter((post) => seqOf(post) > this.visit.seq && !post.matches(".post-gone"));
  }

  /** Whether all of this page is newer than the visit, so that older pages have missed posts too. */
  private leftBeforePage(): boolean {
    return !!this.page.boundary && this.page.allPosts().every((post) => seqOf(post) > this.visit.seq);
  }

  private missedCount(): string {
    const said = count(words.new, this.missed().length);
    return this.leftBeforePage() ? words.since.more.replace("%(updates)s", said) : said;
  }

  private keyEvents(): Node[] {
    const [here, missed] = [this.page.allPosts(), this.missed()].map((posts) => new Set(posts.map(idOf)));
    const fresh = (post: string): boolean =>
      missed!.has(post) || (this.leftBeforePage() && !here!.has(post) && !(post in this.visit.seen));
    return all(document, ".box-keyevents .keyevents a")
      .filter((link) => fresh(link.dataset.post!))
      .slice(0, LISTED)
      .map((link) => link.closest("li")!.cloneNode(true)); // with its day, which the style sheet shows when it changes
  }

  private figures(): Node[][] {
    return all(document, ".box-known li[data-s]")
      .filter((line) => +line.dataset.s! > this.visit.seq)
      .map((line) => [...line.cloneNode(true).childNodes]);
  }

  private corrections(): Node[] {
    const here = this.page.allPosts().flatMap((post): Correction[] => {
      const notes = all(post, ".correction").slice(this.visit.seen[idOf(post)] ?? Infinity);
      return notes.map((note) => [idOf(post), ...wasAndNow(note, "q")]);
    });
    return [...here, ...this.elsewhere].slice(0, LISTED).map(([post, was, now]) => {
      const link = make("a", { href: `${this.base}p/${post}/` }, make("del", { dir: "auto" }, was), " ", make("ins", { dir: "auto" }, now));
      link.dataset.post = post;
      link.lang = root.lang;
      return link;
    });
  }

  /** Finds corrections of posts that the reader saw and that have moved to older pages. */
  private async fetchCorrections(): Promise<void> {
    const here = new Set(this.page.allPosts().map(idOf));
    const path = `${this.base}corrections/`;
    this.elsewhere = [];
    if (!document.querySelector(`a[href="${path}"]`) || Object.keys(this.visit.seen).every((post) => here.has(post))) return;
    try {
      const doc = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
      const found = new Map<string, Correction[]>();
      for (const row of all(doc, ".row")) {
        const post = /\/p\/([^/]+)\/$/.exec(row.querySelector("a")?.getAttribute("href") || "")?.[1];
        if (post && post in this.visit.seen && !here.has(post)) found.set(post, [[post, ...wasAndNow(row, "dd")], ...(found.get(post) || [])]);
      }
      this.elsewhere = [...found].flatMap(([post, notes]) => notes.slice(this.visit.seen[post]));
    } catch {
      // the card is shown without them
    }
  }

  // --- the card

  private build(): HTMLElement | null {
    const [keys, figures, corrections] = [this.keyEvents(), this.figures(), this.corrections()];
    const n = this.missed().length;
    if (!n && !figures.length && !corrections.length) return null;
    const card = this.card.cloneNode(false) as HTMLElement;
    const { title, read, kept, forget, forgotten } = words.since;
    const [before, after] = title.split("%(time)s");
    const heading = make("h2", { id: "since-title" }, before!, timeOf(this.visit.at), after!);
    const close = make("button", { type: "button", className: "close", ariaLabel: words.close }, "×");
    close.setAttribute("aria-label", words.close);
    card.append(heading, close);
    if (n) card.append(make("p", {}, this.missedCount()));
    const list = (name: string, items: (Node | Node[])[], called = ""): void => {
      if (!items.length) return;
      const lines = items.map((item) => (item instanceof HTMLLIElement ? item : make("li", {}, ...[item].flat())));
      card.append(make("h3", {}, called), make("ul", { className: name }, ...lines));
    };
    list("missed", keys, document.querySelector(".box-keyevents h2")?.textContent || "");
    list("lines", figures, words.since.figures);
    list("corrected", corrections, words.since.corrected);
    if (n) card.append(make("p", {}, make("button", { type: "button", className: "read" }, read)));
    const forgetting = make("button", { type: "button", className: "forget" }, forget);
    card.append(make("p", { className: "only" }, ...(this.forgotten ? [forgotten] : [kept, " ", forgetting])));
    return card;
  }

  // --- reading on

  /** Shows the oldest post first, and takes the reader to the first missed post. */
  private async readOn(): Promise<void> {
    const { page } = this;
    page.reveal(false);
    if (this.leftBeforePage()) await this.fetchOlder();
    const first = this.missed().filter((post) => post.isConnected).reduce((a: Element | null, b) => (a && newer(orderOf(b), orderOf(a)) ? a : b), null);
    if (!first) return this.close();
    this.card.remove();
    this.reorder(true);
    const newest = setLanguage(make("button", { type: "button", className: "newest" }, words.since.newest));
    newest.onclick = () => {
      newest.remove();
      this.reorder(false);
      page.goTo(idOf(page.posts.firstElementChild!));
    };
    page.posts.after(newest);
    (first.querySelector(".post-head") as HTMLElement).dataset.from = words.since.here;
    page.goTo(idOf(first));
  }


  private reorder(oldestFirst: boolean): void {
    const { page } = this;
    if (oldestFirst === page.oldestFirst) return;
    page.oldestFirst = oldestFirst;
    root.toggleAttribute("data-oldest", oldestFirst);
    page.posts.append(...[...page.posts.children].reverse());
  }

  private insertOlder(post: Element): void {
    if (document.getElementById(post.id)) return;
    const order = orderOf(post);
    localise(post);
    this.page.insert(post);
    if (!this.page.belongs(order)) this.page.boundary = order;
  }

  private async fetchOlder(): Promise<void> {
    let next = nextPage(document);
    for (let pages = 0; next && pages < MORE_PAGES && this.leftBeforePage(); pages++) {
      const answer = await fetch(next);
      if (!answer.ok) return;
      const doc = new DOMParser().parseFromString(await answer.text(), "text/html");
      const posts = all(doc, "[data-posts] > *");
      this.page.keepingPlace(() => posts.forEach((post) => this.insertOlder(document.importNode(post, true))));
      next = nextPage(doc);
      if (!next) this.page.boundary = null;
    }
  }
}

/** Returns the wrong and the right words of a correction's note or row. */
function wasAndNow(note: Element, of: string): [string, string] {
  const [was, now] = all(note, of).map((one) => one.textContent!);
  return [was || "", now || ""];
}

/** Returns when the reader left, in the reader's own zone. */
function timeOf(at: number): HTMLElement {
  const day = new Date(at).toDateString() === new Date().toDateString();
  const week = Date.now() - at < 6 * 86_400_000;
  const how: Intl.DateTimeFormatOptions = { hour: "numeric", minute: "2-digit" };
  if (!day) Object.assign(how, week ? { weekday: "long" } : { day: "numeric", month: "long" });
  const time = make("time", { dateTime: new Date(at).toISOString(), lang: root.lang, dir: root.dir });
  try {
    time.textContent = new Intl.DateTimeFormat(words.dates, how).format(at);
  } catch {
    time.textContent = new Date(at).toLocaleString();
  }
  return time;
}
