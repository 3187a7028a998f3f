// A note about a post, begun from its row: the tab of notes opens, with the post named in the form. Owns which post that
// is; `acts` sends the note, like everything in a tab.

import { t } from "./words";

let about = { post: "", name: "" };
const panel = document.querySelector<HTMLElement>("[data-panel]");

/** Shows in the form which post the note is about, whenever the form is in the page. */
function name(): HTMLTextAreaElement | null {
  const form = panel?.querySelector<HTMLFormElement>("form.note-new");
  const shown = form?.querySelector<HTMLElement>("[data-note-about]");
  const field = form?.querySelector<HTMLInputElement>("[name=post]");
  if (!form || !shown || !field) return null;
  field.value = about.post;
  shown.hidden = !about.post;
  shown.textContent = about.post ? t("note.about", { post: about.name }) : "";
  return form.querySelector("textarea");
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLElement>("[data-note-on]");
  const row = link?.closest<HTMLElement>("[data-row]");
  const tab = document.querySelector<HTMLElement>("[data-tab=notes]");
  if (!link || !row || !tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const heading = document.getElementById(row.getAttribute("aria-labelledby") ?? "");
  about = { post: row.dataset.row!, name: heading?.textContent?.trim() ?? "" };
  for (const menu of row.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) menu.open = false;
  if (tab.getAttribute("aria-selected") !== "true") tab.click();
  const field = name();
  if (field) return field.focus();
  panel?.addEventListener("htmx:after:swap", () => name()?.focus(), { once: true });
});

panel?.addEventListener("htmx:after:swap", () => void name());
panel?.addEventListener("reset", () => {
  about = { post: "", name: "" }; // the note was added
  queueMicrotask(name);
});
