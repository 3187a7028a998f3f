// Back leads to the post that was being read, also if the browser fetches the page again or shows an old copy of it, on
// which the same pixels are another post. Owns the stored reading position: in sessionStorage, under a name in the history
// entry's state. No cookie; without storage the browser restores its own scroll position.

import type { Order } from "./page";

/** The first post on the screen, its distance from the upper edge, and the newest post that was shown. */
export interface ReadingPosition {
  post: string;
  order: Order;
  top: number;
  newest: Order;
}

const state = (): { left?: string } | null => history.state as { left?: string } | null;

/** Returns the stored position if the reader came back by Back, Forward or a reload. */
export function storedPosition(): { position: ReadingPosition; reloaded: boolean } | null {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  try {
    const name = state()?.left;
    const stored = name && sessionStorage.getItem(name);
    if (!stored || !entry || entry.type === "navigate") return null;
    return { position: JSON.parse(stored) as ReadingPosition, reloaded: entry.type === "reload" };
  } catch {
    return null; // the browser gives this page no storage
  }
}

/** Stores the position each time the page is left. */
export function storePosition(current: () => ReadingPosition | null): void {
  const name = state()?.left || "asithappened:" + Math.random().toString(36).slice(2);
  history.replaceState({ ...state(), left: name }, "");
  addEventListener("pagehide", () => {
    const position = current();
    try {
      if (position) sessionStorage.setItem(name, JSON.stringify(position));
      else sessionStorage.removeItem(name);
      // The browser restores its position after ours and would undo it.
      history.scrollRestoration = position ? "manual" : "auto";
    } catch {
      history.scrollRestoration = "auto";
    }
  });
  const auto = (): unknown => setTimeout(() => (history.scrollRestoration = "auto"));
  addEventListener("load", auto); // within the page, as after a jump to a headline, the browser's own is right
  addEventListener("pageshow", (event) => event.persisted && auto());
}
