// The reader's page works without this script; with it, the page follows the blog. Wires the pieces together.

import { Announcer } from "./announce";
import { comeBack, keep } from "./back";
import { Frames } from "./frames";
import { Page } from "./page";
import { pictures } from "./pictures";
import { type Connection, Supervisor } from "./supervisor";
import { placeOf } from "./wire";
import { speaking, words } from "./words";

const root = document.documentElement;
const { base, page: kind } = root.dataset;
const place = placeOf(document);

pictures(words.close);

if (document.querySelector("[data-posts]") && base) {
  const announcer = new Announcer();
  const page = new Page(announcer);
  const frames = new Frames((change) => page.keepingPlace(change));
  const back = comeBack();
  if (back) page.goBack(back.left, back.again);
  keep(() => page.leaving());
  const bar = document.querySelector("[data-live-bar]");
  if (place && bar) {
    const connection = speaking(document.createElement("span"));
    const pause = speaking(document.createElement("button"));
    let paused = false;
    let said = "";
    let now = "";
    const tell = (state: Connection): void => {
      if (now === state) return;
      now = state;
      root.dataset.connection = state; // the page's own badge makes way: this is the one place that says it
      connection.textContent = words[state];
      pause.textContent = paused ? words.resume : words.pause;
      pause.hidden = state === "closed";
      if (!said) said = state; // how things stand at first needs no saying
      else announcer.say("connection", () => (said === now ? "" : words[(said = now) as Connection]));
    };
    connection.className = "connection";
    pause.type = "button";
    pause.className = "pause";
    bar.append(connection, pause);
    const supervisor = new Supervisor(base, place, page, tell);
    pause.onclick = () => supervisor.pause((paused = !paused));
  }

  // A link to a post leads to it on this page, if it is here; structured data and old links name posts by fragment.
  const named = (): string => (location.hash.startsWith("#p-") ? location.hash.slice(3) : "");
  if (kind === "page" && !back && named() && !page.goTo(named())) location.replace(`${base}p/${named()}/`);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-post],a[data-share],a.load");
    const post = link?.dataset.post;
    if (post && page.goTo(post)) {
      event.preventDefault();
      history.replaceState(history.state, "", "#p-" + post);
    } else if (link && link.dataset.share !== undefined) share(event, link);
    else if (link?.dataset.frame) {
      event.preventDefault();
      frames.open(link);
    }
    else if (link?.className === "load") load(event, link);
  });
}

/** Shows a picture that lies with somebody else, since the reader asks for it: no page asks a third party by itself. */
function load(event: Event, link: HTMLAnchorElement): void {
  const box = link.closest(".no-picture");
  if (!box) return;
  event.preventDefault();
  const picture = new Image();
  const [width, height] = (link.dataset.size || "").split("x").map(Number);
  if (width && height) Object.assign(picture, { width, height });
  Object.assign(picture, { alt: box.querySelector(".alt")?.textContent || "", referrerPolicy: "no-referrer", tabIndex: -1 });
  picture.onerror = () => picture.replaceWith(box);
  picture.src = link.href;
  box.replaceWith(picture);
  picture.focus({ preventScroll: true });
}

/** Shares by the system's own sheet on a phone, otherwise by the clipboard; where neither is, the link is a link. */
function share(event: Event, link: HTMLAnchorElement): void {
  const title = link.closest("article")?.querySelector("h2")?.textContent || document.title;
  if (navigator.share && matchMedia("(pointer: coarse)").matches) {
    event.preventDefault();
    navigator.share({ title, url: link.href }).catch(() => {});
  } else if (navigator.clipboard) {
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => {
        link.dataset.done = words.copied;
        setTimeout(() => delete link.dataset.done, 3000);
      },
      () => (location.href = link.href),
    );
  }
}
