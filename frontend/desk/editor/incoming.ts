// The files of one editor's body that are on their way: which node waits for which, and what of them stands in the way of
// publishing. A node and its file know one another by a key: the node's id, which such a node has from the beginning.

import type { Node } from "@tiptap/pm/model";
import { awaitsFile, freshKey, isKey } from "../awaited";
import type { Arrival, Arrivals, Media, Problem, Seen } from "../contracts";
import { say } from "./words";

export { awaitsFile, freshKey, isKey };

/** Of a transaction that nobody typed: the server or a file caused it. */
export const QUIET = "quiet";
const MOVING = new Set<Arrival["is"]>(["queued", "sending", "offline", "prepared"]);
const STUCK = new Set<Arrival["is"] | undefined>(["stopped", "failed", "refused", "lost"]);

export class Incoming {
  private readonly standing = new Map<string, Arrival>(); // of those that a node of this body shows
  private readonly brought = new Map<string, File>(); // and what takes files in could not be loaded
  private readonly unwatched = new Map<string, () => void>(); // for the same reason
  private loaded: Arrivals | undefined;
  /** The pictures of this body that are drawn, to be told when others come to stand beside them. */
  readonly drawn = new Set<{ placed(): void }>();

  constructor(
    private readonly load: () => Promise<Arrivals>,
    private readonly arrived: () => void,
  ) {}

  private async arrivals(): Promise<Arrivals> {
    return (this.loaded ??= await this.load());
  }

  async take(key: string, file: File): Promise<void> {
    this.brought.set(key, file);
    try {
      (await this.arrivals()).take(key, file);
      this.brought.delete(key);
    } catch {
      // Said by whoever watches it: it is still here, and may be tried again.
    }
  }

  stop(key: string): void {
    this.loaded?.stop(key);
  }

  async again(key: string): Promise<void> {
    const file = this.brought.get(key);
    if (file) await this.take(key, file);
    const watch = this.unwatched.get(key);
    this.unwatched.delete(key);
    if (watch) watch();
    else this.loaded?.again(key);
  }

  /** Hears how a file stands; returns how to hear no more. */
  watch(key: string, hear: (arrival: Arrival, file: Seen) => void): () => void {
    let leave: (() => void) | undefined;
    let left = false;
    const heard = (arrival: Arrival, file: Seen): void => {
      const before = this.standing.get(key)?.is;
      this.standing.set(key, arrival);
      hear(arrival, file);
      if (arrival.is !== before && !MOVING.has(arrival.is)) this.arrived();
    };
    const watch = (): void => {
      this.standing.set(key, { is: "queued" });
      this.arrivals()
        .then((arrivals) => {
          if (!left) leave = arrivals.watch(key, heard);
        })
        .catch(() => {
          if (left) return;
          this.unwatched.set(key, watch);
          heard({ is: "failed", why: say("file.unloaded") }, { name: "", type: "", address: "", kept: false });
        });
    };
    watch();
    return () => {
      left = true;
      leave?.();
      this.standing.delete(key);
      this.unwatched.delete(key);
      this.arrived();
    };
  }

  unchecked(key: string): string[] {
    return this.loaded?.unchecked(key) ?? [];
  }

  check(key: string, names: string[]): void {
    this.loaded?.check(key, names);
  }

  /** What is known of a file that is in, and has this key if it came in here. */
  async about(media: string, key: string): Promise<Media | null> {
    try {
      const arrivals = await this.arrivals();
      if (isKey(key)) await arrivals.remember(key);
      return await arrivals.about(media);
    } catch {
      return null; // it is said again where it is published
    }
  }

  /** How many are on their way. */
  get waiting(): number {
    return [...this.standing.values()].filter(({ is }) => MOVING.has(is)).length;
  }

  /** What would be refused of the pictures, films and sounds of a body. `blocks`: each with where it stands. */
  missing(blocks: Iterable<[node: Node, path: string]>): Problem[] {
    const found: Problem[] = [];
    for (const [{ type, attrs }, path] of blocks) {
      const key = String(attrs.id);
      const is = this.standing.get(key)?.is;
      const ours = Boolean(attrs.media) || awaitsFile(attrs);
      if (awaitsFile(attrs) && STUCK.has(is)) {
        found.push({ code: "file", message: say("file.missing"), field: `${path}.attrs.media` });
      } else if (type.name === "image" && ours && !(attrs.alt as string).trim() && !attrs.decorative) {
        found.push({ code: "invalid", message: say("image.alt.missing"), field: `${path}.attrs.alt` });
      }
    }
    return found;
  }
}
