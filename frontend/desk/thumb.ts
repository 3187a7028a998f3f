// On a phone the composer is a bar at the bottom, beside the camera, that grows for writing. Owns whether it is grown, that
// it stays above the keyboard in browsers that lay the keyboard over the page, and the app's shortcuts (`?do=`).

import { tell } from "./bus";
import { choose } from "./editor/choosing";

const KEYBOARD_PX = 80; // if less than this is hidden, it is a browser's bar and no keyboard
const place = document.querySelector<HTMLElement>("[data-composer-place]");
const live = document.querySelector<HTMLElement>("[data-screen]");

if (place) {
  place.addEventListener("click", ({ target }) => {
    if (!(target as Element).closest("[data-camera]")) return;
    const taken = (files: File[]): void => {
      if (!files.length) return;
      place.dataset.grown = ""; // first, because a hidden element cannot be focused
      tell("pictures", { files });
    };
    choose("image/*", false, taken, true);
  });
}

if (place && live) {
  const opener = place.querySelector<HTMLButtonElement>("[data-grow]");
  const grow = (): void => void (place.dataset.grown = "");
  const putDown = (): void => {
    delete place.dataset.grown;
    (document.activeElement as HTMLElement | null)?.blur();
  };
  live.dataset.scripted = ""; // without script the composer is part of the page, and always usable
  place.addEventListener("focusin", ({ target }) => !(target as Element).closest(".dock") && grow());
  const write = (): void => {
    grow();
    const field = place.querySelector<HTMLElement>("[contenteditable=true]") ?? place.querySelector<HTMLElement>("textarea");
    field?.focus();
  };
  opener?.addEventListener("click", write);
  place.querySelector("[data-put-down]")?.addEventListener("click", putDown);
  document.addEventListener("pointerdown", (event) => {
    if (!place.contains(event.target as Node) && !(event.target as Element).closest("dialog, .outbox")) delete place.dataset.grown;
  });
  document.addEventListener("focusin", ({ target }) => {
    if (live.contains(target as Node) && !place.contains(target as Node)) delete place.dataset.grown;
  });
  place.addEventListener(
    "keydown",
    // After other handlers of the key: a menu that Escape closes keeps the focus here.
    ({ key }) => key === "Escape" && setTimeout(() => place.contains(document.activeElement) || delete place.dataset.grown),
    true,
  );

  // The app's shortcut; done once, and not again at a reload.
  const here = new URL(location.href);
  const wanted = here.searchParams.get("do");
  here.searchParams.delete("do");
  if (wanted) history.replaceState(history.state, "", here);
  if (wanted === "write") write();
  if (wanted === "camera") place.querySelector<HTMLElement>(".dock")?.setAttribute("data-wanted", "");

  const view = window.visualViewport;
  const fit = (): void => {
    if (!view || view.scale !== 1) return;
    const hidden = Math.round(innerHeight - view.height - view.offsetTop);
    document.documentElement.style.setProperty("--keyboard", `${hidden > KEYBOARD_PX ? hidden : 0}px`);
  };
  view?.addEventListener("resize", fit);
  view?.addEventListener("scroll", fit);
}
