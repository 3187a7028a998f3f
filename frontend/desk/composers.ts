// Where composers stand: the one that stays open, one in the row of a post that is edited, and one in the place of the
// first for what was handed in. Owns bringing them there and taking them away, and going on with what was left.

import { send } from "./ask";
import { on, tell } from "./bus";
import { Composer } from "./composer";
import type { Back } from "./contracts";
import type { Row } from "./device";
import { keep, left, take as draftOf } from "./left";
import { freshKey } from "./place";
import { t } from "./words";

const DEADLINE_MS = 15_000;
const standing = document.querySelector<HTMLElement>("[data-composer-place]");
const screen = document.querySelector<HTMLElement>("[data-screen]");
const first = standing?.querySelector<HTMLFormElement>("form[data-composer]");
let main: Composer | undefined;
const inPlace = new Map<string, Composer>();

async function fragment(path: string): Promise<HTMLElement> {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await fetch(`${path}?part=composer`, { headers: { accept: "text/html" }, redirect: "error", cache: "no-store", signal });
  if (!response.ok) throw new Error(String(response.status));
  const holder = document.createElement("div");
  holder.className = "in-place";
  holder.innerHTML = await response.text();
  return holder;
}

async function stand(form: HTMLFormElement): Promise<void> {
  main = new Composer(form, { of: "", stays: true, keeps: true, gone: () => undefined });
  await main.form.mount();
  const [row] = await left("");
  if (row && main.untouched) main.takeUp(row);
  makeRoom();
}

/** Shows the composer while something new can be written, and for as long as there are words in it. */
function makeRoom(): void {
  const room = standing?.querySelector<HTMLElement>("[data-composer-room]");
  if (!room || standing?.querySelector(":scope > .in-place")) return;
  room.hidden = screen?.dataset.status !== "live" && (main?.untouched ?? true);
  const grow = standing?.querySelector<HTMLElement>("[data-grow]");
  if (grow) grow.hidden = room.hidden;
}

/** Goes to where coverage goes on, with the words that stand in the composer. */
async function goAlong(to: string, blog?: number): Promise<void> {
  if (blog) await main?.goAlong(blog);
  location.assign(to);
}

/** Puts words that were taken back into the composer, or, where others stand in it, among the drafts; and says which. */
async function back({ pin, graphic, title, body, kind, bylines }: Back, number: number): Promise<void> {
  // Under a key of their own: with the one that they were sent with nothing else is ever published.
  const row: Partial<Row> = { key: freshKey(), words: { title, body, kind, bylines }, more: { pin, graphic }, dirty: true, changedAt: Date.now() };
  const free = main?.untouched ?? false;
  if (free) take(row);
  else if (!(await keep(row))) return tell("say", { text: t("back.scheduled") });
  tell("say", { text: t(free ? "back.composer" : "back.draft") });
  // They stand elsewhere now. If this fails they are listed there too, which loses nothing.
  await send(`scheduled/${number}/`, { do: "discard" }).catch(() => undefined);
  tell("waiting", { tab: "" });
}

/** Goes on with words where they belong; what stands in the composer is kept as a draft of its own. */
function take(row: Partial<Row>): void {
  if (row.of) return void edit(row.of, row);
  main?.takeUp(row);
  makeRoom();
  main?.form.focus();
}

async function edit(post: string, from?: Partial<Row>): Promise<void> {
  const row = document.getElementById(`row-${post}`);
  if (!row) return;
  const there = inPlace.get(post);
  if (there) {
    if (from) there.takeUp(from);
    return there.form.focus();
  }
  let holder: HTMLElement;
  try {
    holder = await fragment(`p/${post}/`);
  } catch {
    return tell("say", { text: t("composer.failed"), bad: true });
  }
  const form = holder.querySelector<HTMLFormElement>("form[data-composer]");
  if (!form || inPlace.has(post)) return;
  row.classList.add("editing");
  row.append(holder);
  const gone = (): void => {
    inPlace.delete(post);
    holder.remove();
    row.classList.remove("editing");
    tell("changed", { post });
    row.focus({ preventScroll: true });
  };
  const composer = new Composer(form, { of: post, stays: false, keeps: true, gone });
  inPlace.set(post, composer);
  form.querySelector("[data-leave]")?.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    composer.leave();
  });
  await composer.form.mount();
  const [kept] = from ? [from] : await left(post);
  if (kept && composer.untouched) composer.takeUp(kept);
  composer.form.focus();
}

/** Shows what was handed in where new posts are written, which wait meanwhile. */
async function decide(path: string): Promise<void> {
  if (!standing) return;
  let holder: HTMLElement;
  try {
    holder = await fragment(path);
  } catch {
    return tell("say", { text: t("composer.failed"), bad: true });
  }
  standing.querySelector<HTMLElement>(".in-place")?.remove();
  const others = [...standing.children] as HTMLElement[];
  for (const one of others) one.hidden = true;
  standing.prepend(holder);
  const gone = (): void => {
    holder.remove();
    for (const one of others) one.hidden = false;
    makeRoom();
    tell("waiting", { tab: "submissions" });
    document.querySelector<HTMLElement>("[data-panel] [data-keys]")?.focus();
  };
  const form = holder.querySelector<HTMLFormElement>("form[data-composer]");
  for (const leave of holder.querySelectorAll("[data-leave]")) {
    leave.addEventListener("click", (event) => {
      event.preventDefault();
      gone();
    });
  }
  holder.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && gone());
  holder.tabIndex = -1;
  if (!form) return holder.focus();
  const composer = new Composer(form, { of: "", stays: false, keeps: false, gone });
  await composer.form.mount();
  composer.form.focus();
}

if (first) {
  void stand(first);
  on("edit", ({ post }) => void edit(post));
  on("open", async ({ draft }) => {
    try {
      take(await draftOf(Number(draft)));
    } catch {
      tell("say", { text: t("composer.failed"), bad: true });
    }
  });
  on("goTo", ({ to, blog }) => void goAlong(to, blog));
  on("back", ({ words, number }) => void back(words, number));
  on("take", ({ row }) => take(row));
  on("standing", makeRoom);
  on("returned", ({ row }) => {
    tell("say", { text: t("state.refused", { why: row.why }), bad: true });
    if (!row.of && main?.untouched) main.takeUp(row);
    else tell("waiting", { tab: "drafts" });
  });
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.matches(".noting[open]")) target.querySelector<HTMLInputElement>("[name=note]")?.focus();
  },
  true,
);
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-handed], a[data-go-on]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.goOn) void goAlong(link.href, Number(link.dataset.goOn));
  else void decide(link.pathname);
});
