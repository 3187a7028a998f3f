// The attributes that this script adds to the server's elements: a live element without these equals a fresh one. Tests
// read this list.
export const CLIENT_ONLY: readonly string[] = [
  "data-fresh", "data-done", "open", "tabindex", "aria-posinset", "aria-setsize", "aria-current", "data-from",
];
// It also adds `src` beside `data-src` (and so on) to uncovered pictures, which each edit would remove, and `.yours`, the
// reader's own time, to times; fresh elements get it before they are compared.
/** The class of elements that this script adds: what a reader opened within a post. */
export const SHOWN = "shown";
