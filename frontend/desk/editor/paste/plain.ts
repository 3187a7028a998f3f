// Plain text from a terminal, a mail or an editor: paragraphs at empty lines, line ends kept, and lists, quotations and
// tables if their signs leave no doubt.

import { foundIn } from "../addresses";
import type { Json } from "../written";
import { cleaned, unseen } from "./characters";
import type { Left } from "./left";
import { untracked } from "./tracking";

/** Parses plain text. `whole`: keep everything that can be kept. */
export function readPlain(raw: string, left: Left, whole: boolean): Json[] {
  left.invisible += unseen(raw);
  return stretches(cleaned(raw).split("\n")).flatMap((lines) => blocks(lines, left, whole));
}

function stretches(lines: string[]): string[][] {
  const out: string[][] = [[]];
  for (const line of lines) {
    if (line.trim()) out[out.length - 1]!.push(line.replace(/ {2,}$/, ""));
    else if (out[out.length - 1]!.length) out.push([]);
  }
  return out.filter((lines) => lines.length);
}

function blocks(lines: string[], left: Left, whole: boolean): Json[] {
  if (lines.every((line) => /^>/.test(line))) {
    const inner = stretches(lines.map((line) => line.replace(/^> ?/, "")));
    return [{ type: "blockquote", content: inner.map((some) => paragraph(some, left, whole)) }];
  }
  const cells = lines.map((line) => line.split("\t"));
  const width = cells[0]!.length;
  const listed = marks(lines);
  if (!listed.some(Boolean) && lines.length > 1 && width > 1 && cells.every((row) => row.length === width)) {
    return [table(cells, left, whole)];
  }
  const out: Json[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at + 1;
    while (end < lines.length && Boolean(listed[end]) === Boolean(listed[at])) end++;
    if (listed[at]) out.push(...lists(listed.slice(at, end) as Item[], left, whole));
    else out.push(paragraph(lines.slice(at, end), left, whole));
    at = end;
  }
  return out;
}

// --- lists

interface Item {
  words: string;
  kind: "bullet" | "number" | "letter";
}

/** Which lines are items of a list: not a dash in a dialogue, and not "1. FC Köln". */
function marks(lines: string[]): (Item | null)[] {
  const found = lines.map((line): (Item & { sure: boolean; n: number }) | null => {
    const [, sign, gap = "", words = ""] = /^[ \t]*([•·‣▪◦●○*-]|\d{1,3}[.)]|[a-z][.)])([ \t]+)(.+)$/.exec(line) ?? [];
    if (!sign) return null;
    const n = Number.parseInt(sign, 10);
    const kind = n >= 0 ? "number" : /[a-z]/.test(sign) ? "letter" : "bullet";
    return { words: words.trim(), kind, n, sure: gap.includes("\t") || (kind === "bullet" && !/[*-]/.test(sign)) };
  });
  return found.map((item, at) => {
    if (!item) return null;
    const beside = [found[at - 1], found[at + 1]].filter((other) => other?.kind === item.kind);
    const counted = item.kind !== "number" || beside.some((other) => Math.abs(other!.n - item.n) === 1);
    if (item.sure || (item.kind !== "letter" && beside.length && counted)) return item;
    return null;
  });
}

function lists(items: Item[], left: Left, whole: boolean): Json[] {
  const out: Json[] = [];
  for (const { words, kind } of items) {
    const type = kind === "bullet" ? "bulletList" : "orderedList";
    const item: Json = { type: "listItem", content: [paragraph([words], left, whole)] };
    const last = out[out.length - 1];
    const above = last?.content?.[last.content.length - 1];
    if (kind === "letter" && last?.type === "orderedList" && above?.content) {
      const inner = above.content[above.content.length - 1] as Json;
      if (inner.type === "orderedList") inner.content!.push(item);
      else above.content.push({ type, content: [item] });
    } else if (last?.type === type) last.content!.push(item);
    else out.push({ type, content: [item] });
  }
  return out;
}

function table(rows: string[][], left: Left, whole: boolean): Json {
  const cell = (words: string): Json => {
    const empty = !words.trim();
    return empty ? { type: "tableCell" } : { type: "tableCell", content: [paragraph([words.trim()], left, whole)] };
  };
  return { type: "table", content: rows.map((row) => ({ type: "tableRow", content: row.map(cell) })) };
}

// --- paragraphs

function paragraph(lines: string[], left: Left, whole: boolean): Json {
  let joined = lines.map((line) => line.trimEnd());
  if (!whole && wrapped(lines)) {
    left.wraps += lines.length - 1;
    joined = [joined.join(" ")];
  }
  const content = joined.flatMap((line, n) => [...(n ? [{ type: "hardBreak" }] : []), ...linked(line, left, whole)]);
  return { type: "paragraph", content };
}

/**
 * Whether line ends only wrap a paragraph. This must be certain: every line but the last ends in a space, as in mail; or
 * there are at least three lines of prose, and on no line would the first word of the next have fitted.
 */
function wrapped(lines: string[]): boolean {
  if (lines.length < 2) return false;
  const but = lines.slice(0, -1);
  if (but.every((line) => line.endsWith(" ") && line.length > 40)) return true;
  const width = Math.max(...lines.map((line) => line.length));
  if (lines.length < 3 || width < 60 || width > 100) return false;
  return (
    lines.every((line) => /^\p{L}|^["“„«(\p{N}]/u.test(line) && /\p{L} \p{L}/u.test(line) && !/ {2}|\t/.test(line)) &&
    but.every((line, n) => line.length + 1 + (lines[n + 1]!.split(" ")[0] as string).length > width)
  );
}

/** Words with their addresses as links. */
export function linked(words: string, left: Left, whole: boolean, marks: Json[] = []): Json[] {
  const out: Json[] = [];
  const put = (text: string, href?: string): void => {
    const all = href ? [...marks, { type: "link", attrs: { href } }] : marks;
    if (text) out.push(all.length ? { type: "text", text, marks: all } : { type: "text", text });
  };
  let at = 0;
  for (const [from, to] of foundIn(words)) {
    put(words.slice(at, from));
    const href = words.slice(from, to);
    const clean = whole ? href : untracked(href);
    if (clean !== href) left.tracking += 1;
    put(clean, clean);
    at = to;
  }
  put(words.slice(at));
  return out;
}
