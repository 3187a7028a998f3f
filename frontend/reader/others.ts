// What a tap on a post asks for: to share it, to see all of a picture, or posts, films and sounds of others, because no page
// asks a third party by itself. Frames are of their own origin, have no more than they need, and go again when the reader
// has seen enough; nothing that one says is believed but how tall it would be. A script of its own, for the first tap.

import { SHOWN } from "./client-only";
import { speaking, words } from "./words";

export { whole } from "./viewer";

// A frame may say how tall it is as its pictures come in. Whoever goes on talking is not listened to any more.
const HEARD = 60;
const LEAST_PX = 100;
const MOST_PX = 3000;

export class Others {
  private heard = new WeakMap<Element, number>();

  constructor(private keepingPlace: (change: () => void) => void) {
    addEventListener("message", (event) => this.hear(event));
  }

  show(link: HTMLAnchorElement): void {
    if (link.dataset.share !== undefined) share(link);
    else if (link.dataset.frame) this.frame(link);
    else picture(link);
  }

  private frame(link: HTMLAnchorElement): void {
    const box = document.createElement("span");
    const framed = "file" in link.dataset ? played(link, box) : sandboxed(link);
    const close = speaking(document.createElement("button"));
    box.className = SHOWN;
    framed.src = link.dataset.frame!;
    Object.assign(close, { type: "button", className: "load", textContent: words.close });
    close.onclick = () => {
      this.keepingPlace(() => box.remove());
      link.focus({ preventScroll: true });
    };
    box.append(framed, close);
    link.before(box); // which hides it, as long as it is there
    framed.focus({ preventScroll: true });
  }

  private hear(event: MessageEvent): void {
    const framed = [...document.querySelectorAll<HTMLIFrameElement>(".social .shown > iframe")].find(
      (one) => one.contentWindow === event.source,
    );
    if (!framed || event.origin !== new URL(framed.src).origin) return;
    const heard = this.heard.get(framed) || 0;
    if (heard >= HEARD) return; // before what it says is even looked at
    this.heard.set(framed, heard + 1);
    const height = heightIn(event.data);
    if (height) this.keepingPlace(() => (framed.style.blockSize = `${Math.min(Math.max(height, LEAST_PX), MOST_PX)}px`));
  }
}

function sandboxed(link: HTMLAnchorElement): HTMLIFrameElement {
  const framed = document.createElement("iframe");
  framed.sandbox.add("allow-scripts", "allow-same-origin", "allow-presentation"); // its own origin; no window, no form
  const referrerPolicy = "strict-origin-when-cross-origin"; // some players show nothing to whom they cannot name
  return Object.assign(framed, { title: link.textContent!, allow: "fullscreen; encrypted-media; picture-in-picture", referrerPolicy });
}

/** Returns a player of the browser's own. What it cannot play is said, and the link leads there from then on. */
function played(link: HTMLAnchorElement, box: Element): HTMLVideoElement {
  const film = document.createElement("video");
  film.onerror = () => {
    box.remove();
    delete link.dataset.frame;
    link.closest(".film")!.querySelector<HTMLElement>("[role=status] > p")!.hidden = false;
    link.focus({ preventScroll: true });
  };
  return Object.assign(film, { ariaLabel: link.textContent, controls: true, autoplay: true, playsInline: true });
}

/** Shares by the system's own sheet on a phone, otherwise by the clipboard; where neither is, the link is a link. */
function share(link: HTMLAnchorElement): void {
  const title = link.closest("article")?.querySelector("h2")?.textContent || document.title;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    navigator.share({ title, url: link.href }).catch(() => {});
  } else if (navigator.clipboard) {
    navigator.clipboard.writeText(link.href).then(
      () => {
        link.dataset.done = words.copied;
        setTimeout(() => delete link.dataset.done, 3000);
      },
      () => (location.href = link.href),
    );
  } else location.href = link.href;
}

/** Shows a picture that lies with somebody else. */
function picture(link: HTMLAnchorElement): void {
  const box = link.closest(".no-picture")!;
  const picture = new Image();
  const [width, height] = (link.dataset.size || "").split("x").map(Number);
  if (width && height) Object.assign(picture, { width, height });
  Object.assign(picture, { alt: box.querySelector(".alt")?.textContent || "", referrerPolicy: "no-referrer", tabIndex: -1 });
  picture.onerror = () => picture.replaceWith(box);
  picture.src = link.href;
  box.replaceWith(picture);
  picture.focus({ preventScroll: true });
}

/** Finds the height in what a frame says: each network packs it in other words, an object or JSON. */
function heightIn(said: unknown, depth = 4): number {
  if (typeof said === "string" && said.length < 1000) {
    try {
      return heightIn(JSON.parse(said), depth);
    } catch {
      return 0;
    }
  }
  if (!depth || !said || typeof said !== "object") return 0;
  for (const [name, value] of Object.entries(said)) {
    const found = name === "height" ? Number(value) : heightIn(value, depth - 1);
    if (found > 0 && found < Infinity) return found;
  }
  return 0;
}
