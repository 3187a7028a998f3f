// Keeps a page up to date: by stream, or by polling. Owns when to ask, and the connection's state as the page shows it.
// All requests under way belong to one session, which is aborted and begun anew when the reader comes back, is online
// again, or resumes: nothing from before can hold up what comes after.

import { backoff, Log, type View } from "./log";
import type { Place, Standing } from "./place";
import { Tabs } from "./tabs";
import { Silence, SILENCE_MS, Transport } from "./transport";
import type { Frame, Part } from "./wire";

// Servers and what stands before them close a connection that was idle for 60 or 75 s: a poll comes well before.
const ASIDE_POLL_MS = 45_000; // a hidden tab, an older page
const QUIET_POLL_MS = 300_000; // a closed blog: for a correction, or a reopening
/** A page that heard nothing for this long is not live, whatever the timers of a sleeping machine did. */
const STALE_MS = 120_000;

export type Connection = "live" | "reconnecting" | "paused" | "closed";

export class Supervisor {
  private session = new AbortController();
  private transport = new Transport(this.base, this.path);
  private log = new Log(this.place, this.page, this.transport, () => this.arrange());
  private tabs = new Tabs(this.base, (type, data) => this.fromTab(type, data));
  /** This tab's own stream, and whether this or another tab's is heard. */
  private stream: AbortController | null = null;
  private streaming = false;
  private paused = false;
  private stopped = false;
  private lost = false;
  /** The session in which a gap is being closed. */
  private closing: AbortSignal | null = null;
  private heardAt = Date.now();
  /** Streams that failed since the last hello, and attempts at the log since the last answer. */
  private failures = 0;
  private misses = 0;
  private retry = 0;
  private poller = 0;

  constructor(
    private base: string,
    private place: Place,
    private page: View,
    private tell: (connection: Connection) => void,
    private path?: string,
  ) {
    document.addEventListener("visibilitychange", () => (document.hidden && !this.stopped ? this.arrange() : this.begin()));
    addEventListener("online", () => this.begin());
    addEventListener("offline", () => this.missed());
    addEventListener("pageshow", (event) => event.persisted && this.begin());
    addEventListener("pagehide", () => this.end());
    this.arrange();
    // An older page or a permalink may come from a cache that keeps it for a minute; a stream's hello would tell.
    if (!page.isMain()) this.pollIn(500 + 1_000 * Math.random());
  }

  /** Goes on following, while nothing changes but a count of what waits; or shows it. */
  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    this.say();
    await this.log.pause(paused);
    if (!paused) this.begin();
  }

  /** Aborts all that is under way, and asks anew at once. */
  private begin(): void {
    this.end();
    if (this.stopped) return;
    this.session = new AbortController();
    this.transport.useFreshConnections(); // the machine may have slept, or be in another network
    this.failures = this.misses = 0;
    if (Math.abs(Date.now() - this.heardAt) > STALE_MS) this.lost = true; // a clock may be set back, too
    this.arrange();
    this.pollIn(0);
  }

  /** Follows no more, for good. */
  stop(): void {
    this.stopped = true;
    this.end();
  }

  private end(): void {
    clearTimeout(this.poller);
    this.leave();
    this.session.abort();
  }

  private say(): void {
    const closed = this.page.state() !== "live";
    this.tell(this.paused ? "paused" : closed ? "closed" : this.lost ? "reconnecting" : "live");
  }

  private missed(): void {
    this.lost = true;
    this.say();
  }

  /** Starts and stops what has to run now: stream or polls, by visibility, pause and the blog's status. */
  private arrange(): void {
    this.say();
    if (!this.wantsStream()) this.leave();
    else if (!this.tabs.queues) this.tabs.queue(() => this.connect());
    this.pollIn(this.pollMs());
  }

  /** A closed blog opens no stream, but one that is open stays until the server ends it: what came with the closing,
      and a reopening soon after, still arrive. */
  private wantsStream(): boolean {
    const worthIt = this.page.state() === "live" || this.stream !== null;
    return !document.hidden && worthIt && this.page.isMain();
  }

  // --- asking

  private pollMs(): number {
    if (this.streaming) return SILENCE_MS + 2_000; // heard by way of another tab, which notices silence itself
    if (this.page.state() !== "live") return QUIET_POLL_MS;
    return (document.hidden || !this.page.isMain() ? ASIDE_POLL_MS : this.log.pollS * 1000) * (0.8 + Math.random() * 0.4);
  }

  private pollIn(ms: number): void {
    clearTimeout(this.poller);
    this.poller = setTimeout(() => {
      if (this.streaming && !this.log.behind) this.streaming = false; // silent
      void this.catchUp();
    }, ms);
  }

  /** Closes whatever gap there is, and asks again in time. One at a time, but never behind one of a session before. */
  private async catchUp(): Promise<void> {
    const session = this.session.signal;
    if (this.closing === session) return;
    this.closing = session;
    let next: number | null = null;
    try {
      await this.log.close(session, () => session.aborted || this.missed());
      if (session.aborted) return;
      this.alive();
      this.misses = 0;
    } catch (error) {
      if (session.aborted) return;
      if ((error as { status?: number }).status === 410) this.page.gone();
      this.missed();
      next = 500 + backoff(this.misses++);
    } finally {
      if (this.closing === session) this.closing = null;
    }
    this.pollIn(next ?? this.pollMs());
  }

  private alive(): void {
    this.heardAt = Date.now();
    this.lost = false;
    this.say();
    void this.log.run();
  }

  // --- hearing

  private fromTab(type: string, data: string): void {
    if (type === "ask") {
      if (this.stream && this.streaming) this.tabs.tell("hello", JSON.stringify(this.log.hello));
    } else if (this.wantsStream() && !this.stream) {
      if (type === "down") {
        this.streaming = false;
        this.pollIn(2_000 * Math.random());
      } else this.heard(type, data);
    }
  }

  private leave(): void {
    clearTimeout(this.retry);
    this.stream?.abort();
    if (this.stream) this.tabs.tell("down");
    this.stream = null;
    this.streaming = false;
    this.tabs.leave();
  }

  private connect(): void {
    const stream = (this.stream = new AbortController());
    const mine = (does: () => void) => () => this.stream === stream && does();
    // Late to say hello: perhaps a proxy that keeps it back, perhaps no line at all. Asking shows which.
    const late = mine(() => this.streaming || this.pollIn(0));
    this.transport
      .stream(stream.signal, late, (type, data) => {
        if (this.stream !== stream) return;
        this.tabs.tell(type, data);
        try {
          this.heard(type, data);
        } catch (error) {
          setTimeout(() => { throw error; }); // a fault of ours: for the console, not for the stream
        }
      })
      .then(mine(() => this.dropped(false)), (error) => mine(() => this.dropped(error instanceof Silence))());
  }

  private dropped(silent: boolean): void {
    const heard = this.streaming;
    this.stream = null;
    this.streaming = false;
    this.tabs.tell("down");
    if (!this.wantsStream()) return this.arrange();
    this.failures++;
    this.retry = setTimeout(() => this.connect(), backoff(this.failures));
    if (silent && heard) {
      this.closing = null; // what asks since before then asks over the same dead line
      this.session.abort();
      this.session = new AbortController();
      this.missed();
      this.pollIn(0);
    } else this.pollIn(200 + 2_000 * Math.random());
  }

  private heard(type: string, data: string): void {
    this.streaming = true;
    this.pollIn(this.pollMs());
    const message = JSON.parse(data);
    if (type === "hello" || type === "reset") {
      this.failures = 0;
      this.log.onHello(message as Standing, type === "reset");
    } else if (type === "part") this.log.part(message as Part);
    else if (type === "message") this.log.frame(message as Frame);
    if (this.log.behind) void this.catchUp();
    else this.alive();
  }
}
