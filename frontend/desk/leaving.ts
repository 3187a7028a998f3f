// Signing out on a shared device: asks what to do with the words that are stored only there. A separate bundle, because
// every page of the desk has the button.

import "./copying";
import { onlyHere, wipe } from "./device";

const { user = "" } = document.body.dataset;
const dialog = document.querySelector<HTMLDialogElement>("dialog[data-leaving]");
const form = document.querySelector<HTMLFormElement>("form[data-sign-out]");

if (dialog && form) {
  const failed = dialog.querySelector<HTMLElement>("[data-failed]")!;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const count = await onlyHere(user).catch(() => 0);
    if (!count) return leave(form);
    dialog.querySelector("[data-count]")!.textContent = String(count);
    failed.hidden = true;
    dialog.showModal();
  });
  dialog.addEventListener("click", async (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-choice]")?.dataset.choice;
    if (choice === "stay") return dialog.close();
    if (choice) failed.hidden = await leaveWith(form, choice === "wipe");
  });
}

/** Signs out. Words that the server has too are always deleted here; they are there again after signing in. */
async function leave(form: HTMLFormElement): Promise<void> {
  document.body.toggleAttribute("data-signing-out", true);
  await wipe(user, false).catch(() => undefined);
  form.submit();
}

/** Signs out, and then deletes or keeps the words that are only here. If the server is away, only says so. */
async function leaveWith(form: HTMLFormElement, all: boolean): Promise<boolean> {
  let end: Response;
  try {
    end = await fetch(form.action, { method: "POST", body: new FormData(form), cache: "no-store" });
  } catch {
    return false;
  }
  if (!end.ok) return false;
  document.body.toggleAttribute("data-signing-out", true);
  await wipe(user, all).catch(() => undefined);
  location.assign(end.url);
  return true;
}
