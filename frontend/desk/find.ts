// Finding posts: htmx asks for the rows while one types (GET rows/). Owns that the quick filters and the form say the same,
// and that the address does, so that a reload shows the same again.

import { tell } from "./bus";
import { t } from "./words";

const form = document.querySelector<HTMLFormElement>("[data-finder]");
const filters = document.querySelector<HTMLElement>("[data-filters]");

if (form && filters) {
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
