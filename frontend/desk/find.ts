// Finding posts: htmx requests the rows while the person types (GET rows/). Owns that the quick filters, the form and the
// address agree, so that a reload shows the same posts.

import { tell } from "./bus";
import { swapping } from "./swapping";
import { t } from "./words";

const FIRST = ["focusin", "input", "submit"];
const form = document.querySelector<HTMLFormElement>("[data-finder]");
const filters = document.querySelector<HTMLElement>("[data-filters]");

if (form && filters) {
  // Until htmx is loaded: the first search is repeated then, or done by the page itself if htmx cannot be loaded.
  const first = (event: Event): void => {
    if (event.type === "submit") event.preventDefault();
    void swapping().then(
      () => {
        for (const name of FIRST) form.removeEventListener(name, first);
        if (event.type === "submit") form.requestSubmit();
        if (event.type === "input") event.target?.dispatchEvent(new Event("input", { bubbles: true }));
      },
      () => event.type === "submit" && form.submit(),
    );
  };
  for (const name of FIRST) form.addEventListener(name, first);
  filters.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const query = new URL(link.href).searchParams;
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")) {
      field.value = query.get(field.name) ?? "";
    }
    form.requestSubmit();
  });
  form.addEventListener("htmx:after:swap", () => {
    const query = document.getElementById("rows")?.dataset.query ?? "";
    for (const link of filters.querySelectorAll("a")) {
      if (new URL(link.href).search.slice(1) === query) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
  });
  for (const failed of ["htmx:error", "htmx:response:error"]) {
    form.addEventListener(failed, () => tell("say", { text: t("rows.failed"), bad: true }));
  }
}
