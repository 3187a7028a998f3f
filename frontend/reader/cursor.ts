// A page's cursor in the log. Reads one attribute of the document, and uses no network.

import type { Hello } from "./wire";

/** Which epoch and rendering (r) of the blog a page shows, and up to which event. */
export interface Cursor {
  epoch: string;
  seq: number;
  r: number;
}

/** The part of a `hello` that a page needs: which log, which rendering, and its newest event. */
export type LogState = Pick<Hello, "epoch" | "head" | "r">;

/** Reads `data-state`, "EPOCH SEQ GENERATION RENDER"; null if delivery did not compose the page. */
export function cursorOf(doc: Document): Cursor | null {
  const [epoch, seq, , r] = (doc.documentElement.dataset.state || "").split(" ");
  return epoch && r && /^\d+$/.test(seq!) ? { epoch, seq: +seq!, r: +r } : null;
}

/** Whether the epoch or the rendering differs: no frame leads from one to the other. */
export function differs(cursor: Cursor, other: LogState): boolean {
  return cursor.epoch !== other.epoch || cursor.r !== other.r;
}
