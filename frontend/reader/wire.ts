// What comes over the wire. Printed from src/asithappened/published/wire.py: change it there.

/** Where the log stands as a stream begins; as `reset`, where everything begins again. */
export interface Hello {
  /** Which log. Numbers of another log mean other events. */
  epoch: string;
  /** The newest event. Those up to it are fetched, those after it come. */
  head: number;
  /** Rises when something was taken back: nothing that was kept before is to be shown. */
  g: number;
  /** Which rendering. HTML of another one does not fit to this one's. */
  r: number;
}

/** What one event does to posts. One without operations only counts; one that was taken back has only its `s`. */
export interface Frame {
  /** The event's number. There is no gap: the next is one more. */
  s: number;
  /** When it was appended: UTC, milliseconds. */
  t?: string;
  /** Its kind (docs/log.md). */
  k?: string;
  /** What it does, in this order. */
  ops?: Op[];
}

/** A post is there, or is another now: insert it, or replace the element of its id. Its place is by `data-o`, two numbers, newest first. It replaces the post's slot too: what is said in it follows. */
export interface Put {
  op: "put";
  /** The post. Its element is `#p-ID`. */
  post: string;
  /** The post, one element whose slot (`.annotations`) is empty. */
  html: string;
}

/** A post is not there any more, and nothing of it may be shown. */
export interface Drop {
  op: "drop";
  /** The post. Its element is `#p-ID`. */
  post: string;
}

/** What something that happened later says in the slot of a post, below its words: an annotation. Each that says something has one there. Without `html` it says nothing there any more; without `post` neither, on any post. A page that has not got the post has nothing to do. */
export interface Annotate {
  op: "annotate";
  /** What says it: the annotation that this one replaces has the same `data-by`. */
  by: string;
  /** The post. Its element is `#p-ID`. */
  post?: string;
  /** The annotation, one element. Its place is by `data-n`, a number, lowest first. */
  html?: string;
}

/** What a frame does. One of another name is somebody newer's, and skipped. */
export type Op = Put | Drop | Annotate;

/** A piece of the page as it stands now: it replaces what is inside of `[data-part=NAME]`, if it is newer. */
export interface Part {
  /** Its name. A client that has no place for it skips it. */
  n: string;
  /** The event that it last changed with: one that is not newer than what is shown changes nothing. */
  s: number;
  /** Its HTML; empty where there is nothing to show. */
  h: string;
}

/** The newest events, all parts, and where the others are. */
export interface Head {
  /** Which log. Numbers of another log mean other events. */
  epoch: string;
  /** The newest event. */
  head: number;
  /** Rises when something was taken back: nothing that was kept before is to be shown. */
  g: number;
  /** Which rendering. HTML of another one does not fit to this one's. */
  r: number;
  /** Whether it is followed by a stream, by polls, or no more. */
  status: "live" | "closed" | "gone";
  /** Seconds until a client without a stream asks again. */
  poll: number;
  /** Events of a segment: number N holds those from N × this + 1 to (N + 1) × this. */
  segment: number;
  /** The generation of each segment that is full, N the Nth: it is `log/EPOCH/N-GENERATION.json`. */
  segments: number[];
  /** The events after the last full segment, in order. */
  frames: Frame[];
  /** Every part of the page that lives. */
  parts: Part[];
}

/** Events of the log, as many as a segment has. */
export interface Segment {
  /** Which log. Numbers of another log mean other events. */
  epoch: string;
  /** Its number, 0 the oldest. */
  n: number;
  /** Rises when something was taken back: nothing that was kept before is to be shown. */
  g: number;
  /** Its events, in order. */
  frames: Frame[];
}
