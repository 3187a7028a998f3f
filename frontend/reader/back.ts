// Back leads to the post that was being read, also where the browser fetches the page again or shows an old copy of it,
// on which pixels mean another place. Owns what is kept of a page for that: in sessionStorage, under a name in the
// history entry's state. No cookie; without storage the browser does what it can.

import type { Order } from "./page";

/** Where a page was left: the first post on the screen, how far from the upper edge, and the newest that was shown. */
export interface Left {
  post: string;
  order: Order;
  top: number;
  newest: Order;
}

const state = (): { left?: string } | null => history.state as { left?: string } | null;

/** Returns where this page was left, if the reader comes back to it by Back, Forward or a reload. */
export function comeBack(): { left: Left; again: boolean } | null {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  try {
    const name = state()?.left;
    const left = name && sessionStorage.getItem(name);
    return left && entry && entry.type !== "navigate" ? { left: JSON.parse(left) as Left, again: entry.type === "reload" } : null;
  } catch {
    return null; // no storage here
  }
}

/** Keeps where the page is left, whenever it is. */
export function keep(leaving: () => Left | null): void {
  const name = state()?.left || "asithappened:" + Math.random().toString(36).slice(2);
  history.replaceState({ ...state(), left: name }, "");
  addEventListener("pagehide", () => {
    const left = leaving();
    try {
      if (left) sessionStorage.setItem(name, JSON.stringify(left));
      else sessionStorage.removeItem(name);
      // Ours alone for the way back: the browser's own would come later and undo it.
      history.scrollRestoration = left ? "manual" : "auto";
    } catch {
      history.scrollRestoration = "auto";
    }
  });
  const auto = (): unknown => setTimeout(() => (history.scrollRestoration = "auto"));
  addEventListener("load", auto); // within the page, as for a jump to a headline and back, the browser's is right
  addEventListener("pageshow", (event) => event.persisted && auto());
}
