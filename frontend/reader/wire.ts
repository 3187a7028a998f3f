// What comes over the wire (delivery's contract), and where a page stands in the log. No DOM, no network.

export interface Op {
  op: string;
  post: string;
  html?: string;
}
export interface Frame {
  s: number;
  ops?: Op[];
}
export interface Part {
  n: string;
  s: number;
  h: string;
}
export interface Hello {
  epoch: string;
  head: number;
  r: number | string;
}
export interface Head extends Hello {
  status: string;
  poll: number;
  segment: number;
  segments: number[];
  frames: Frame[];
  parts: Part[];
}

/** A page's place in the log: of which life (epoch) and rendering (r) of the blog it shows which event last. */
export interface Place {
  epoch: string;
  seq: number;
  r: string;
}

/** Reads `data-state`, "EPOCH SEQ GENERATION RENDER"; null on a page that no delivery composed. */
export function placeOf(doc: Document): Place | null {
  const [epoch, seq, , r] = (doc.documentElement.dataset.state || "").split(" ");
  return epoch && r && /^\d+$/.test(seq!) ? { epoch, seq: +seq!, r } : null;
}

/** Says whether this is another life or rendering of the blog, for which no frame can bridge the gap. */
export function strange(place: Place, other: Hello): boolean {
  return place.epoch !== other.epoch || place.r !== String(other.r);
}
