// Signing out on a machine that others use: asks what becomes of the words that are only there. A bundle of its own, as
// every page of the desk has the button.

import { onlyHere, wipe } from "./device";

const { user = "" } = document.body.dataset;
const dialog = document.querySelector<HTMLDialogElement>("dialog[data-leaving]");
const form = document.querySelector<HTMLFormElement>("form[data-sign-out]");

if (dialog && form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onlyHere(user)
      .catch(() => 0)
      .then((count) => {
        if (!count) return leave(true);
        const said = dialog.querySelector<HTMLElement>("[data-count]");
        if (said) said.textContent = String(count);
        dialog.showModal();
      });
  });
  dialog.addEventListener("click", (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-choice]")?.dataset.choice;
    if (!choice) return;
    dialog.close();
    if (choice !== "stay") void leave(choice === "wipe");
  });
}

/** Signs out. What the server has as well is always wiped from here, as it is found again after signing in. */
async function leave(all: boolean): Promise<void> {
  if (all) await wipe(user).catch(() => undefined);
  form!.submit();
}
