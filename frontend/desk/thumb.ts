// On a phone the composer is a bar at the thumb that grows when one writes. Owns only whether it is grown.

const place = document.querySelector<HTMLElement>("[data-composer-place]");
const live = document.querySelector<HTMLElement>("[data-screen]");

if (place && live) {
  const opener = place.querySelector<HTMLButtonElement>("[data-grow]");
  live.dataset.scripted = ""; // without it the composer stands in the page as it is, and can always be used
  place.addEventListener("focusin", () => (place.dataset.grown = ""));
  opener?.addEventListener("click", () => {
    place.dataset.grown = "";
    const field = place.querySelector<HTMLElement>("[contenteditable=true]") ?? place.querySelector<HTMLElement>("textarea");
    field?.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!place.contains(event.target as Node) && !(event.target as Element).closest("dialog")) delete place.dataset.grown;
  });
  document.addEventListener("focusin", ({ target }) => {
    if (live.contains(target as Node) && !place.contains(target as Node)) delete place.dataset.grown;
  });
  place.addEventListener(
    "keydown",
    // After whoever the key is for: a menu that it closes keeps the focus here.
    ({ key }) => key === "Escape" && setTimeout(() => place.contains(document.activeElement) || delete place.dataset.grown),
    true,
  );
}
