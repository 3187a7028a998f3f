// The page's place in the log: applies each frame once and in order, never s + 1 before s, and closes gaps from
// head.json and segments, or by fetching the page again where it cannot be proved that a gap is closed. supervisor.ts
// decides when to ask.

import { differs, type Place, placeOf, type Standing } from "./place";
import type { Transport } from "./transport";
import { turn } from "./turns";
import type { Frame, Head, Part, Segment } from "./wire";

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
  /** Returns true where only a fresh copy of the page shows what the part is about. */
  part(part: Part): boolean | void;
  /** Counts what a frame will bring once updates go on; null: they do. */
  hold?(frame: Frame | null): void;
  /** What the server has is here, as far as is known. */
  current?(): void;
  /** Makes it what a fresh copy says. `more` fetches others from the same server. */
  reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void>;
  /** The blog was taken down. */
  gone(): void;
}

export class Log {
  /** How often to poll, as head.json says. */
  pollS = 10;
  private parts = new Map<string, number>();
  private pending: Frame[] = [];
  /** The newest event that is here: it is shown, or due. */
  private have = this.place.seq;
  /** What is to be shown, in order: the screen gets its turn in between. */
  private due: (() => void)[] = [];
  private showing = false;
  private paused = false;
  /** The newest seq that is known to exist. */
  private target = 0;
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
    private transport: Transport,
    private statusChanged: () => void,
  ) {}

  /** Whether something is known to be missing. */
  get behind(): boolean {
    return this.stale || this.have < this.target;
  }

  /** Where this tab stands, for other tabs. */
  get hello(): Standing {
    return { epoch: this.place.epoch, head: this.have, r: this.place.r };
  }

  /** Takes a stream's `hello`, or its `reset`. */
  onHello(hello: Standing, reset: boolean): void {
    if (reset || differs(this.place, hello)) {
      this.pending = [];
      this.due = [];
      this.stale = true;
    } else this.target = Math.max(this.target, hello.head);
  }

  frame(frame: Frame): void {
    if (frame.s <= this.have) return;
    if (this.stale || frame.s > this.have + 1) {
      if (!this.paused) this.pending.push(frame);
      this.target = Math.max(this.target, frame.s);
    } else this.apply(frame);
  }

  part(part: Part): void {
    if (part.s <= (this.parts.get(part.n) ?? this.fetchedAt)) return;
    this.parts.set(part.n, part.s);
    this.show(() => {
      const state = this.page.state();
      if (this.page.part(part)) this.stale = true;
      if (part.n === "status" && this.page.state() !== state) setTimeout(this.statusChanged);
    });
  }

  /** Has nothing change any more but a count of what waits, or shows all of it and goes on. */
  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    if (!paused) this.page.hold?.(null);
    await this.run();
  }

  /** Closes the gap to the target. Rejects where that cannot be done now, or when `signal` ends. */
  async close(signal: AbortSignal, late: () => void): Promise<void> {
    for (let turn = 0; ; turn++) {
      if (this.stale && this.paused) return; // afterwards
      if (this.stale) await this.fetchPage(signal, late);
      const head = await this.transport.json<Head>("log/head.json", signal, late);
      this.known = head;
      this.pollS = head.poll || this.pollS;
      // A page of fixed posts needs none of what happened elsewhere: one request instead of ten.
      const far = this.page.isMain() ? head.head - FAR : head.segments.length * head.segment;
      if (differs(this.place, head) || this.have < far) this.stale = true;
      else {
        await this.take(head, signal, late);
        this.drain();
        if (this.have >= this.target && !this.stale) break;
        // An edge may hold a head.json of a moment ago. It will not for long; then something is wrong with us.
        if (turn > 4) this.stale = true;
        await sleep(500 + Math.random() * 1000, signal);
      }
    }
    this.resets = 0;
  }

  private apply(frame: Frame): void {
    this.have = frame.s;
    if (this.paused) {
      this.page.hold?.(frame);
      if (this.due.length > FAR) {
        this.due = []; // no more than that is kept for later: then a copy of the page is the shorter way
        this.stale = true;
      }
    }
    this.show(() => {
      this.place.seq = frame.s;
      this.page.apply(frame);
    });
  }

  private show(change: () => void): void {
    if (!this.paused || !this.stale) this.due.push(change);
    void this.run();
  }

  /** Shows what is due. A burst is spread over frames: a page that does not answer a finger is worse than a late one. */
  async run(): Promise<void> {
    if (this.showing) return;
    this.showing = true;
    while (this.due.length && !this.paused) {
      try {
        this.due.shift()!();
      } catch (error) {
        setTimeout(() => { throw error; }); // a fault of ours: for the console; the next is shown
      }
      if (this.due.length) await turn();
    }
    this.showing = false;
    if (!this.due.length && !this.behind) this.page.current?.();
  }

  private async take(head: Head, signal: AbortSignal, late: () => void): Promise<void> {
    const frames: Frame[] = [];
    for (let n = Math.floor(this.have / head.segment); n < head.segments.length; n++) {
      const path = `log/${head.epoch}/${n}-${head.segments[n]}.json`;
      frames.push(...(await this.transport.json<Segment>(path, signal, late)).frames);
    }
    for (const frame of [...frames, ...head.frames]) if (frame.s === this.have + 1) this.apply(frame);
    head.parts.forEach((part) => this.part(part));
  }

  /** Applies what came live while the gap was being closed. */
  private drain(): void {
    this.pending.sort((a, b) => a.s - b.s);
    while (this.pending.length && this.pending[0]!.s <= this.have + 1) {
      const frame = this.pending.shift()!;
      if (frame.s > this.have) this.apply(frame);
    }
  }

  /** Makes the page what a fresh copy says. */
  private async fetchPage(signal: AbortSignal, late: () => void): Promise<void> {
    // All readers are told to reset at once, and must not come at once. One who comes back meanwhile has waited already.
    this.turnAt ||= performance.now() + backoff(this.resets);
    await sleep(this.turnAt - performance.now(), signal);
    try {
      await this.reconcile(signal, late);
      this.stale = false;
    } finally {
      if (!signal.aborted) {
        this.resets++;
        this.turnAt = 0;
      }
    }
  }

  private async reconcile(signal: AbortSignal, late: () => void): Promise<void> {
    const before = this.known;
    const fetched = async (path: string): Promise<Document> =>
      new DOMParser().parseFromString(await this.transport.text(path, signal, late), "text/html");
    const doc = await fetched(this.page.path);
    const place = placeOf(doc);
    if (!place) throw new Error("a page without its place");
    const same = place.epoch === this.place.epoch && place.r === this.place.r;
    if (this.page.isMain() && same && place.seq < this.have) return; // from a cache: what is shown is newer
    this.due = []; // it is in the copy
    await this.page.reconcile(doc, fetched);
    this.fetchedAt = place.seq;
    // A permalink's seq is that of its post; the copy was made after `before` all the same.
    if (before && !this.page.isMain() && !differs(place, before)) place.seq = Math.max(place.seq, before.head);
    Object.assign(this.place, place);
    this.have = place.seq;
    this.target = 0;
    this.parts.clear();
  }
}

/** Full jitter: a herd that lost its server does not return as one. */
export function backoff(failures: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (signal.aborted) throw new Error("begun afresh");
}
