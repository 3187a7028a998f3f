// The tabs of one browser: one stream a blog, which its tabs hand on to one another, and a few streams a host, because
// on HTTP/1.1 a browser opens six connections to it and a stream keeps one: without a bound the seventh tab never loads.

/** Streams to one host that all tabs together keep open on HTTP/1.1; the other tabs poll, and wait for their turn. */
const STREAMS = 3;

export class Tabs {
  private channel: BroadcastChannel | null = null;
  private turn: AbortController | null = null;
  private name = "asithappened:" + this.base;

  /** `heard`: what another tab says; "ask" and "down" besides the stream's own events. */
  constructor(
    private base: string,
    heard: (type: string, data: string) => void,
  ) {
    if (typeof BroadcastChannel !== "function" || !navigator.locks) return; // no secure context: each tab for itself
    this.channel = new BroadcastChannel(this.name);
    this.channel.onmessage = ({ data: [type, data] }) => heard(type, data);
  }

  tell(type: string, data = ""): void {
    this.channel?.postMessage([type, data]);
  }

  /** Whether this tab has asked for its turn. */
  get queues(): boolean {
    return !!this.turn;
  }

  /** Calls `go` once it is this tab's turn to open the blog's stream, until it leaves. */
  queue(go: () => void): void {
    const turn = (this.turn = new AbortController());
    if (!this.channel) return go();
    this.tell("ask");
    hold(this.name, turn.signal, turn.signal, () => {
      const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
      if (/^h[23]/.test(page?.nextHopProtocol || "")) {
        go();
        return true;
      }
      let mine = false;
      const race = new AbortController();
      turn.signal.addEventListener("abort", () => race.abort());
      for (let n = 0; n < STREAMS; n++) {
        hold(`asithappened:stream:${n}`, race.signal, turn.signal, () => {
          if (mine) return false;
          mine = true;
          race.abort(); // those that wait; what is held is held
          go();
          return true;
        });
      }
      return true;
    });
  }

  leave(): void {
    this.turn?.abort();
    this.turn = null;
  }
}

/** Asks for a lock while `waiting` lasts, and keeps it while `life` does, if `got` wants it. */
function hold(name: string, waiting: AbortSignal, life: AbortSignal, got: () => boolean): void {
  navigator.locks
    .request(name, { signal: waiting }, () => {
      if (life.aborted || !got()) return;
      return new Promise<void>((resolve) => life.addEventListener("abort", () => resolve()));
    })
    .catch(() => {}); // aborted while it waited
}
