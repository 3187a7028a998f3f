// Keeps a page up to date, by stream or by polling. Owns when to ask, and the connection's state as the page shows it.
// All requests under way belong to one session. It is aborted, and a new one begun, when the reader comes back, is online
// again, or resumes: so no request from before can block a later one.

import type { Cursor, LogState } from "./cursor";
import { backoff, Log, type View } from "./log";
import { Tabs } from "./tabs";
import { Silence, SILENCE_MS, Transport } from "./transport";
import type { Frame, Part } from "./wire";

// Servers and proxies close a connection that was idle for 60 or 75 s: a poll of a live blog comes well before.
const BACKGROUND_POLL_MS = 45_000; // of a hidden tab or an older page
const CLOSED_POLL_MS = 300_000; // of a closed blog: for a correction, or a reopening
/** A page that received nothing for this long is not live, even if the timers of a sleeping machine say so. */
const STALE_MS = 120_000;

export type Connection = "live" | "reconnecting" | "paused" | "closed";

export class Supervisor {
  private session = new AbortController();
  private transport = new Transport(this.base, this.path);
  private log = new Log(this.cursor, this.page, this.transport, () => this.arrange());
  private tabs = new Tabs(this.base, (type, data) => this.fromTab(type, data));
  /** This tab's own stream. */
  private stream: AbortController | null = null;
  /** Whether events arrive from a stream, this tab's or another's. */
  private streaming = false;
  private paused = false;
  private stopped = false;
  private lost = false;
  /** The session that is catching up. */
  private catchingUp: AbortSignal | null = null;
  private receivedAt = Date.now();
  /** Streams that failed since the last hello. */
  private failedStreams = 0;
  /** Polls that failed since the last answer. */
  private failedPolls = 0;
  private retry = 0;
  private poller = 0;

  constructor(
    private base: string,
    private cursor: Cursor,
    private page: View,
    private show: (connection: Connection) => void,
    private path?: string,
  ) {
    document.addEventListener("visibilitychange", () => (document.hidden && !this.stopped ? this.arrange() : this.restart()));
    addEventListener("online", () => this.restart());
    addEventListener("offline", () => this.loseConnection());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    addEventListener("pagehide", () => this.abort());
    this.arrange();
    // An older page or a permalink has no stream whose hello would show that a cache kept it for a minute.
    if (!page.isMain()) this.pollIn(500 + 1_000 * Math.random());
  }

  /** Pauses or resumes. While paused the log is still followed, but the page only counts what is new. */
  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    this.showConnection();
    await this.log.pause(paused);
    if (!paused) this.restart();
  }

  /** Aborts everything under way, and catches up at once. */
  private restart(): void {
    this.abort();
    if (this.stopped) return;
    this.session = new AbortController();
    this.transport.useFreshConnections(); // the machine may have slept, or changed its network
    this.failedStreams = this.failedPolls = 0;
    if (Math.abs(Date.now() - this.receivedAt) > STALE_MS) this.lost = true; // a clock may also be set back
    this.arrange();
    this.pollIn(0);
  }

  /** Ends it for good. */
  stop(): void {
    this.stopped = true;
    this.abort();
  }

  private abort(): void {
    clearTimeout(this.poller);
    this.closeStream();
    this.session.abort();
  }

  private showConnection(): void {
    const closed = this.page.state() !== "live";
    this.show(this.paused ? "paused" : closed ? "closed" : this.lost ? "reconnecting" : "live");
  }

  private loseConnection(): void {
    this.lost = true;
    this.showConnection();
  }

  /** Starts and stops the stream and the polls, by visibility, pause and the blog's status. */
  private arrange(): void {
    this.showConnection();
    if (!this.wantsStream()) this.closeStream();
    else if (!this.tabs.requested) this.tabs.acquire(() => this.connect());
    this.pollIn(this.pollMs());
  }

  /** A closed blog opens no stream, but an open one stays until the server ends it: the events of the closing, and a
      reopening soon after, still arrive by it. */
  private wantsStream(): boolean {
    const useful = this.page.state() === "live" || this.stream !== null;
    return !document.hidden && useful && this.page.isMain();
  }

  // --- polling

  private pollMs(): number {
    if (this.streaming) return SILENCE_MS + 2_000; // a stream that falls silent is ended before that, by its own tab
    if (this.page.state() !== "live") return CLOSED_POLL_MS;
    const background = document.hidden || !this.page.isMain();
    return (background ? BACKGROUND_POLL_MS : this.log.pollS * 1000) * (0.8 + Math.random() * 0.4);
  }

  private pollIn(ms: number): void {
    clearTimeout(this.poller);
    this.poller = setTimeout(() => {
      if (this.streaming && !this.log.behind) this.streaming = false; // silent
      void this.catchUp();
    }, ms);
  }

  /** Catches up, and plans the next poll. Only once at a time in a session; an earlier session's does not count. */
  private async catchUp(): Promise<void> {
    const session = this.session.signal;
    if (this.catchingUp === session) return;
    this.catchingUp = session;
    let next: number | null = null;
    try {
      await this.log.catchUp(session, () => session.aborted || this.loseConnection());
      if (session.aborted) return;
      this.keepLive();
      this.failedPolls = 0;
    } catch (error) {
      if (session.aborted) return;
      if ((error as { status?: number }).status === 410) this.page.gone();
      this.loseConnection();
      next = 500 + backoff(this.failedPolls++);
    } finally {
      if (this.catchingUp === session) this.catchingUp = null;
    }
    this.pollIn(next ?? this.pollMs());
  }

  private keepLive(): void {
    this.receivedAt = Date.now();
    this.lost = false;
    this.showConnection();
    void this.log.showQueued();
  }

  // --- streaming

  private fromTab(type: string, data: string): void {
    if (type === "ask") {
      if (this.stream && this.streaming) this.tabs.broadcast("hello", JSON.stringify(this.log.hello));
    } else if (this.stream) return;
    else if (type === "down") {
      this.streaming = false;
      this.pollIn(2_000 * Math.random());
    } else if (this.wantsStream()) this.receive(type, data);
  }

  private closeStream(): void {
    clearTimeout(this.retry);
    this.stream?.abort();
    if (this.stream) this.tabs.broadcast("down");
    this.stream = null;
    this.streaming = false;
    this.tabs.release();
  }

  private connect(): void {
    const stream = (this.stream = new AbortController());
    const ifCurrent = (run: () => void) => () => this.stream === stream && run();
    // A late hello: a proxy may buffer the stream, or the connection may be dead. A poll shows which.
    const late = ifCurrent(() => this.streaming || this.pollIn(0));
    this.transport
      .stream(stream.signal, late, (type, data) => {
        if (this.stream !== stream) return;
        this.tabs.broadcast(type, data);
        try {
          this.receive(type, data);
        } catch (error) {
          setTimeout(() => { throw error; }); // our own bug: it goes to the console, and the stream goes on
        }
      })
      .then(ifCurrent(() => this.dropped(false)), (error) => ifCurrent(() => this.dropped(error instanceof Silence))());
  }

  private dropped(silent: boolean): void {
    const hadHello = this.streaming;
    this.stream = null;
    this.streaming = false;
    this.tabs.broadcast("down");
    if (this.wantsStream()) this.retry = setTimeout(() => this.connect(), backoff(++this.failedStreams));
    else this.arrange(); // a closed blog's; the poll below shows whether it was taken down
    if (silent && hadHello) {
      this.catchingUp = null; // a request under way uses the same dead connection
      this.session.abort();
      this.session = new AbortController();
      this.loseConnection();
      this.pollIn(0);
    } else this.pollIn(200 + 2_000 * Math.random());
  }

  private receive(type: string, data: string): void {
    this.streaming = true;
    this.pollIn(this.pollMs());
    const message = JSON.parse(data);
    if (type === "hello" || type === "reset") {
      this.failedStreams = 0;
      this.log.onHello(message as LogState, type === "reset");
    } else if (type === "part") this.log.onPart(message as Part);
    else if (type === "message") this.log.onFrame(message as Frame);
    if (this.log.behind) void this.catchUp();
    else this.keepLive();
  }
}
