// What this device stores of a reader's visits, for "Since you left": up to which event a live blog was shown, when that
// was, and which posts were on the screen. No text of any post, and none of it is ever sent. Owns the storage.

const NAME = "asithappened:left:";
const OFF = "asithappened:forget";
const KEPT_MS = 30 * 86_400_000;
const MOST_SEEN = 300;

export interface Visit {
  epoch: string;
  /** The newest event that was shown. */
  seq: number;
  /** When, by this device's clock. */
  at: number;
  /** The posts that were on the screen, by id, each with the number of its corrections then. */
  seen: Record<string, number>;
}

/** Returns the last visit to a blog, and deletes visits to any blog that are too old. */
export function lastVisit(base: string): Visit | null {
  let last: Visit | null = null;
  try {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(NAME)) continue;
      const visit = JSON.parse(localStorage[name]) as Visit;
      if (Math.abs(Date.now() - visit.at) > KEPT_MS) delete localStorage[name];
      else if (name === NAME + base) last = visit;
    }
  } catch {
    // the browser gives this page no storage
  }
  return last;
}

export function remember(base: string, visit: Visit): void {
  visit.seen = Object.fromEntries(Object.entries(visit.seen).slice(-MOST_SEEN));
  try {
    if (!localStorage[OFF]) localStorage[NAME + base] = JSON.stringify(visit);
  } catch {
    // the browser gives this page no storage, or it is full
  }
}

/** Whether visits are stored. With `wanted`, sets that; false also deletes every stored visit. */
export function remembers(wanted?: boolean): boolean {
  try {
    if (wanted) delete localStorage[OFF];
    else if (wanted === false) {
      for (const name of Object.keys(localStorage)) if (name.startsWith(NAME)) delete localStorage[name];
      localStorage[OFF] = "1";
    }
    return !localStorage[OFF];
  } catch {
    return false;
  }
}
