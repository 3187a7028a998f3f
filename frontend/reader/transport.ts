// Requests to the server: every request and every stream has a deadline and can be aborted, because a connection may
// die silently. Owns the deadlines, and over which connections requests go. No DOM, no state of the blog.

import { turn } from "./turns";

/** For a whole answer. On the slowest connection that is usable it takes a tenth of this. */
const DEADLINE_MS = 15_000;
/** After this the page says that an answer is late. */
const OVERDUE_MS = 5_000;
/** A stream beats every 15 s or so (docs/delivery.md); one that is silent for twice as long is dead. */
export const SILENCE_MS = 30_000;

export class Transport {
  /** Whether to use connections that the page's files did not come by. */
  private fresh = false;
  private withCredentials = false;

  /** `path`: of the stream, below `base`. */
  constructor(
    private base: string,
    private path = "stream",
  ) {}

  /** From now on requests go over connections that nothing else has used. A browser keeps several open for the page's
      files, and takes the next dead one when one is given up. Requests without credentials have connections of their
      own; an aborted one is closed, so the next attempt opens another. */
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
      // Never from the browser's cache: an answer also proves that the connection is alive.
      const response = await this.ask(url, wait.signal, "no-cache");
      return await response.text();
    } catch (error) {
      if (wait.over) this.useFreshConnections();
      throw error;
    } finally {
      wait.end();
    }
  }

  /** Reads a stream until it ends. `late`: it connects and is silent. Rejects with `Silence` where it fell silent. */
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
          const [type, data] = read(event);
          if (data) {
            wait.atMost(SILENCE_MS);
            onEvent(type, data);
            await turn();
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
      if (![0, 401, 403, 404].includes(response.status)) return good(response);
      this.withCredentials = true; // for members of a rehearsal, or behind a house's own sign-in
    }
    return good(await fetch(url, { credentials: "same-origin", cache, signal }));
  }
}

/** A stream was open and sent nothing more, not even a beat. */
export class Silence extends Error {}

/** A wait that ends at its deadline, or with the signal that it is part of. */
class Wait {
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
    if (this.timer) clearTimeout(this.lateness); // an answer began
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
    this.abort(); // the rest of an answer that was refused
  }
}

function good(response: Response): Response {
  if (!response.ok) throw Object.assign(new Error(response.url), { status: response.status });
  return response;
}

/** Reads one event: its type and data. A comment has no data. */
function read(event: string): [string, string] {
  let type = "message";
  const data: string[] = [];
  for (const line of event.split("\n")) {
    const [, name, value] = /^(event|data): ?(.*)$/.exec(line) || [];
    if (name === "event") type = value!;
    else if (name) data.push(value!);
  }
  return [type, data.join("\n")];
}
