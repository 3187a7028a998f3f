// Acts on posts and on items of the tabs without loading another page: every `form[data-act]` is sent as JSON to its own
// address, and the result is shown in the status line, or a failure at its row. Owns the row's menu and the small
// question before a withdrawal.

import { Refused, send } from "./ask";
import { heard, on, tell } from "./bus";
import type { Back } from "./contracts";
import { t } from "./words";

interface Done {
  done?: string;
  scheduled?: { number: number };
  words?: Back;
  receipt?: { post?: string };
}

const doing = new WeakSet<HTMLFormElement>();

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  if (!form.matches("form[data-act]") || event.defaultPrevented) return;
  event.preventDefault();
  if (!doing.has(form)) void act(form, button);
});

async function act(form: HTMLFormElement, button: HTMLButtonElement | null): Promise<void> {
  const place = form.closest<HTMLElement>("[data-keys]") ?? form;
  const fields = fieldsOf(form, button);
  const back = button?.dataset.undo;
  const post = place.dataset.row ?? "";
  doing.add(form);
  place.setAttribute("aria-busy", "true");
  say(place, t("row.busy"));
  try {
    const told = await send<Done>(form.action, fields);
    say(place, "");
    if (form.matches("[data-clears]")) form.reset();
    if (place.dataset.row) leave(place);
    const text = told.done ?? "";
    const undo = back ? () => void undoing(post ? `p/${post}/change/` : form.action, post, back) : undefined;
    if (told.words && told.scheduled && fields.do === "unschedule") tell("back", { words: told.words, number: told.scheduled.number });
    else tell("say", undo ? { text, undo } : { text });
    tell("changed", { post: told.receipt?.post ?? post });
    tell("waiting", { tab: "" });
  } catch (error) {
    say(place, error instanceof Refused ? error.message : t("row.unanswered"));
    if (error instanceof Refused && post) tell("changed", { post });
  } finally {
    doing.delete(form);
    place.removeAttribute("aria-busy");
  }
}

/** Reads a form as the JSON that its flow expects: texts, numbers for numeric fields, and ticked boxes. */
function fieldsOf(form: HTMLFormElement, button: HTMLButtonElement | null): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
    const input = form.querySelector<HTMLInputElement>(`[name="${CSS.escape(name)}"]`);
    fields[name] = input?.type === "checkbox" || (input?.dataset.number === undefined ? value : Number(value));
  }
  if (button?.name) fields[button.name] = button.value;
  return fields;
}

async function undoing(at: string, post: string, button: string): Promise<void> {
  try {
    const told = await send<Done>(at, { do: button });
    tell("say", { text: told.done ?? t("undone") });
  } catch (error) {
    tell("say", { text: error instanceof Refused ? error.message : t("row.unanswered"), bad: true });
  }
  tell("changed", { post });
  tell("waiting", { tab: "" });
}

/** Shows the result of an act at its row or item; if there is no place for it, in the status line. */
function say(place: HTMLElement, text: string): void {
  const said = place.querySelector<HTMLElement>("[data-said]");
  if (said) said.textContent = text;
  else if (text) tell("say", { text });
}

document.addEventListener("click", (event) => {
  const target = (event.target as Element).closest<HTMLElement>("[data-edit],[data-copy],[data-ask],[data-ask-leave]");
  const row = target?.closest<HTMLElement>("[data-row]");
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) {
    if (!menu.contains(event.target as Node)) menu.open = false; // only one menu is open at a time, and none without focus
  }
  if (!target || !row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (target.matches("[data-edit]")) {
    if (!heard("edit")) return;
    event.preventDefault();
    close(row);
    tell("edit", { post: row.dataset.row! });
  } else if (target.matches("[data-copy]")) {
    event.preventDefault();
    leave(row);
    void copy((target as HTMLAnchorElement).href);
  } else if (target.matches("[data-ask]")) {
    event.preventDefault();
    ask(row, target as HTMLAnchorElement);
  } else leave(row);
});

async function copy(address: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    tell("say", { text: t("row.link") });
  } catch {
    tell("say", { text: t("row.nolink", { address }) });
  }
}

/** Asks before a withdrawal, in the row, with a field for the reason. */
function ask(row: HTMLElement, link: HTMLAnchorElement): void {
  const template = document.querySelector<HTMLTemplateElement>("template[data-withdraw-form]");
  close(row);
  row.querySelector(".ask-here")?.remove();
  const form = template?.content.firstElementChild?.cloneNode(true) as HTMLFormElement | undefined;
  if (!form) return;
  form.action = link.href;
  row.querySelector("[data-said]")?.before(form);
  form.querySelector("input")?.focus();
}

function close(row: HTMLElement): void {
  for (const menu of row.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) menu.open = false;
}

/** Closes what is open in a row, and moves the focus back to the row. */
function leave(row: HTMLElement): void {
  const within = row.contains(document.activeElement);
  close(row);
  row.querySelector(".ask-here")?.remove();
  if (within) row.focus({ preventScroll: true });
  if (row.dataset.stale !== undefined) tell("changed", { post: row.dataset.row! });
}

on("edit", ({ post }) => {
  const row = document.getElementById(`row-${post}`);
  if (row) say(row, "");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const from = event.target as Element;
  const menu = from.closest<HTMLDetailsElement>("[data-menu][open]");
  const asked = from.closest<HTMLElement>(".ask-here");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  } else if (asked) leave(asked.closest<HTMLElement>("[data-row]")!);
  else return;
  event.preventDefault();
});
