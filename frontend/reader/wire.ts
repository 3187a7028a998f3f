// The messages from the server. Printed from src/asithappened/published/wire.py: change it there.

/** The state of the log when a stream begins. As `reset`: fetch the page again and start from it. */
export interface Hello {
  /** The log. In another log the same number is another event. */
  epoch: string;
  /** The newest event. Fetch those up to it; the stream brings those after it. */
  head: number;
  /** Rises when something was taken back. Never show what was stored under a lower one. */
  g: number;
  /** The rendering. HTML of two renderings must not be mixed. */
  r: number;
}

/** One event, and what it changes on the page. Without operations it only counts; if taken back, it has only `s`. */
export interface Frame {
  /** The event's number. Numbers have no gaps: the next is one more. */
  s: number;
  /** When it was appended: UTC, milliseconds. */
  t?: string;
  /** Its kind (docs/log.md). */
  k?: string;
  /** The changes, to apply in this order. */
  ops?: Op[];
}

/** A post is new or has changed: insert it, or replace the element with its id. Posts are ordered by `data-o`, two numbers, newest first. The post's slot is replaced too; its annotations follow in the same frame. */
export interface Put {
  op: "put";
  /** The post. Its element is `#p-ID`. */
  post: string;
  /** The post: one element with an empty slot (`.annotations`). */
  html: string;
}

/** A post was taken back: remove it. Nothing of it may be shown. */
export interface Drop {
  op: "drop";
  /** The post. Its element is `#p-ID`. */
  post: string;
}

/** An annotation, by which a later event says something of a post: put it into the post's slot, below the body. A slot has one annotation of each `by`. Without `html`, remove it from this post; without `post` too, from every post. A page without the post skips it. */
export interface Annotate {
  op: "annotate";
  /** The annotation's subject. It replaces the annotation with the same `data-by`. */
  by: string;
  /** The post. Its element is `#p-ID`. */
  post?: string;
  /** The annotation, one element. A slot orders them by `data-n`, lowest first. */
  html?: string;
}

/** A change of a frame. Skip one of another name: it is a newer server's. */
export type Op = Put | Drop | Annotate;

/** The present state of a part of the page: it replaces the contents of `[data-part=NAME]`, if it is newer. */
export interface Part {
  /** Its name. A client without this part skips it. */
  n: string;
  /** The event with which it last changed. Skip it unless that is newer than what is shown. */
  s: number;
  /** Its HTML; empty if there is nothing to show. */
  h: string;
}

/** The newest events, all parts, and the addresses of the segments with the other events. */
export interface Head {
  /** The log. In another log the same number is another event. */
  epoch: string;
  /** The newest event. */
  head: number;
  /** Rises when something was taken back. Never show what was stored under a lower one. */
  g: number;
  /** The rendering. HTML of two renderings must not be mixed. */
  r: number;
  /** `live`: follow it by a stream; `closed`: by polls; `gone`: no more. */
  status: "live" | "closed" | "gone";
  /** Seconds until a client without a stream asks again. */
  poll: number;
  /** Events in a segment: segment N has those from N × this + 1 to (N + 1) × this. */
  segment: number;
  /** The generation of each full segment, by its number N, for its address `log/EPOCH/N-GENERATION.json`. */
  segments: number[];
  /** The events after the last full segment, in order. */
  frames: Frame[];
  /** Every part of the page. */
  parts: Part[];
}

/** A fixed number of events of the log. */
export interface Segment {
  /** The log. In another log the same number is another event. */
  epoch: string;
  /** Its number, 0 the oldest. */
  n: number;
  /** Rises when something was taken back. Never show what was stored under a lower one. */
  g: number;
  /** Its events, in order. */
  frames: Frame[];
}
