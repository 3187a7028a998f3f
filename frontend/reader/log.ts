// Follows the log: applies each frame once and in order, and catches up from head.json and segments. If they cannot prove
// that no event is missing, it fetches the page again. supervisor.ts decides when to ask.

import { cursorOf, differs, type Cursor, type LogState } from "./cursor";
import type { Transport } from "./transport";
import type { Frame, Head, Part, Segment } from "./wire";
import { yieldToBrowser } from "./yielding";

// When a server dies, all of its readers start their backoff at once: with five seconds a fifth of them return each second.
const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 30_000;
const MOST_BEHIND = 500; // events; for more, fetching the page costs less

/** A page that shows the log: the reader's, or another that follows the same blog. */
export interface View {
  /** The address of a fresh copy, which has its cursor in `data-state`. */
  path: string;
  /** Whether it takes new posts. A page with a fixed set of posts only needs the events about these. */
  isMain(): boolean;
  /** "live", "closed" or "gone". */
  state(): string;
  apply(frame: Frame): void;
  /** Returns true if only a fresh copy of the page has what the part is about. */
  part(part: Part): boolean | void;
  /** Counts a frame that is shown only after a pause; null: the pause is over. */
  countPaused?(frame: Frame | null): void;
  /** Everything that is known of the log is shown. */
  caughtUp?(): void;
  /** Makes the page equal to a fresh copy. `more` fetches further pages from the same server. */
  reconcile(fresh: Document, more: (path: string) => Promise<Document>): Promise<void>;
  /** The blog was taken down. */
  gone(): void;
}

export class Log {
  /** How often to poll, from head.json. */
  pollS = 10;
  /** The seq of each part, by name. */
  private parts = new Map<string, number>();
  /** Frames that arrived after a gap. */
  private pending: Frame[] = [];
  /** The newest event that arrived without a gap: it is shown, or queued. */
  private received = this.cursor.seq;
  /** Changes to show, in order. */
  private queued: (() => void)[] = [];
  private showing = false;
  private paused = false;
  /** The newest seq that is known to exist. */
  private target = 0;
  /** Whether the page has to be fetched again; frames wait in `pending` until then. */
  private stale = false;
  /** Fetches of the page since the last time it was caught up. */
  private refetches = 0;
  /** When the page may be fetched, by `performance.now`; 0 if that is not planned. */
  private mayFetchAt = 0;
  private lastHead: Head | null = null;
  /** The seq of the page when it was fetched; its parts are at least as new. */
  private fetchedSeq = this.cursor.seq;

  constructor(
    private cursor: Cursor,
    private page: View,
    private transport: Transport,
    private statusChanged: () => void,
  ) {}

  /** Whether events are known to be missing. */
  get behind(): boolean {
    return this.stale || this.received < this.target;
  }

  /** This tab's state as a `hello`, for other tabs. */
  get hello(): LogState {
    return { epoch: this.cursor.epoch, head: this.received, r: this.cursor.r };
  }

  onHello(hello: LogState, reset: boolean): void {
    if (reset || differs(this.cursor, hello)) {
      this.pending = [];
      this.queued = [];
      this.stale = true;
    } else this.target = Math.max(this.target, hello.head);
  }

  onFrame(frame: Frame): void {
    if (frame.s <= this.received) return;
    if (this.stale || frame.s > this.received + 1) {
      if (!this.paused) this.pending.push(frame);
      this.target = Math.max(this.target, frame.s);
    } else this.apply(frame);
  }

  onPart(part: Part): void {
    if (part.s <= (this.parts.get(part.n) ?? this.fetchedSeq)) return;
    this.parts.set(part.n, part.s);
    this.enqueue(() => {
      const state = this.page.state();
      if (this.page.part(part)) this.stale = true;
      if (part.n === "status" && this.page.state() !== state) setTimeout(this.statusChanged);
    });
  }

  /** Pauses, so that nothing changes except a count of what is new; or shows all of it and resumes. */
  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    if (!paused) this.page.countPaused?.(null);
    await this.showQueued();
  }

  /** Fetches the events up to the target. Rejects if a request fails, or when `signal` is aborted. */
  async catchUp(signal: AbortSignal, late: () => void): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      if (this.stale && this.paused) return; // when updates resume
      if (this.stale) await this.fetchPage(signal, late);
      const head = await this.transport.json<Head>("log/head.json", signal, late);
      this.lastHead = head;
      this.pollS = head.poll || this.pollS;
      // A page with a fixed set of posts needs only the events about these: one request for the page instead of ten.
      const least = this.page.isMain() ? head.head - MOST_BEHIND : head.segments.length * head.segment;
      if (differs(this.cursor, head) || this.received < least) this.stale = true;
      else {
        await this.fetchSegments(head, signal, late);
        this.applyPending();
        if (this.received >= this.target && !this.stale) break;
        // A CDN may serve a head.json that is a moment old. If that lasts, this page is wrong and must be fetched again.
        if (attempt > 4) this.stale = true;
        await sleep(500 + Math.random() * 1000, signal);
      }
    }
    this.refetches = 0;
  }

  private apply(frame: Frame): void {
    this.received = frame.s;
    if (this.paused) {
      this.page.countPaused?.(frame);
      if (this.queued.length > MOST_BEHIND) {
        this.queued = []; // for more, fetching the page costs less
        this.stale = true;
      }
    }
    this.enqueue(() => {
      this.cursor.seq = frame.s;
      this.page.apply(frame);
    });
  }

  private enqueue(change: () => void): void {
    if (!this.paused || !this.stale) this.queued.push(change);
    void this.showQueued();
  }

  /** Applies the queued changes to the page. A burst is spread over several frames, so that the page still answers. */
  async showQueued(): Promise<void> {
    if (this.showing) return;
    this.showing = true;
    while (this.queued.length && !this.paused) {
      try {
        this.queued.shift()!();
      } catch (error) {
        setTimeout(() => { throw error; }); // our own bug: it goes to the console, and the next change is shown
      }
      if (this.queued.length) await yieldToBrowser();
    }
    this.showing = false;
    if (!this.queued.length && !this.behind) this.page.caughtUp?.();
  }

  private async fetchSegments(head: Head, signal: AbortSignal, late: () => void): Promise<void> {
    const frames: Frame[] = [];
    for (let n = Math.floor(this.received / head.segment); n < head.segments.length; n++) {
      const path = `log/${head.epoch}/${n}-${head.segments[n]}.json`;
      frames.push(...(await this.transport.json<Segment>(path, signal, late)).frames);
    }
    for (const frame of [...frames, ...head.frames]) if (frame.s === this.received + 1) this.apply(frame);
    head.parts.forEach((part) => this.onPart(part));
  }

  /** Applies the frames that the stream brought during catch-up. */
  private applyPending(): void {
    this.pending.sort((a, b) => a.s - b.s);
    while (this.pending.length && this.pending[0]!.s <= this.received + 1) {
      const frame = this.pending.shift()!;
      if (frame.s > this.received) this.apply(frame);
    }
  }

  private async fetchPage(signal: AbortSignal, late: () => void): Promise<void> {
    // All readers get a reset at once, so each waits a random time. Time in an aborted session counts as waited.
    this.mayFetchAt ||= performance.now() + backoff(this.refetches);
    await sleep(this.mayFetchAt - performance.now(), signal);
    try {
      await this.reconcile(signal, late);
      this.stale = false;
    } finally {
      if (!signal.aborted) {
        this.refetches++;
        this.mayFetchAt = 0;
      }
    }
  }

  private async reconcile(signal: AbortSignal, late: () => void): Promise<void> {
    const before = this.lastHead;
    const fetchDocument = async (path: string): Promise<Document> =>
      new DOMParser().parseFromString(await this.transport.text(path, signal, late), "text/html");
    const doc = await fetchDocument(this.page.path);
    const cursor = cursorOf(doc);
    if (!cursor) throw new Error("a page without a cursor");
    const same = cursor.epoch === this.cursor.epoch && cursor.r === this.cursor.r;
    if (this.page.isMain() && same && cursor.seq < this.received) return; // from a cache, and older than this page
    this.queued = []; // the copy contains these changes
    await this.page.reconcile(doc, fetchDocument);
    this.fetchedSeq = cursor.seq;
    // The seq of a permalink is its post's, but the copy was made after `before`, so it is at least as new.
    if (before && !this.page.isMain() && !differs(cursor, before)) cursor.seq = Math.max(cursor.seq, before.head);
    Object.assign(this.cursor, cursor);
    this.received = cursor.seq;
    this.target = 0;
    this.parts.clear();
  }
}

/** Full jitter, so that a herd that lost its server does not return all at once. */
export function backoff(failures: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  if (signal.aborted) throw new Error("aborted");
}
