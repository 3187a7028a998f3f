// Requests to the server: every request and every stream has a deadline and can be aborted, because a connection may
// die silently. Owns the deadlines, and which connections requests use. No DOM, no state of the blog.

import { yieldToBrowser } from "./yielding";

/** For a whole response. On the slowest connection that is usable it takes a tenth of this. */
const DEADLINE_MS = 15_000;
/** After this the page says that it is reconnecting. */
const OVERDUE_MS = 5_000;
/** A stream beats every 15 s or so (docs/delivery.md); one that is silent for twice as long is dead. */
export const SILENCE_MS = 30_000;

export class Transport {
  /** Whether to use other connections than those of the page's files. */
  private fresh = false;
  private withCredentials = false;

  /** `path`: of the stream, below `base`. */
  constructor(
    private base: string,
    private path = "stream",
  ) {}

  /** Makes requests use connections that nothing else has used. A browser keeps several open for the page's files, and
      after a dead one it tries the next dead one. Requests without credentials have a separate pool of connections, and
      one that is aborted is closed, so the next attempt opens a new one. */
  useFreshConnections(): void {
    this.fresh = true;
  }

  async json<T>(path: string, signal: AbortSignal, late: () => void): Promise<T> {
    return JSON.parse(await this.text(this.base + path, signal, late)) as T;
  }

  async text(url: string, signal: AbortSignal, late: () => void): Promise<string> {
    const wait = new Wait(signal, late);
    wait.atMost(DEADLINE_MS);
    try {
      // Not from the browser's cache, because a response also proves that the connection is alive.
      const response = await this.ask(url, wait.signal, "no-cache");
      return await response.text();
    } catch (error) {
      if (wait.over) this.useFreshConnections();
      throw error;
    } finally {
      wait.end();
    }
  }

  /** Reads a stream until it ends. Calls `late` if no event comes soon. Rejects with `Silence` if it falls silent. */
  async stream(signal: AbortSignal, late: () => void, onEvent: (type: string, data: string) => void): Promise<void> {
    const wait = new Wait(signal, late);
    wait.atMost(DEADLINE_MS);
    try {
      const { body } = await this.ask(this.base + this.path, wait.signal, "no-store");
      const reader = body!.getReader();
      const decoder = new TextDecoder();
      for (let text = ""; ; ) {
        const { done, value } = await reader.read();
        if (done) return;
        const events = (text + decoder.decode(value, { stream: true })).split("\n\n");
        text = events.pop()!;
        for (const event of events) {
          const [type, data] = parse(event);
          if (data) {
            wait.atMost(SILENCE_MS);
            onEvent(type, data);
            await yieldToBrowser();
          }
        }
      }
    } catch (error) {
      if (!wait.over) throw error;
      this.useFreshConnections();
      throw new Silence();
    } finally {
      wait.end();
    }
  }

  private async ask(url: string, signal: AbortSignal, cache: RequestCache): Promise<Response> {
    if (this.fresh && !this.withCredentials) {
      const response = await fetch(url, { credentials: "omit", redirect: "manual", cache, signal });
      if (![0, 401, 403, 404].includes(response.status)) return orThrow(response);
      this.withCredentials = true; // for members of a rehearsal, or behind a house's own sign-in
    }
    return orThrow(await fetch(url, { credentials: "same-origin", cache, signal }));
  }
}

/** An open stream sent nothing more, not even a beat. */
export class Silence extends Error {}

/** Aborts its signal at a deadline, or with an outer signal. */
class Wait {
  /** Whether the deadline passed. */
  over = false;
  private controller = new AbortController();
  private timer = 0;
  private lateness: number;
  private abort = (): void => this.controller.abort();

  constructor(
    private outer: AbortSignal,
    late: () => void,
  ) {
    this.lateness = setTimeout(late, OVERDUE_MS);
    outer.addEventListener("abort", this.abort);
    if (outer.aborted) this.abort();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  atMost(ms: number): void {
    if (this.timer) clearTimeout(this.lateness); // the first event is here
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.over = true;
      this.abort();
    }, ms);
  }

  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.lateness);
    this.outer.removeEventListener("abort", this.abort);
    this.abort(); // ends the transfer of a response whose body is not read
  }
}

function orThrow(response: Response): Response {
  if (!response.ok) throw Object.assign(new Error(response.url), { status: response.status });
  return response;
}

/** Parses one event into its type and data. A comment has no data. */
function parse(event: string): [string, string] {
  let type = "message";
  const data: string[] = [];
  for (const line of event.split("\n")) {
    const [, name, value] = /^(event|data): ?(.*)$/.exec(line) || [];
    if (name === "event") type = value!;
    else if (name) data.push(value!);
  }
  return [type, data.join("\n")];
}
