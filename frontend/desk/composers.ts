// The composers of the page: the main one, which stays open; one in the row of each post that is edited; and one in the
// main one's place for a submission. Owns adding and removing them, and continuing drafts that were left behind.

import { look, send } from "./ask";
import { on, tell } from "./bus";
import { Composer } from "./composer";
import type { Back, Words } from "./contracts";
import type { Row } from "./device";
import { keep, left, take as draftOf } from "./left";
import { freshKey } from "./place";
import { t } from "./words";

const DEADLINE_MS = 15_000;
const standing = document.querySelector<HTMLElement>("[data-composer-place]");
const screen = document.querySelector<HTMLElement>("[data-screen]");
const first = standing?.querySelector<HTMLFormElement>("form[data-composer]");
let main: Composer | undefined;
let undecided: (() => void) | undefined; // removes the submission that is shown
let shown: Promise<void> | undefined; // resolves once the editor is loaded, or cannot be
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

/** `from`: the draft that is continued, if it is known. */
async function stand(form: HTMLFormElement, from?: Partial<Row>): Promise<void> {
  main = new Composer(form, { of: "", stays: true, keeps: true, gone: () => undefined });
  shown = main.form.mount();
  await shown;
  const [row] = from ? [from] : await left("");
  if (row && main.untouched) main.takeUp(row);
  makeRoom();
}

/** Shows the main composer while new posts can be written, and as long as there are words in it. */
function makeRoom(): void {
  const room = standing?.querySelector<HTMLElement>("[data-composer-room]");
  if (!room || standing?.querySelector(":scope > .in-place")) return;
  const running = !screen || screen.dataset.status === "live"; // without a screen the state is not known
  room.hidden = !running && (main?.untouched ?? true);
  const grow = standing?.querySelector<HTMLElement>("[data-grow]");
  if (grow) grow.hidden = room.hidden;
}

/** Replaces the main composer by the one for this person's present rights, and moves the words into it. */
async function renew(): Promise<void> {
  const room = standing?.querySelector<HTMLElement>("[data-composer-room]");
  if (!room) return;
  let holder: HTMLElement;
  try {
    holder = await fragment(location.pathname);
  } catch {
    return tell("say", { text: t("composer.failed"), bad: true });
  }
  const fresh = holder.querySelector<HTMLElement>("[data-composer-room]");
  const form = fresh?.querySelector<HTMLFormElement>("form[data-composer]");
  if (!fresh || !form || !room.isConnected) return;
  const within = room.contains(document.activeElement);
  const words = main?.retire();
  fresh.hidden = room.hidden;
  room.replaceWith(fresh);
  await stand(form, words);
  if (within) main?.form.focus();
}

/** Goes to the live blog in which coverage goes on, and takes the composer's words along. */
async function goAlong(to: string, blog?: number): Promise<void> {
  if (blog) await main?.goAlong(blog);
  location.assign(to);
}

/** Puts words that were taken back into the composer, or, if it has other words, among the drafts; says which. */
async function back({ pin, graphic, rows, title, body, kind, bylines }: Back, number: number): Promise<void> {
  // Under a new key: the one that they were sent with can never publish anything else.
  const row: Partial<Row> = { key: freshKey(), words: { title, body, kind, bylines }, more: { pin, graphic, rows }, dirty: true, changedAt: Date.now() };
  const free = main?.untouched ?? false;
  if (free) take(row);
  else if (!(await keep(row))) return tell("say", { text: t("back.scheduled") });
  tell("say", { text: t(free ? "back.composer" : "back.draft") });
  // They are elsewhere now. If this fails they are also still listed there, which loses nothing.
  await send(`scheduled/${number}/`, { do: "discard" }).catch(() => undefined);
  tell("waiting", { tab: "" });
}

/** Continues words in their composer. The words that are in it become a draft of their own. */
function take(row: Partial<Row>): void {
  if (row.of) return void edit(row.of, row);
  main?.takeUp(row);
  makeRoom();
  main?.form.focus();
}

/** Edits a post beginning with the words of an older version. */
async function editFrom(post: string, version: number): Promise<void> {
  type Told = { forms: { form: Words & { graphic: boolean; based_on: number } } };
  try {
    const { forms } = await look<Told>(`p/${post}/?version=${version}`);
    const { title, body, kind, bylines, graphic, based_on: basedOn } = forms.form;
    const words = { title, body, kind, bylines };
    await edit(post, { key: freshKey(), of: post, basedOn, words, more: { graphic }, dirty: true, changedAt: Date.now() });
  } catch {
    tell("say", { text: t("composer.failed"), bad: true });
  }
}

async function edit(post: string, from?: Partial<Row>): Promise<void> {
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
  // In its row; a post too old to have a row is edited in the main composer's place.
  const row = document.getElementById(`row-${post}`);
  let away: () => void;
  if (row) {
    row.classList.add("editing");
    row.append(holder);
    away = () => {
      holder.remove();
      row.classList.remove("editing");
      row.focus({ preventScroll: true });
    };
  } else {
    const heading = document.createElement("h2");
    heading.textContent = t("composer.edit");
    holder.prepend(heading);
    away = instead(holder);
  }
  const gone = (): void => {
    inPlace.delete(post);
    away();
    tell("changed", { post });
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

/** Shows something in the main composer's place, which is hidden meanwhile; returns a function that removes it. */
function instead(holder: HTMLElement): () => void {
  const others = [...(standing?.children ?? [])].filter((one): one is HTMLElement => one instanceof HTMLElement && !one.hidden);
  for (const one of others) one.hidden = true;
  standing?.prepend(holder);
  return () => {
    holder.remove();
    for (const one of others) one.hidden = false;
    makeRoom();
  };
}

/** Shows a submission, to be decided. */
async function decide(path: string): Promise<void> {
  let holder: HTMLElement;
  try {
    holder = await fragment(path);
  } catch {
    return tell("say", { text: t("composer.failed"), bad: true });
  }
  undecided?.();
  const away = instead(holder);
  const gone = (): void => {
    undecided = undefined;
    away();
    tell("waiting", { tab: "submissions" });
    document.querySelector<HTMLElement>("[data-panel] [data-keys]")?.focus();
  };
  undecided = gone;
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
  on("edit", ({ post, version }) => void (version ? editFrom(post, version) : edit(post)));
  on("open", async ({ draft }) => {
    const before = main?.changes;
    try {
      const row = await draftOf(Number(draft));
      // On a bad network the click was a while ago, and the person may be writing now: their words must not be replaced.
      if (!row.of && main && main.changes !== before && !main.untouched) return tell("say", { text: t("composer.wrote") });
      take(row);
    } catch {
      tell("say", { text: t("composer.failed"), bad: true });
    }
  });
  on("goTo", ({ to, blog }) => void goAlong(to, blog));
  on("back", ({ words, number }) => void back(words, number));
  on("take", ({ row }) => take(row));
  on("pictures", async ({ files }) => {
    await shown; // on a bad network a picture is taken faster than the editor is loaded
    if (!main?.form.bring(files)) tell("say", { text: t("editor.file.unloaded"), bad: true });
  });
  on("standing", makeRoom);
  on("role", ({ role }) => role && void renew());
  on("returned", ({ row }) => {
    tell("say", { text: t("state.refused", { why: row.why }), bad: true });
    if (!row.of && main?.untouched) main.takeUp(row);
    else tell("waiting", { tab: "drafts" });
  });
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    if (target.matches(".noting")) target.querySelector<HTMLInputElement>("[name=note]")?.focus();
    if (target.matches(".later-fields")) target.scrollIntoView({ block: "nearest" });
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
