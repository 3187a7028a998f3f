// The posts that wait to be sent, in a dialog: to be read, continued in the composer, or deleted. Owns the list; outbox.ts
// owns the queue.

import { send } from "./ask";
import { on, tell } from "./bus";
import { spokenOf } from "./changed";
import { dropRow, type Item } from "./device";
import { takeOut, waiting } from "./outbox";
import { place } from "./place";
import { timeOf } from "./states";
import { t } from "./words";

const SHOWN_CHARS = 240;
const dialog = document.querySelector<HTMLDialogElement>("[data-outbox-dialog]");
const list = dialog?.querySelector<HTMLElement>("[data-outbox-list]");
const said = dialog?.querySelector<HTMLElement>("[data-said]");

function row(item: Item): HTMLElement {
  const line = document.createElement("li");
  line.className = "waits";
  const words = document.createElement("p");
  words.className = "waits-what";
  words.dir = "auto";
  const letters = spokenOf(item.row.words).trim();
  words.textContent = letters.length > SHOWN_CHARS ? `${letters.slice(0, SHOWN_CHARS)}…` : letters || t("outbox.wordless");
  const since = document.createElement("p");
  since.className = "meta";
  since.textContent = t(item.row.of ? "outbox.edit" : "outbox.post", { at: timeOf(new Date(item.at).toISOString()) });
  const tools = document.createElement("div");
  tools.className = "row-tools";
  tools.append(
    button(t("outbox.open"), "small", () => out(item, () => open(item))),
    button(t("outbox.drop"), "small danger", (pressed) => sure(pressed, () => out(item, () => drop(item)))),
  );
  line.append(words, since, tools);
  return line;
}

function button(label: string, looks: string, act: (pressed: HTMLButtonElement) => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = looks;
  made.textContent = label;
  made.addEventListener("click", () => act(made));
  return made;
}

/** Words that are stored nowhere else are deleted only by a second press. */
function sure(pressed: HTMLButtonElement, act: () => void): void {
  if (pressed.dataset.sure !== undefined) return act();
  pressed.dataset.sure = "";
  pressed.textContent = t("outbox.sure");
}

async function out(item: Item, then: () => void): Promise<void> {
  if (await takeOut(item.id)) then();
  else if (said) said.textContent = t("outbox.busy");
}

function open(item: Item): void {
  dialog?.close();
  tell("take", { row: { ...item.row, dirty: true, why: "" } });
}

function drop(item: Item): void {
  dropRow(item.row.id).catch(() => undefined);
  // An edit, or a post that the server never had, has no draft there to be deleted.
  send(place.drafts, { do: "delete", once: item.key })
    .catch(() => undefined)
    .finally(() => tell("waiting", { tab: "drafts" }));
  tell("say", { text: t("outbox.dropped") });
}

async function show(): Promise<void> {
  const items = await waiting();
  if (said) said.textContent = "";
  list?.replaceChildren(...items.map(row));
  if (!items.length) dialog?.close();
}

if (dialog && list) {
  document.querySelector("[data-outbox-open]")?.addEventListener("click", () => void show().then(() => dialog.showModal()));
  on("outbox", ({ count }) => dialog.open && count !== list.childElementCount && void show());
}
