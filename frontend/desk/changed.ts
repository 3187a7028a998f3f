// How much an edit changes, by its letters: what may be called minor is offered, what tells readers something else asks
// for a reason. Never decides: a box is never ticked by itself.

import type { Words } from "./contracts";

const SMALL_CHARS = 12;
const SPOKEN = new Set(["title", "text", "caption", "alt", "author", "cite", "label", "credit"]);

export type Change = "none" | "small" | "telling" | "large";

/** The words of a headline and a body, a line for each block and each attribute that is text. */
export function lettersOf({ title, body }: Pick<Words, "title" | "body">): string {
  return [title, ...texts(body as unknown as Node)].join("\n");
}

/** The same without what is no word of it: what a file or an address is known by. */
export function spokenOf({ title, body }: Pick<Words, "title" | "body">): string {
  return [title, ...texts(body as unknown as Node, SPOKEN)].join("\n");
}

interface Node {
  text?: string;
  attrs?: Record<string, unknown>;
  content?: Node[];
}

function texts(node: Node, of?: Set<string>): string[] {
  if (node.content?.every((child) => child.text !== undefined)) return [node.content.map((child) => child.text).join("")];
  const own = Object.entries(node.attrs ?? {}).filter(([name]) => (of ? of.has(name) : name !== "id"));
  const said = own.map(([, value]) => value).filter((value): value is string => typeof value === "string" && value !== "");
  return [...said, ...(node.content ?? []).flatMap((child) => texts(child, of))];
}

export function changeOf(was: string, now: string): Change {
  if (was === now) return "none";
  let start = 0;
  while (start < was.length && start < now.length && was[start] === now[start]) start += 1;
  let end = 0;
  const most = Math.min(was.length, now.length) - start;
  while (end < most && was[was.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const [old, fresh] = [was.slice(start, was.length - end), now.slice(start, now.length - end)];
  if (tells(was, start, was.length - end) || tells(now, start, now.length - end)) return "telling";
  return old.length + fresh.length < SMALL_CHARS ? "small" : "large";
}

/** Whether the words that a change touches hold a figure, or a name as far as a capital inside a sentence tells. */
function tells(all: string, from: number, to: number): boolean {
  let [start, end] = [from, to];
  while (start > 0 && /[\p{L}\p{N}.,]/u.test(all[start - 1]!)) start -= 1;
  while (end < all.length && /[\p{L}\p{N}]/u.test(all[end]!)) end += 1;
  const touched = all.slice(start, end);
  if (/\p{N}/u.test(touched)) return true;
  const before = all.slice(0, start);
  return [...touched.matchAll(/(?<!\p{L})\p{Lu}\p{L}+/gu)].some(
    ({ index }) => !/(^|[.!?:\n“"«]\s*)$/u.test(before + touched.slice(0, index)),
  );
}
