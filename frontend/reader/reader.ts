// The reader's page works without this script; with it, the page follows the blog. Wires the pieces together.

import { Announcer } from "./announce";
import { movingBlocks } from "./figures";
import { comeBack, keep } from "./back";
import { Bar } from "./bar";
import { SHOWN } from "./client-only";
import { lastVisit, remember, remembers } from "./left";
import { OnScreen } from "./onscreen";
import type { Others } from "./others";
import { Page } from "./page";
import { pictures } from "./pictures";
import { placeOf } from "./place";
import { type Connection, Supervisor } from "./supervisor";
import type { Since } from "./since";
import { words } from "./words";

const root = document.documentElement;
const { base, page: kind } = root.dataset;
const place = placeOf(document);
const AWAY_MS = 600_000; // who was away for less has left nothing

const asked = (): Promise<typeof import("./others")> => import(words.others);
pictures((link) => asked().then(({ whole }) => whole(link, words.close)).catch(() => (location.href = link.href)));
movingBlocks();

// Alerts are offered where a browser takes them; Apple's phones do once the page is on the home screen, and say so.
if ("PushManager" in window) root.dataset.push = "";
else if ("standalone" in navigator) root.dataset.push = "ios";
document.addEventListener("click", ({ target }) => {
  const box = (target as Element).closest<HTMLElement>("[data-alerts]");
  if (box && (target as Element).closest("button")) void import(words.alerts).then(({ press }) => press(box));
});

if (document.querySelector("[data-posts]") && base) {
  const announcer = new Announcer();
  const page = new Page(announcer, (part) => follow(part), () => void welcome());
  let others: Promise<Others> | undefined;
  const show = async (link: HTMLAnchorElement): Promise<void> => {
    try {
      others ??= asked().then(({ Others }) => new Others((change) => page.keepingPlace(change)));
      (await others).show(link);
    } catch {
      location.href = link.href;
    }
  };
  const back = comeBack();
  if (back) page.goBack(back.left, back.again);
  keep(() => page.leaving());
  const screen = new OnScreen(page.posts);
  const line = document.querySelector("[data-live-bar]");
  let bar: Bar | undefined;
  let card: Since | undefined;
  const follow = (part: string): void => {
    bar?.refresh();
    screen.mark();
    void card?.refresh(part);
  };
  if (place && line) {
    let paused = false;
    let said = "";
    let now = "";
    const tell = (state: Connection): void => {
      if (now === state) return;
      now = state;
      bar!.tell(state);
      if (!said) said = state; // how things stand at first needs no saying
      else announcer.say("connection", () => (said === now ? "" : words[(said = now) as Connection]));
    };
    const pause = (): Promise<void> => supervisor.pause((paused = !paused));
    bar = new Bar(line, page.button, () => void pause());
    const supervisor = new Supervisor(base, place, page, tell);
    page.button.onclick = async () => {
      if (paused) await pause();
      page.reveal(true);
    };
  }

  // --- what this device remembers until the reader comes back
  let visit = kind === "page" && place ? lastVisit(base) : null;
  const welcome = async (): Promise<void> => {
    const last = visit;
    visit = null;
    const away = last && Math.abs(Date.now() - last.at) > AWAY_MS && last.epoch === place!.epoch && last.seq < place!.seq;
    if (!away) return;
    const made = (await import(words.missed)) as { Since: typeof Since };
    card = new made.Since(last, page, base, announcer, () => (device!.checked = remembers(false)));
    await card.show();
  };
  const leave = (): void => {
    const seen = { ...left?.seen };
    for (const post of page.held()) {
      const id = post.id.slice(2);
      if (!screen.seen.has(id)) continue;
      delete seen[id]; // to the end, which is kept for longer
      seen[id] = post.querySelectorAll(".correction").length;
    }
    left = { epoch: place!.epoch, seq: page.shownUpTo(place!.seq), at: Date.now(), seen };
    remember(base, left);
  };
  let left = visit;
  const device = document.querySelector<HTMLInputElement>("[data-device] input");
  if (place && device) {
    device.closest<HTMLElement>("[data-device]")!.hidden = false;
    device.checked = remembers();
    device.onchange = () => remembers(device.checked);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) leave();
      else visit = left;
    });
  }

  // A link to a post leads to it on this page, if it is here; structured data and old links name posts by fragment.
  const named = (): string => (location.hash.startsWith("#p-") ? location.hash.slice(3) : "");
  if (kind !== "post" && !back && named() && !page.goTo(named())) location.replace(`${base}p/${named()}/`);
  const feed = (): Promise<typeof import("./feed")> => import(words.feed);
  addEventListener("focusin", ({ target }) => (target as Element).closest("[data-posts]") && feed());
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-post],a[data-share],a.load,.updated a");
    const post = link?.dataset.post;
    if (post && page.goTo(post)) {
      event.preventDefault();
      history.replaceState(history.state, "", "#p-" + post);
    } else if (link?.matches("[data-share],[data-frame],.no-picture a")) {
      event.preventDefault();
      void show(link);
    } else if (kind !== "post" && link?.matches(".updated a")) {
      event.preventDefault();
      void feed().then(({ changes }) => changes(link, SHOWN));
    }
  });
}
