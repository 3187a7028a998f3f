// Keeps a page up to date: by stream, by polling where there is none, by fetching the page again where no gap can be
// proved closed. Our own, because the browser's EventSource stops for good on one 503, and six of its streams on
// HTTP/1.1 block the seventh tab. Applies each frame once and in order: it never applies s + 1 before s.

import type { Page } from "./page";
import { type Frame, type Head, type Hello, type Part, type Place, placeOf, strange } from "./wire";

// When a server dies, all of its readers begin to count at the same moment: five seconds let a fifth of them a second in.
const FIRST_BACKOFF_MS = 5_000;
const LONGEST_BACKOFF_MS = 30_000;
const HIDDEN_POLL_MS = 60_000;
const QUIET_POLL_MS = 300_000; // a closed blog: for a correction, or a reopening
const SILENCE_MS = 60_000; // a stream says nothing while nothing happens, and nothing when it is dead
const FAR = 500; // events; further back, the page itself is the shorter way

export type Connection = "live" | "reconnecting" | "paused";

export class Supervisor {
  private parts = new Map<string, number>();
  private held: Frame[] = [];
  /** The newest seq that is known to exist. */
  private goal = 0;
  private busy = false;
  private afresh = false;
  /** The seq of the page as it was fetched: its parts are at least that new. */
  private fetchedAt = this.place.seq;
  private paused = false;
  private connection: Connection = "live";
  /** Streams that failed since the last hello, and fetches since the last answer. */
  private failures = 0;
  private misses = 0;
  private resets = 0;
  private pollS = 10;
  private heardAt = 0;
  private streaming = false;
  private source: EventSource | null = null;
  private retry = 0;
  private poller = 0;
  private letGo: (() => void) | null = null;
  private queue: AbortController | null = null;
  private channel: BroadcastChannel | null = null;

  constructor(
    private base: string,
    private place: Place,
    private page: Page,
    private tell: (connection: Connection) => void,
  ) {
    if (typeof BroadcastChannel === "function" && navigator.locks) {
      this.channel = new BroadcastChannel("asithappened:" + base);
      this.channel.onmessage = ({ data: [type, data] }) => this.fromTab(type, data);
    }
    document.addEventListener("visibilitychange", () => this.arrange());
    addEventListener("online", () => {
      if (this.retry) this.connect();
      this.arrange();
    });
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (event) => event.persisted && this.arrange());
    this.arrange();
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.arrange();
    this.say(this.connection);
  }

  private say(connection: Connection): void {
    this.connection = connection;
    this.tell(this.paused ? "paused" : connection);
  }

  /** Starts and stops what has to run now: stream or polls, by visibility, pause and the blog's status. */
  private arrange(): void {
    clearTimeout(this.poller);
    this.say(this.connection); // a blog that closed or reopened looks different
    if (this.paused) return this.leave();
    if (!this.wantsStream()) this.leave();
    else if (!this.source && !this.queue && !this.retry) this.join();
    // What was missed while hidden, asleep or paused: a stream's hello tells; a live blog's other pages ask soon.
    const soon = !document.hidden && !this.page.isMain() && this.page.state() === "live";
    this.pollIn(soon ? 500 + 1000 * Math.random() : this.pollMs());
  }

  /** A closed blog opens no stream, but one that is open stays until the server ends it: what came with the closing,
      and a reopening soon after, still arrive. */
  private wantsStream(): boolean {
    const worthIt = this.page.state() === "live" || this.source !== null;
    return !document.hidden && !this.paused && worthIt && this.page.isMain();
  }

  private pollMs(): number {
    if (this.page.state() !== "live") return QUIET_POLL_MS;
    if (document.hidden || !this.page.isMain()) return HIDDEN_POLL_MS;
    return this.streaming ? SILENCE_MS : this.pollS * 1000 * (0.8 + Math.random() * 0.4);
  }

  private pollIn(ms: number): void {
    clearTimeout(this.poller);
    const mine = (this.poller = setTimeout(async () => {
      const before = this.place.seq;
      const behind = this.afresh || this.place.seq < this.goal;
      if (!this.streaming || behind || Date.now() - this.heardAt >= SILENCE_MS) {
        await this.catchUp();
        // It had something to say and did not: a dead stream.
        if (this.streaming && !behind && this.place.seq > before && this.source) this.dropped();
      }
      // Unless somebody wants it sooner by now: the reader came back online while this was under way.
      if (!this.paused && this.poller === mine) this.pollIn(this.pollMs());
    }, ms));
  }

  // --- one stream a browser

  private join(): void {
    if (!this.channel) return this.connect();
    const queue = (this.queue = new AbortController());
    this.channel.postMessage(["ask"]);
    navigator.locks
      .request("asithappened:" + this.base, { signal: queue.signal }, () => {
        if (queue.signal.aborted) return;
        this.connect();
        return new Promise<void>((resolve) => (this.letGo = resolve));
      })
      .catch(() => {}); // aborted: this tab was hidden or paused while it waited for its turn
  }

  private fromTab(type: string, data: string): void {
    if (type === "ask") {
      const hello = { epoch: this.place.epoch, head: this.place.seq, r: this.place.r };
      if (this.source && this.streaming) this.channel!.postMessage(["hello", JSON.stringify(hello)]);
    } else if (this.wantsStream() && !this.source) {
      if (type === "down") {
        this.streaming = false;
        this.pollIn(2_000 * Math.random());
      } else this.heard(type, data);
    }
  }

  private leave(): void {
    clearTimeout(this.retry);
    this.retry = 0;
    this.source?.close();
    if (this.source) this.channel?.postMessage(["down"]);
    this.source = null;
    this.streaming = false;
    this.letGo?.();
    this.queue?.abort();
    this.letGo = this.queue = null;
  }

  // --- the stream

  private connect(): void {
    clearTimeout(this.retry);
    this.retry = 0;
    const source = (this.source = new EventSource(this.base + "stream"));
    for (const type of ["hello", "message", "part", "reset"]) {
      source.addEventListener(type, (event) => {
        const data = (event as MessageEvent<string>).data;
        this.channel?.postMessage([type, data]);
        this.heard(type, data);
      });
    }
    source.onerror = () => this.source === source && this.dropped();
  }

  private dropped(): void {
    this.source!.close();
    this.source = null;
    this.streaming = false;
    this.channel?.postMessage(["down"]);
    if (!this.wantsStream()) return this.arrange();
    this.failures++;
    this.retry = setTimeout(() => this.connect(), backoff(this.failures));
    this.pollIn(200 + 2_000 * Math.random());
  }

  private heard(type: string, data: string): void {
    this.heardAt = Date.now();
    this.streaming = true;
    const message = JSON.parse(data);
    if (type === "hello" || type === "reset") {
      this.failures = 0;
      this.pollIn(this.pollMs());
      const hello = message as Hello;
      if (type === "reset" || strange(this.place, hello)) {
        this.held = [];
        void this.catchUp(true);
      } else {
        this.goal = Math.max(this.goal, hello.head);
        if (this.goal > this.place.seq) void this.catchUp();
        else this.say("live");
      }
    } else if (type === "part") this.part(message as Part);
    else this.frame(message as Frame);
  }

  // --- the log

  private frame(frame: Frame): void {
    if (frame.s <= this.place.seq) return;
    if (this.busy || frame.s > this.place.seq + 1) {
      this.held.push(frame);
      this.goal = Math.max(this.goal, frame.s);
      void this.catchUp();
    } else {
      this.page.apply(frame);
      this.place.seq = frame.s;
    }
  }

  private part(part: Part): void {
    if (part.s <= (this.parts.get(part.n) ?? this.fetchedAt)) return;
    this.parts.set(part.n, part.s);
    const state = this.page.state();
    this.page.part(part);
    if (part.n === "status" && this.page.state() !== state) setTimeout(() => this.arrange(), 0);
  }

  /** Closes the gap to the goal from head.json and segments, or by the page itself. One at a time. */
  private async catchUp(afresh = false): Promise<void> {
    if (this.busy) {
      this.afresh ||= afresh;
      return;
    }
    this.busy = true;
    let head: Head | null = null;
    try {
      for (let turn = 0; ; turn++) {
        if (afresh || this.afresh) await this.fetchPage(head);
        afresh = this.afresh = false;
        head = await this.json<Head>("log/head.json");
        this.pollS = head.poll || this.pollS;
        // A page of fixed posts needs none of what happened elsewhere: one request instead of ten.
        const far = this.page.isMain() ? head.head - FAR : head.segments.length * head.segment;
        if (strange(this.place, head) || this.place.seq < far) afresh = true;
        else {
          await this.take(head);
          this.drain();
          if (this.place.seq >= this.goal) break;
          // An edge may hold a head.json of a moment ago. It will not for long; then something is wrong with us.
          if (turn > 4) afresh = true;
          await sleep(500 + Math.random() * 1000);
        }
        if (this.paused) break;
      }
      this.resets = this.misses = 0;
      this.say("live");
    } catch (error) {
      if ((error as { status?: number }).status === 410) location.reload(); // taken down: its page says so
      this.say("reconnecting");
      this.afresh ||= afresh;
      if (this.streaming) this.pollIn(500 + backoff(this.misses++));
    } finally {
      this.busy = false;
      this.drain();
    }
  }

  private async take(head: Head): Promise<void> {
    const frames: Frame[] = [];
    for (let n = Math.floor(this.place.seq / head.segment); n < head.segments.length; n++) {
      const path = `log/${head.epoch}/${n}-${head.segments[n]}.json`;
      frames.push(...(await this.json<{ frames: Frame[] }>(path)).frames);
    }
    for (const frame of [...frames, ...head.frames]) {
      if (frame.s === this.place.seq + 1) {
        this.page.apply(frame);
        this.place.seq = frame.s;
      }
    }
    head.parts.forEach((part) => this.part(part));
  }

  /** Applies what came live while the gap was being closed. */
  private drain(): void {
    this.held.sort((a, b) => a.s - b.s);
    while (this.held.length && this.held[0]!.s <= this.place.seq + 1) {
      const frame = this.held.shift()!;
      if (frame.s > this.place.seq) {
        this.page.apply(frame);
        this.place.seq = frame.s;
      }
    }
  }

  /** Makes the page what a fresh copy says; `before`: what was known of the log before it was asked for. */
  private async fetchPage(before: Head | null): Promise<void> {
    // Everybody is told to reset at once, and must not come at once.
    await sleep(Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.resets++));
    const doc = await this.document(location.pathname);
    const place = placeOf(doc);
    if (!place) throw new Error("a page without its place");
    const same = place.epoch === this.place.epoch && place.r === this.place.r;
    if (this.page.isMain() && same && place.seq < this.place.seq) return; // from a cache: what is shown is newer
    await this.page.reconcile(doc, (path) => this.document(path));
    this.place = place;
    this.fetchedAt = place.seq;
    // A permalink's seq is that of its post; the copy was made after `before` all the same.
    if (before && !this.page.isMain() && !strange(place, before)) place.seq = Math.max(place.seq, before.head);
    this.goal = 0;
    this.parts.clear();
  }

  private async json<T>(path: string): Promise<T> {
    return (await answer(this.base + path)).json() as Promise<T>;
  }

  private async document(path: string): Promise<Document> {
    const response = await answer(path);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }
}

async function answer(url: string): Promise<Response> {
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw Object.assign(new Error(url), { status: response.status });
  return response;
}

/** Full jitter: a herd that lost its server does not return as one. */
function backoff(failures: number): number {
  return Math.random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** failures);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
