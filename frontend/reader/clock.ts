// The reader's own time beside the blog's, where the two differ: an attribute that the style sheet shows.

import { words } from "./words";

const hour: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
let theirs: Intl.DateTimeFormat | null = null;
let ours: Intl.DateTimeFormat | null = null;
try {
  const { lang, dataset } = document.documentElement;
  ours = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, hour);
  theirs = new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...hour, timeZone: dataset.zone });
} catch {
  // A language or zone that this browser does not know: the blog's time alone is right.
}

/** Marks every instant below a node with the reader's time. */
export function localise(scope: ParentNode): void {
  if (!ours || !theirs) return;
  for (const time of scope.querySelectorAll<HTMLElement>("time[datetime*=T]")) {
    const at = new Date(time.getAttribute("datetime")!);
    if (+at && ours.format(at) !== theirs.format(at)) time.dataset.local = words.yours.replace("%(time)s", ours.format(at));
  }
}
