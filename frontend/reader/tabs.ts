// The tabs of one browser share streams: one stream a blog, whose events its tab broadcasts to the others, and a few streams
// a host. On HTTP/1.1 a browser opens six connections to a host and a stream occupies one: without a bound the seventh tab
// never loads.

/** Streams to one host that all tabs together hold on HTTP/1.1; the other tabs poll and wait for a lock. */
const STREAMS = 3;

export class Tabs {
  private channel: BroadcastChannel | null = null;
  /** Ends this tab's request for a stream, and releases its locks. */
  private request: AbortController | null = null;
  private name = "asithappened:" + this.base;

  /** `receive`: gets what another tab broadcasts; "ask" and "down" besides the stream's own events. */
  constructor(
    private base: string,
    receive: (type: string, data: string) => void,
  ) {
    if (typeof BroadcastChannel !== "function" || !navigator.locks) return; // an insecure context: tabs cannot share
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = ({ data: [type, data] }) => receive(type, data);
  }

  broadcast(type: string, data = ""): void {
    this.channel?.postMessage([type, data]);
  }

  /** Whether this tab waits for the right to open the blog's stream, or has it. */
  get requested(): boolean {
    return !!this.request;
  }

  /** Calls `granted` once this tab may open the blog's stream. It may until `release`. */
  acquire(granted: () => void): void {
    const { signal } = (this.request = new AbortController());
    if (!this.channel) return granted();
    this.broadcast("ask");
    lock(this.name, signal, signal, () => {
      const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      if (/^h[23]/.test(page?.nextHopProtocol || "")) {
        granted();
        return true;
      }
      let held = false;
      const waiting = new AbortController();
      signal.addEventListener("abort", () => waiting.abort());
      for (let n = 0; n < STREAMS; n++) {
        lock(`asithappened:stream:${n}`, waiting.signal, signal, () => {
          if (held) return false;
          held = true;
          waiting.abort(); // ends the other requests, not the lock that was granted
          granted();
          return true;
        });
      }
      return true;
    });
  }

  release(): void {
    this.request?.abort();
    this.request = null;
  }
}

/** Requests a lock until `waiting` is aborted. If `granted` accepts it, holds it until `life` is. */
function lock(name: string, waiting: AbortSignal, life: AbortSignal, granted: () => boolean): void {
  navigator.locks
    .request(name, { signal: waiting }, () => {
      if (life.aborted || !granted()) return;
      return new Promise<void>((resolve) => life.addEventListener("abort", () => resolve()));
    })
    .catch(() => {}); // aborted while it waited
}
