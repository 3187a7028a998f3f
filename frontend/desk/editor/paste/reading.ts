// Parsing a clipboard into blocks: a separate bundle, which the editor loads at the first paste.

import type { Json } from "../written";
import { readHTML } from "./html";
import { Left } from "./left";
import { readPlain } from "./plain";

export { fitted } from "./html";

/** The blocks, and one sentence about what was left out. `whole`: keep everything that can be kept. */
export interface Read {
  blocks: Json[];
  left: string;
}

export function read(html: string, plain: string, whole: boolean): Read {
  const left = new Left();
  let blocks = html ? readHTML(html, left, whole) : [];
  if (!blocks.length && plain) blocks = readPlain(plain, left, whole);
  return { blocks, left: left.sentence };
}
