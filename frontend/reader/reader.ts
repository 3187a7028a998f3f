// The script of the reader's page, which works without it; with it, the page follows the blog. Wires the parts together.

import { Announcer } from "./announce";
import { storedPosition, storePosition } from "./back";
import { Bar } from "./bar";
import { SHOWN } from "./client-only";
import { cursorOf } from "./cursor";
import { loadMoving } from "./figures";
import { OnScreen } from "./onscreen";
import type { Others } from "./others";
import { Page } from "./page";
import { pictures } from "./pictures";
import type { Since } from "./since";
import { type Connection, Supervisor } from "./supervisor";
import { lastVisit, remember, remembers } from "./visits";
import { words } from "./words";

const root = document.documentElement;
const { base, page: kind } = root.dataset;
const cursor = cursorOf(document);
const AWAY_MS = 600_000; // a reader who was away for less gets no "Since you left"

const loadOthers = (): Promise<typeof import("./others")> => import(words.others);
pictures((link) => loadOthers().then(({ enlarge }) => enlarge(link, words.close)).catch(() => (location.href = link.href)));
loadMoving();

// Alerts are offered if the browser has them. On iOS they exist only once the page is on the home screen; the page says so.
if ("PushManager" in window) root.dataset.push = "";
else if ("standalone" in navigator) root.dataset.push = "ios";
document.addEventListener("click", ({ target }) => {
  const box = (target as Element).closest<HTMLElement>("[data-alerts]");
  if (box && (target as Element).closest("button")) void import(words.alerts).then(({ press }) => press(box));
});

if (document.querySelector("[data-posts]") && base) {
  const announcer = new Announcer();
  const page = new Page(announcer, (part) => changed(part), () => void showMissed());
  let others: Promise<Others> | undefined;
  const show = async (link: HTMLAnchorElement): Promise<void> => {
    try {
      others ??= loadOthers().then(({ Others }) => new Others((change) => page.keepingPlace(change)));
      (await others).show(link);
    } catch {
      location.href = link.href;
    }
  };
  const stored = storedPosition();
  if (stored) page.restore(stored.position, stored.reloaded);
  storePosition(() => page.readingPosition());
  const screen = new OnScreen(page.posts);
  const line = document.querySelector("[data-live-bar]");
  let bar: Bar | undefined;
  let card: Since | undefined;
  const changed = (part: string): void => {
    bar?.refresh();
    screen.mark();
    void card?.refresh(part);
  };
  if (cursor && line) {
    let paused = false;
    let announced = "";
    let now = "";
    const connected = (state: Connection): void => {
      if (now === state) return;
      now = state;
      bar!.show(state);
      if (!announced) announced = state; // the first state is not announced
      else announcer.say("connection", () => (announced === now ? "" : words[(announced = now) as Connection]));
    };
    const pause = (): Promise<void> => supervisor.pause((paused = !paused));
    bar = new Bar(line, page.button, () => void pause());
    const supervisor = new Supervisor(base, cursor, page, connected);
    page.button.onclick = async () => {
      if (paused) await pause();
      page.reveal(true);
    };
  }

  // --- "Since you left"
  let earlier = kind === "page" && cursor ? lastVisit(base) : null;
  let visit = earlier;
  const showMissed = async (): Promise<void> => {
    const last = earlier;
    earlier = null;
    const away = last && Math.abs(Date.now() - last.at) > AWAY_MS && last.epoch === cursor!.epoch && last.seq < cursor!.seq;
    if (!away) return;
    const missed = (await import(words.missed)) as { Since: typeof Since };
    card = new missed.Since(last, page, base, announcer, () => (device!.checked = remembers(false)));
    await card.show();
  };
  const rememberVisit = (): void => {
    const seen = { ...visit?.seen };
    for (const post of page.allPosts()) {
      const id = post.id.slice(2);
      if (!screen.seen.has(id)) continue;
      delete seen[id]; // so that it moves to the end, which is stored for longer
      seen[id] = post.querySelectorAll(".correction").length;
    }
    visit = { epoch: cursor!.epoch, seq: page.shownUpTo(cursor!.seq), at: Date.now(), seen };
    remember(base, visit);
  };
  const device = document.querySelector<HTMLInputElement>("[data-device] input");
  if (cursor && device) {
    device.closest<HTMLElement>("[data-device]")!.hidden = false;
    device.checked = remembers();
    device.onchange = () => remembers(device.checked);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) rememberVisit();
      else earlier = visit;
    });
  }

  // A link to a post leads to it on this page if it is here. Structured data and old links name posts by fragment.
  const named = (): string => (location.hash.startsWith("#p-") ? location.hash.slice(3) : "");
  if (kind !== "post" && !stored && named() && !page.goTo(named())) location.replace(`${base}p/${named()}/`);
  const loadFeed = (): Promise<typeof import("./feed")> => import(words.feed);
  addEventListener("focusin", ({ target }) => (target as Element).closest("[data-posts]") && loadFeed());
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
      void loadFeed().then(({ toggleHistory }) => toggleHistory(link, SHOWN));
    }
  });
}
