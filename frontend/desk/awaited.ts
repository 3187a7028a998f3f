// The files that a body waits for. A block and its file refer to one another by a key, the block's id, which such a block
// has from the beginning. Owns that key, and what a file adds to its block once it is uploaded. Uses no page, because the
// service worker runs it too.

import type { Doc } from "./contracts";
import { freshKey as once } from "./once";

const KEY = /^file-/;
/** The fields of a person that a file's metadata can fill, if the person has written nothing there. */
const SAID: Record<string, string[]> = { image: ["caption", "credit", "alt"], video: ["title", "caption", "credit"], audio: ["title", "caption", "credit"] };

type Attrs = Record<string, unknown>;
export interface Block {
  type: string;
  attrs?: Attrs;
  content?: Block[];
}

/** A key for a file that will be uploaded; it is also a valid id of a block. */
export const freshKey = (): string => `file-${once()}`;

/** Whether an id is such a key. It stays with its node when the node is moved. */
export const isKey = (id: unknown): boolean => typeof id === "string" && KEY.test(id);

/** Whether a block waits for a file of its own. */
export const awaitsFile = (attrs: Attrs): boolean => isKey(attrs.id) && !attrs.media && !attrs.src && !attrs.url;

/** Yields each block of a body that waits for its file. */
export function* awaiting({ content = [] }: Doc | Block): Generator<Block & { attrs: Attrs }> {
  for (const block of content as Block[]) {
    const { type, attrs } = block;
    if (attrs && type in SAID && awaitsFile(attrs)) yield block as Block & { attrs: Attrs };
    yield* awaiting(block);
  }
}

/** Returns the attributes that an uploaded file gives a block, and which of a person's fields it fills. */
export function given(type: string, has: Attrs, file: Attrs): { attrs: Attrs; filled: string[] } {
  const said = SAID[type] ?? [];
  const filled = said.filter((name) => file[name] && !has[name]);
  return { attrs: Object.fromEntries(Object.entries(file).filter(([name]) => !said.includes(name) || filled.includes(name))), filled };
}
