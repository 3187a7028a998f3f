// What this script adds to nodes that came from the server, and nothing else: a live node without these equals a
// fresh one. Tests read this list.
export const CLIENT_ONLY: readonly string[] = [
  "data-fresh", "data-done", "open", "tabindex", "aria-posinset", "aria-setsize", "aria-current", "data-from",
];
// Besides, `src` where the server wrote `data-src` (and so on): of what was covered, which would vanish at each edit.
// Besides, `.yours`, the reader's own time, within a time: fresh nodes get it before they are compared.
/** The class of an element that is only this script's: what a reader had framed. */
export const SHOWN = "shown";
