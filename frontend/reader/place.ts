// Where a page stands in the log. No DOM but the attribute that says so, no network.

import type { Hello } from "./wire";

/** A page's place in the log: which epoch and rendering (r) of the blog, and the newest event that it shows. */
export interface Place {
  epoch: string;
  seq: number;
  r: number;
}

/** Where a log stands, as far as a page has to know. */
export type Standing = Pick<Hello, "epoch" | "head" | "r">;

/** Reads `data-state`, "EPOCH SEQ GENERATION RENDER"; null on a page that no delivery composed. */
export function placeOf(doc: Document): Place | null {
  const [epoch, seq, , r] = (doc.documentElement.dataset.state || "").split(" ");
  return epoch && r && /^\d+$/.test(seq!) ? { epoch, seq: +seq!, r: +r } : null;
}

/** Says whether this is another epoch or rendering of the blog: no frame leads from one to the other. */
export function differs(place: Place, other: Standing): boolean {
  return place.epoch !== other.epoch || place.r !== other.r;
}
