// What is on a clipboard, read into blocks: a bundle of its own, which the editor asks for at the first paste.

import type { Json } from "../written";
import { readHTML } from "./html";
import { Left } from "./left";
import { readPlain } from "./plain";

export { fitted } from "./html";

/** The blocks, and in one sentence what was left out of them. `whole`: nothing that can be kept is to be left out. */
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
