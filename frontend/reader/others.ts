// What a tap on a post opens: the share sheet, a whole picture, or posts, films and sounds of third parties, which no page
// requests before that. Frames are sandboxed with the least rights that they need, can be closed, and are trusted with
// nothing except their height. A separate script, fetched with the first tap.

import { SHOWN } from "./client-only";
import { setLanguage, words } from "./words";

export { enlarge } from "./viewer";

// A frame reports its height as its pictures load. Further messages are ignored, so that it cannot keep the page busy.
const MOST_MESSAGES = 60;
const LEAST_PX = 100;
const MOST_PX = 3000;

export class Others {
  /** The number of messages from each frame. */
  private messages = new WeakMap<Element, number>();

  constructor(private keepingPlace: (change: () => void) => void) {
    addEventListener("message", (event) => this.onMessage(event));
  }

  show(link: HTMLAnchorElement): void {
    if (link.dataset.share !== undefined) share(link);
    else if (link.dataset.frame) this.frame(link);
    else picture(link);
  }

  private frame(link: HTMLAnchorElement): void {
    const box = document.createElement("span");
    const framed = "file" in link.dataset ? player(link, box) : sandboxed(link);
    const close = setLanguage(document.createElement("button"));
    box.className = SHOWN;
    framed.src = link.dataset.frame!;
    Object.assign(close, { type: "button", className: "load", textContent: words.close });
    close.onclick = () => {
      this.keepingPlace(() => box.remove());
      link.focus({ preventScroll: true });
    };
    box.append(framed, close);
    link.before(box); // the style sheet hides a link after such a box
    framed.focus({ preventScroll: true });
  }

  private onMessage(event: MessageEvent): void {
    const framed = [...document.querySelectorAll<HTMLIFrameElement>(".social .shown > iframe")].find(
      (one) => one.contentWindow === event.source,
    );
    if (!framed || event.origin !== new URL(framed.src).origin) return;
    const messages = this.messages.get(framed) || 0;
    if (messages >= MOST_MESSAGES) return; // before the message is parsed
    this.messages.set(framed, messages + 1);
    const height = heightIn(event.data);
    if (height) this.keepingPlace(() => (framed.style.blockSize = `${Math.min(Math.max(height, LEAST_PX), MOST_PX)}px`));
  }
}

function sandboxed(link: HTMLAnchorElement): HTMLIFrameElement {
  const framed = document.createElement("iframe");
  framed.sandbox.add("allow-scripts", "allow-same-origin", "allow-presentation"); // its own origin; no windows, no forms
  const referrerPolicy = "strict-origin-when-cross-origin"; // some players refuse to play without a referrer
  return Object.assign(framed, { title: link.textContent!, allow: "fullscreen; encrypted-media; picture-in-picture", referrerPolicy });
}

/** Returns a browser's own player. If it cannot play the file, the post says so, and the link leads to the file. */
function player(link: HTMLAnchorElement, box: Element): HTMLVideoElement {
  const film = document.createElement("video");
  film.onerror = () => {
    box.remove();
    delete link.dataset.frame;
    link.closest(".film")!.querySelector<HTMLElement>("[role=status] > p")!.hidden = false;
    link.focus({ preventScroll: true });
  };
  return Object.assign(film, { ariaLabel: link.textContent, controls: true, autoplay: true, playsInline: true });
}

/** Opens the system's share sheet on a phone, or copies the address. Without either, follows the link. */
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

/** Shows a picture from a third party's server. */
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

/** Finds the height in a frame's message: each network has its own format, an object or JSON. */
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
