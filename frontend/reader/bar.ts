// The bar that stays in view: the connection, the headline once the page's own is scrolled away, the number of new posts,
// the key events, and a pause. Owns its elements; knows nothing of posts or of the stream.

import { morph } from "./nodes";
import type { Connection } from "./supervisor";
import { setLanguage, words } from "./words";

const root = document.documentElement;

export class Bar {
  private connection = setLanguage(document.createElement("span"));
  private headline = document.createElement("span");
  private keys = button("keys");
  private pause = button("pause");
  private list = document.createElement("div");
  private open = false;

  /** `news`: the button with the number of new posts. `togglePause`: called when the pause button is pressed. */
  constructor(bar: Element, news: Element, togglePause: () => void) {
    this.connection.className = "connection";
    this.headline.className = "topic";
    this.list.className = "key-list";
    bar.append(this.connection, this.headline, news, this.keys, this.pause, this.list);
    this.pause.onclick = togglePause;
    const title = document.querySelector("h1");
    const moved = ([entry]: IntersectionObserverEntry[]): unknown => root.toggleAttribute("data-past", !entry!.isIntersecting);
    if (title) new IntersectionObserver(moved, { rootMargin: "-48px 0px 0px" }).observe(title);
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

  /** Copies the headline and the key events of the page. */
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

  show(state: Connection): void {
    root.dataset.connection = state; // hides the page's own badge, which says the same
    this.connection.textContent = words[state];
    this.pause.firstElementChild!.textContent = state === "paused" ? words.resume : words.pause;
    this.pause.hidden = state === "closed";
  }
}

/** Makes a button with an icon, which the style sheet draws, and words, which narrow windows hide. */
function button(name: string): HTMLButtonElement {
  const made = setLanguage(document.createElement("button"));
  made.type = "button";
  made.className = name;
  made.append(document.createElement("span"));
  return made;
}
