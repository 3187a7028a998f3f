// The line to the server: every request and every stream has a deadline and can be aborted, because a connection may
// die without a word. Owns how long is waited, and over which connections is asked. No DOM, no state of the blog.

/** For an answer, whole. On the slowest line that reads at all it is a tenth of this. */
const DEADLINE_MS = 15_000;
/** After which an answer is late enough to say so. */
const OVERDUE_MS = 5_000;
/** A stream beats every 15 s or so (docs/delivery.md); one that says nothing for twice as long is dead. */
export const SILENCE_MS = 30_000;

export class Line {
  /** Whether connections that the page came by are trusted still. */
  private apart = false;
  private byName = false;

  /** `stream`: what of `base` is heard. */
  constructor(
    private base: string,
    private path = "stream",
  ) {}

  /** From now on asks over connections that nobody else has used. A browser keeps several open for the page's files, and
      takes the next dead one when one is given up; what is asked without credentials has connections of its own, and
      since one that is aborted is closed, the next attempt finds none and makes one. */
  distrust(): void {
    this.apart = true;
  }

  async json<T>(path: string, life: AbortSignal, late: () => void): Promise<T> {
    return JSON.parse(await this.text(this.base + path, life, late)) as T;
  }

  async text(url: string, life: AbortSignal, late: () => void): Promise<string> {
    const wait = new Wait(life, late);
    wait.atMost(DEADLINE_MS);
    try {
      // Never what the browser kept, fresh or stale: an answer is also the proof that the line is alive.
      const response = await this.ask(url, wait.signal, "no-cache");
      return await response.text();
    } catch (error) {
      if (wait.over) this.distrust();
      throw error;
    } finally {
      wait.end();
    }
  }

  /** Hears a stream until it ends. `late`: it connects and says nothing. Rejects with `Silence` where it fell silent. */
  async stream(life: AbortSignal, late: () => void, heard: (type: string, data: string) => void): Promise<void> {
    const wait = new Wait(life, late);
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
            heard(type, data);
          }
        }
      }
    } catch (error) {
      if (!wait.over) throw error;
      this.distrust();
      throw new Silence();
    } finally {
      wait.end();
    }
  }

  private async ask(url: string, signal: AbortSignal, cache: RequestCache): Promise<Response> {
    if (this.apart && !this.byName) {
      const response = await fetch(url, { credentials: "omit", redirect: "manual", cache, signal });
      if (![0, 401, 403, 404].includes(response.status)) return good(response);
      this.byName = true; // a member of a rehearsal, or a reader behind the house's own sign-in
    }
    return good(await fetch(url, { credentials: "same-origin", cache, signal }));
  }
}

/** A stream that was open and said nothing more, not even that it was there. */
export class Silence extends Error {}

/** A wait that ends by itself, and with the life that it is part of. */
class Wait {
  over = false;
  private controller = new AbortController();
  private timer = 0;
  private lateness: number;
  private abort = (): void => this.controller.abort();

  constructor(
    private life: AbortSignal,
    late: () => void,
  ) {
    this.lateness = setTimeout(late, OVERDUE_MS);
    life.addEventListener("abort", this.abort);
    if (life.aborted) this.abort();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  atMost(ms: number): void {
    if (this.timer) clearTimeout(this.lateness); // something came
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.over = true;
      this.abort();
    }, ms);
  }

  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.lateness);
    this.life.removeEventListener("abort", this.abort);
    this.abort(); // of an answer that was refused, the rest
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
