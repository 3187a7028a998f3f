// The files that one editor's body waits for: which node waits for which file, and which problems prevent publishing. A node
// and its file refer to one another by a key: the node's id, which such a node has from the beginning.

import type { Node } from "@tiptap/pm/model";
import { awaitsFile, freshKey, isKey } from "../awaited";
import type { Arrival, Arrivals, Media, Problem, Seen } from "../contracts";
import { say } from "./words";

export { awaitsFile, freshKey, isKey };

/** Marks a transaction that nobody typed: the server or a file caused it. */
export const QUIET = "quiet";
const MOVING = new Set<Arrival["is"]>(["queued", "sending", "offline", "prepared"]);
const STUCK = new Set<Arrival["is"] | undefined>(["stopped", "failed", "refused", "lost"]);

export class Incoming {
  private readonly standing = new Map<string, Arrival>(); // the states of files that nodes of this body show
  private readonly brought = new Map<string, File>(); // files that wait because the uploader could not be loaded
  private readonly unwatched = new Map<string, () => void>(); // for the same reason
  private loaded: Arrivals | undefined;
  /** The views of this body's pictures, which are told when their neighbours change. */
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
      // Its node shows that: the file is still here, and can be tried again.
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

  /** Watches the state of a file; returns a function that stops watching. */
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

  /** The description of an accepted file; `key`: if it was uploaded here. */
  async about(media: string, key: string): Promise<Media | null> {
    try {
      const arrivals = await this.arrivals();
      if (isKey(key)) await arrivals.remember(key);
      return await arrivals.about(media);
    } catch {
      return null; // publishing will say it again
    }
  }

  /** How many files are being uploaded. */
  get waiting(): number {
    return [...this.standing.values()].filter(({ is }) => MOVING.has(is)).length;
  }

  /** The errors of a body's pictures, films and sounds. `blocks`: each with its place. */
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
