// How much an edit changes, in letters: a small edit is offered as minor, and an edit that changes a figure or a name asks
// for a reason. Never decides: no box is ticked automatically.

import type { Words } from "./contracts";

const SMALL_CHARS = 12;
const SPOKEN = new Set(["title", "text", "caption", "alt", "author", "cite", "label", "credit"]);

export type Change = "none" | "small" | "telling" | "large";

/** The words of a headline and a body, one line for each block and each text attribute. */
export function lettersOf({ title, body }: Pick<Words, "title" | "body">): string {
  return [title, ...texts(body as unknown as Node)].join("\n");
}

/** The same without ids, digests and addresses, which are no words. */
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

/** Whether the changed words contain a figure, or a name, as far as a capital inside a sentence tells. */
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
