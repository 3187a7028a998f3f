// The bar that stays in view: how things stand, the headline once the page's own is out of sight, what is new, the key
// events, and a pause. Owns its elements; knows nothing of posts and of the line.

import { morph } from "./nodes";
import type { Connection } from "./supervisor";
import { speaking, words } from "./words";

const root = document.documentElement;

export class Bar {
  private connection = speaking(document.createElement("span"));
  private headline = document.createElement("span");
  private keys = button("keys");
  private pause = button("pause");
  private list = document.createElement("div");
  private open = false;

  /** `news`: the button that says how much is new. `paused`: what to do when the reader wants a pause, or no longer. */
  constructor(bar: Element, news: Element, paused: () => void) {
    this.connection.className = "connection";
    this.headline.className = "topic";
    this.list.className = "key-list";
    bar.append(this.connection, this.headline, news, this.keys, this.pause, this.list);
    this.pause.onclick = paused;
    const title = document.querySelector("h1");
    const past = ([entry]: IntersectionObserverEntry[]): unknown => root.toggleAttribute("data-past", !entry!.isIntersecting);
    if (title) new IntersectionObserver(past, { rootMargin: "-48px 0px 0px" }).observe(title);
    const { list } = this;
    if (list.popover === undefined) {
      this.keys.onclick = () => document.querySelector(".box-keyevents")?.scrollIntoView();
    } else {
      list.popover = "auto";
      this.keys.popoverTargetElement = list;
      list.onbeforetoggle = ({ newState }) => this.fill((this.open = newState === "open"));
      list.onclick = ({ target }) => (target as Element).closest("a") && list.hidePopover();
    }
    this.refresh();
  }

  /** Takes the headline and the key events as the page has them now. */
  refresh(): void {
    const box = document.querySelector(".box-keyevents");
    const title = box?.querySelector("h2");
    this.headline.textContent = document.querySelector("h1")?.textContent || "";
    this.keys.hidden = !title;
    this.keys.firstElementChild!.replaceChildren(...(title?.cloneNode(true).childNodes || []));
    if (this.open) this.fill(true);
  }

  private fill(open: boolean): void {
    const fresh = this.list.cloneNode(false) as Element;
    const listed = open ? document.querySelectorAll(".box-keyevents :is(.keyevents,.more)") : [];
    listed.forEach((one) => fresh.append(one.cloneNode(true)));
    morph(this.list, fresh);
  }

  tell(state: Connection): void {
    root.dataset.connection = state; // the page's own badge makes way: this is the one place that says it
    this.connection.textContent = words[state];
    this.pause.firstElementChild!.textContent = state === "paused" ? words.resume : words.pause;
    this.pause.hidden = state === "closed";
  }
}

/** Makes a button of a sign, which the style sheet draws, and words, which a narrow window has no room for. */
function button(name: string): HTMLButtonElement {
  const made = speaking(document.createElement("button"));
  made.type = "button";
  made.className = name;
  made.append(document.createElement("span"));
  return made;
}
