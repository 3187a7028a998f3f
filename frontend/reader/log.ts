// The page's place in the log: applies each frame once and in order, never s + 1 before s, and closes gaps from
// head.json and segments, or by fetching the page again where no gap can be proved closed. Decides no time of asking.

import type { Line } from "./line";
import { type Frame, type Head, type Hello, type Part, type Place, placeOf, strange } from "./wire";

// When a server dies, all of its readers begin to count at the same moment: five seconds let a fifth of them a second in.
const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 30_000;
const FAR = 500; // events; further back, the page itself is the shorter way

/** What shows the log: the reader's page, or another that follows the same blog. */
export interface View {
  /** Where a fresh copy of it is, which names its place (`data-state`). */
  path: string;
  /** Whether it takes new posts; a page of fixed ones needs no more than what concerns them. */
  isMain(): boolean;
  /** "live", "closed" or "gone". */
  state(): string;
  apply(frame: Frame): void;
  part(part: Part): void;
  /** Makes it what a fresh copy says. `more` fetches others from the same server. */
  reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void>;
  /** The blog was taken down. */
  gone(): void;
}

export class Log {
  /** What head.json asks of those who poll. */
  pollS = 10;
  private parts = new Map<string, number>();
  private held: Frame[] = [];
  /** The newest seq that is known to exist. */
  private goal = 0;
  /** Whether only a fresh copy of the page will do; frames are held until it is there. */
  private stale = false;
  private resets = 0;
  /** From when that copy may be asked for, as `performance.now` has it; 0 until it is known that one is needed. */
  private turnAt = 0;
  /** What was last known of the log. */
  private known: Head | null = null;
  /** The seq of the page as it was fetched: its parts are at least that new. */
  private fetchedAt = this.place.seq;

  constructor(
    private place: Place,
    private page: View,
    private line: Line,
    private statusChanged: () => void,
  ) {}

  /** Whether something is known to be missing. */
  get behind(): boolean {
    return this.stale || this.place.seq < this.goal;
  }

  /** What another tab is told of where this one stands. */
  get hello(): Hello {
    return { epoch: this.place.epoch, head: this.place.seq, r: this.place.r };
  }

  /** Takes a stream's first words, or its `reset`. */
  greeted(hello: Hello, reset: boolean): void {
    if (reset || strange(this.place, hello)) {
      this.held = [];
      this.stale = true;
    } else this.goal = Math.max(this.goal, hello.head);
  }

  frame(frame: Frame): void {
    if (frame.s <= this.place.seq) return;
    if (this.stale || frame.s > this.place.seq + 1) {
      this.held.push(frame);
      this.goal = Math.max(this.goal, frame.s);
    } else this.apply(frame);
  }

  part(part: Part): void {
    if (part.s <= (this.parts.get(part.n) ?? this.fetchedAt)) return;
    this.parts.set(part.n, part.s);
    const state = this.page.state();
    this.page.part(part);
    if (part.n === "status" && this.page.state() !== state) setTimeout(this.statusChanged);
  }

  /** Closes the gap to the goal. Rejects where that cannot be done now, or when `life` ends. */
  async close(life: AbortSignal, late: () => void): Promise<void> {
    for (let turn = 0; ; turn++) {
      if (this.stale) await this.fetchPage(life, late);
      const head = await this.line.json<Head>("log/head.json", life, late);
      this.known = head;
      this.pollS = head.poll || this.pollS;
      // A page of fixed posts needs none of what happened elsewhere: one request instead of ten.
      const far = this.page.isMain() ? head.head - FAR : head.segments.length * head.segment;
      if (strange(this.place, head) || this.place.seq < far) this.stale = true;
      else {
        await this.take(head, life, late);
        this.drain();
        if (this.place.seq >= this.goal) break;
        // An edge may hold a head.json of a moment ago. It will not for long; then something is wrong with us.
        if (turn > 4) this.stale = true;
        await sleep(500 + Math.random() * 1000, life);
      }
    }
    this.resets = 0;
  }

  private apply(frame: Frame): void {
    this.page.apply(frame);
    this.place.seq = frame.s;
  }

  private async take(head: Head, life: AbortSignal, late: () => void): Promise<void> {
    const frames: Frame[] = [];
    for (let n = Math.floor(this.place.seq / head.segment); n < head.segments.length; n++) {
      const path = `log/${head.epoch}/${n}-${head.segments[n]}.json`;
      frames.push(...(await this.line.json<{ frames: Frame[] }>(path, life, late)).frames);
    }
    for (const frame of [...frames, ...head.frames]) if (frame.s === this.place.seq + 1) this.apply(frame);
    head.parts.forEach((part) => this.part(part));
  }

  /** Applies what came live while the gap was being closed. */
  private drain(): void {
    this.held.sort((a, b) => a.s - b.s);
    while (this.held.length && this.held[0]!.s <= this.place.seq + 1) {
      const frame = this.held.shift()!;
      if (frame.s > this.place.seq) this.apply(frame);
    }
  }

  /** Makes the page what a fresh copy says. */
  private async fetchPage(life: AbortSignal, late: () => void): Promise<void> {
    // Everybody is told to reset at once, and must not come at once. A reader who comes back meanwhile has waited already.
    this.turnAt ||= performance.now() + backoff(this.resets);
    await sleep(this.turnAt - performance.now(), life);
    try {
      await this.reconcile(life, late);
      this.stale = false;
    } finally {
      if (!life.aborted) {
        this.resets++;
        this.turnAt = 0;
      }
    }
  }

  private async reconcile(life: AbortSignal, late: () => void): Promise<void> {
    const before = this.known;
    const fetched = async (path: string): Promise<Document> =>
      new DOMParser().parseFromString(await this.line.text(path, life, late), "text/html");
    const doc = await fetched(this.page.path);
    const place = placeOf(doc);
    if (!place) throw new Error("a page without its place");
    const same = place.epoch === this.place.epoch && place.r === this.place.r;
    if (this.page.isMain() && same && place.seq < this.place.seq) return; // from a cache: what is shown is newer
    await this.page.reconcile(doc, fetched);
    this.place = place;
    this.fetchedAt = place.seq;
    // A permalink's seq is that of its post; the copy was made after `before` all the same.
    if (before && !this.page.isMain() && !strange(place, before)) place.seq = Math.max(place.seq, before.head);
    this.goal = 0;
    this.parts.clear();
  }
}

/** Full jitter: a herd that lost its server does not return as one. */
export function backoff(failures: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
}

async function sleep(ms: number, life: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (life.aborted) throw new Error("begun afresh");
}
