// A page of the desk that is only looked at, without leaving the screen: a post's history, in a dialog.

import htmx from "htmx.org";
import { tell } from "./bus";
import { t } from "./words";

const dialog = document.querySelector<HTMLDialogElement>("[data-look]");
const inside = dialog?.querySelector<HTMLElement>("[data-look-in]");

if (dialog && inside) {
  let from: HTMLElement | null = null;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-history]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    from = link.closest<HTMLElement>("[data-row]");
    void htmx.ajax("GET", link.href, { source: inside, target: inside, swap: "innerHTML" });
  });
  inside.addEventListener("htmx:after:swap", () => dialog.open || dialog.showModal());
  for (const failed of ["htmx:error", "htmx:response:error"]) {
    inside.addEventListener(failed, () => tell("say", { text: t("rows.failed"), bad: true }));
  }
  dialog.addEventListener("close", () => {
    inside.replaceChildren(); // ids that the timeline has too
    from?.focus({ preventScroll: true });
  });
}
