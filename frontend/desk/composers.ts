// Where composers stand: the one that stays open, one in the row of a post that is edited, and one in the place of the
// first for what was handed in. Owns bringing them there and taking them away, and going on with what was left.

import { on, tell } from "./bus";
import { Composer } from "./composer";
import type { Row } from "./device";
import { left, take } from "./left";
import { t } from "./words";

const DEADLINE_MS = 15_000;
const standing = document.querySelector<HTMLElement>("[data-composer-place]");
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
      const row = await take(Number(draft));
      if (row.of) return void edit(row.of, row);
      main?.takeUp(row);
      main?.form.focus();
    } catch {
      tell("say", { text: t("composer.failed"), bad: true });
    }
  });
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
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-handed]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void decide(link.pathname);
});
