// HTML from a clipboard as blocks of a body. It is parsed in a document that is never shown, and the result consists of
// core's nodes only: no HTML leaves this module.

import { isLinked, isWeb } from "../addresses";
import type { Json } from "../written";
import { cleaned, unseen } from "./characters";
import type { Left } from "./left";
import { linked } from "./plain";
import { untracked } from "./tracking";
import { plainWord, styleOf } from "./word";

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BODY CENTER DD DETAILS DIALOG DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LI MAIN NAV P PRE SECTION SUMMARY TR".split(" "),
);
const NOTHING = new Set(
  "BUTTON CANVAS COL COLGROUP DATALIST EMBED HEAD IFRAME INPUT LINK META NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA TITLE X-STYLE".split(" "),
);
const MARKS: Record<string, string> = {
  B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", SUB: "subscript", SUP: "superscript",
};
const LOOKS = /^(?:color|background|font-family|font-size|mso-|text-indent|line-height)/;

/** The marks of words at the parser's position. */
interface Here {
  marks: ReadonlyMap<string, Json>;
  pre: boolean;
  heading: boolean;
}
const NOWHERE: Here = { marks: new Map(), pre: false, heading: false };

/** Parses HTML. `whole`: keep everything that can be kept. */
export function readHTML(html: string, left: Left, whole: boolean): Json[] {
  const page = new DOMParser().parseFromString(harmless(html), "text/html");
  const sheet = chosen(page);
  for (const element of page.body.querySelectorAll("[class]")) {
    const said = [...element.classList].map((name) => sheet.get(`${element.localName}.${name}`) ?? "").join("");
    if (said) element.setAttribute("data-style", `${said};${element.getAttribute("data-style") ?? ""}`);
  }
  plainWord(page.body, left, whole);
  return new Reader(left, whole).read(page.body, NOWHERE);
}

/** Hides styles and scripts from the parser: a strict policy reports each that it refuses, even in such a document. */
function harmless(html: string): string {
  return html
    .replace(/<(\/?)(style|base)\b/gi, "<$1x-$2")
    .replace(/<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi, (tag) =>
      tag.replace(/"[^"]*"|'[^']*'|([\s/])(style|on[a-z]+)(?=\s*=)/gi, (found, space: string, name: string) =>
        name ? `${space}data-${name}` : found,
      ),
    );
}

/** Bold and italic from a style sheet (Apple's programs write them so), by selector: "span.s1". */
function chosen(page: Document): Map<string, string> {
  const out = new Map<string, string>();
  for (const sheet of page.querySelectorAll("x-style")) {
    for (const [, of = "", said = ""] of (sheet.textContent ?? "").matchAll(/(span\.\w+)\s*\{([^}]*)\}/g)) {
      const font = /font:[^;]*\b(bold|italic)\b/.exec(said)?.[1];
      out.set(of, `${said};${font === "bold" ? "font-weight:bold;" : font ? "font-style:italic;" : ""}`);
    }
  }
  return out;
}

class Reader {
  private blocks: Json[] = [];
  private line: Json[] = [];

  constructor(
    private readonly left: Left,
    private readonly whole: boolean,
  ) {}

  read(element: Element, here: Here): Json[] {
    this.children(element, here);
    this.flush();
    return this.blocks;
  }

  private inner(element: Element, here: Here): Json[] {
    return new Reader(this.left, this.whole).read(element, here);
  }

  private children(element: Element, here: Here): void {
    for (const node of element.childNodes) {
      if (node.nodeType === 3) this.words((node as Text).data, here);
      else if (node.nodeType === 1) this.element(node as HTMLElement, here);
    }
  }

  private element(element: HTMLElement, outer: Here): void {
    const tag = element.tagName.toUpperCase(); // names of SVG elements are in lower case
    if (NOTHING.has(tag)) return;
    const style = styleOf(element);
    if (Object.keys(style).some((name) => LOOKS.test(name)) || tag === "FONT") this.left.styles = true;
    const gone = style.display === "none" || style.visibility === "hidden" || style["mso-hide"] === "all";
    if ((gone || element.hidden) && !this.whole) {
      if (element.textContent?.trim()) this.left.hidden = true;
      return;
    }
    const here = this.here(element, style, outer);
    if (tag === "BR") this.line.push({ type: "hardBreak" });
    else if (tag === "IMG") this.picture(element as HTMLImageElement, here);
    else if (tag === "VIDEO" || tag === "AUDIO") this.media(element, tag.toLowerCase());
    else if (tag === "UL" || tag === "OL" || tag === "MENU") this.list(element, here);
    else if (tag === "TABLE") this.table(element as HTMLTableElement, here);
    else if (tag === "BLOCKQUOTE" || /^Mso(?:Intense)?Quote/.test(element.className)) this.quote(element, here);
    else if (/^H[1-6]$/.test(tag) || /^MsoTitle/.test(element.className)) this.heading(element, here);
    else if (tag === "FIGURE") this.figure(element, here);
    else if (element.className === "Apple-converted-space") this.words(" ", here);
    else if (tag === "DIV" && outer.pre) {
      this.children(element, here); // a line of code, or of a terminal
      this.line.push({ type: "hardBreak" });
    } else if (BLOCKS.has(tag)) {
      this.flush();
      this.children(element, here);
      this.flush();
    } else this.children(element, here);
  }

  private here(element: HTMLElement, style: Record<string, string>, outer: Here): Here {
    const marks = new Map(outer.marks);
    const set = (name: string, on: boolean): void => void (on ? marks.set(name, { type: name }) : marks.delete(name));
    const mark = MARKS[element.tagName];
    if (mark) set(mark, true);
    if (!BLOCKS.has(element.tagName) && !/^(?:TABLE|TD|TH|UL|OL)$/.test(element.tagName)) {
      const weight = style["font-weight"];
      if (weight) set("bold", /^(?:bold|bolder|[6-9]00)$/.test(weight));
      if (style["font-style"]) set("italic", /italic|oblique/.test(style["font-style"]));
      const lines = `${style["text-decoration"] ?? ""} ${style["text-decoration-line"] ?? ""}`;
      if (lines.includes("line-through")) set("strike", true);
      if (style["vertical-align"] === "sub") set("subscript", true);
      if (style["vertical-align"] === "super") set("superscript", true);
    }
    if (element.tagName === "A") this.link(element, marks);
    const space = style["white-space"] ?? "";
    const pre = element.tagName === "PRE" || (space ? space.startsWith("pre") : outer.pre);
    return { marks, pre, heading: outer.heading };
  }

  private link(element: HTMLElement, marks: Map<string, Json>): void {
    const raw = (element.getAttribute("href") ?? "").trim();
    if (/^(?:javascript|vbscript|data):/i.test(raw.replace(/[\x00-\x20]/g, ""))) this.left.scripts = true;
    if (!isLinked(raw)) return;
    const href = this.whole ? raw : untracked(raw);
    if (href !== raw) this.left.tracking += 1;
    marks.set("link", { type: "link", attrs: { href } });
    // A link whose words are its address: both are cleaned in the same way.
    if (href !== raw && element.textContent?.trim() === raw) element.textContent = href;
  }

  // --- running text

  private words(raw: string, here: Here): void {
    this.left.invisible += unseen(raw);
    const marks = [...here.marks.values()].filter((mark) => !here.heading || mark.type !== "bold");
    const lines = here.pre ? cleaned(raw).split("\n") : [spaced(raw)];
    lines.forEach((line, n) => {
      if (n) this.line.push({ type: "hardBreak" });
      if (!line) return;
      if (here.marks.has("link")) this.line.push({ type: "text", text: line, marks });
      else this.line.push(...linked(line, this.left, this.whole, marks));
    });
  }

  /** Ends the paragraph. Two line ends in a row end a paragraph too. */
  private flush(make: (content: Json[]) => Json = (content) => ({ type: "paragraph", content })): void {
    const lines = this.line;
    this.line = [];
    let some: Json[] = [];
    const put = (): void => {
      const content = trimmed(some);
      if (content.length) this.blocks.push(make(content));
      some = [];
    };
    for (const one of lines) {
      const blank = one.type === "text" && !(one.text as string).trim();
      const last = some.filter((before) => before.type !== "text" || (before.text as string).trim()).pop();
      if (one.type === "hardBreak" && last?.type === "hardBreak") put();
      else if (!(blank && last?.type === "hardBreak")) some.push(one);
    }
    put();
  }

  // --- blocks

  private heading(element: HTMLElement, here: Here): void {
    const level = /^H[1-6]$/.test(element.tagName) ? Math.min(3, Math.max(1, Number(element.tagName[1]) - 1)) : 1;
    this.flush();
    this.children(element, { ...here, heading: true });
    this.flush((content) => (level > 1 ? { type: "heading", attrs: { level }, content } : { type: "heading", content }));
  }

  private quote(element: HTMLElement, here: Here): void {
    this.flush();
    const [content, beside] = fitted(this.inner(element, here), ["paragraph", "heading", "bulletList", "orderedList"]);
    const cite = element.getAttribute("cite") ?? "";
    const url = isWeb(cite) ? (this.whole ? cite : untracked(cite)) : "";
    const last = this.blocks[this.blocks.length - 1];
    const again = /^Mso/.test(element.className) && last?.type === "blockquote"; // word processors make each paragraph a separate quotation
    if (again) last.content!.push(...content);
    else if (content.length) this.blocks.push({ type: "blockquote", ...(url ? { attrs: { url } } : {}), content });
    this.blocks.push(...beside);
  }

  private list(element: Element, here: Here): void {
    this.flush();
    const items: Json[] = [];
    const beside: Json[] = [];
    const put = (blocks: Json[]): Json[] => {
      const [content, out] = fitted(blocks, ["paragraph", "bulletList", "orderedList"]);
      beside.push(...out);
      return content;
    };
    for (const child of [...element.children]) {
      if (NOTHING.has(child.tagName)) continue;
      if (/^[OU]L$/.test(child.tagName)) {
        // Google Docs puts a nested list into the list and not into its item.
        const inner = put(new Reader(this.left, this.whole).read(wrapped(child), here));
        const last = items[items.length - 1];
        if (last) last.content!.push(...inner);
        else if (inner.length) items.push({ type: "listItem", content: inner });
      } else {
        const content = put(new Reader(this.left, this.whole).read(wrapped(child), { ...here, pre: here.pre }).flatMap(unlisted));
        if (content.length) items.push({ type: "listItem", content });
      }
    }
    const type = element.tagName === "OL" ? "orderedList" : "bulletList";
    if (items.length) this.blocks.push({ type, content: items });
    this.blocks.push(...beside);
  }

  private table(element: HTMLTableElement, here: Here): void {
    this.flush();
    const rows = [...element.rows].map((row) => ({ row, cells: [...row.cells] })).filter(({ cells }) => cells.length);
    const wide = Math.max(0, ...rows.map(({ cells }) => cells.length));
    const layout = element.getAttribute("role") === "presentation" || element.querySelector("table") || wide < 2;
    if (layout) {
      for (const { cells } of rows) for (const cell of cells) this.blocks.push(...this.inner(cell, here));
      return;
    }
    const below = new Map<number, number>(); // columns that a cell above spans into, and for how many rows
    const beside: Json[] = [];
    const content = rows.map(({ cells }): Json => {
      const line: Json[] = [];
      const reach = (): void => {
        for (let left = below.get(line.length) ?? 0; left > 0; left = below.get(line.length) ?? 0) {
          below.set(line.length, left - 1);
          line.push({ type: "tableCell" });
        }
      };
      for (const cell of cells) {
        reach();
        const [inner, out] = fitted(this.inner(cell, here), ["paragraph"]);
        beside.push(...out);
        const attrs = cell.tagName === "TH" || cell.closest("thead") ? { attrs: { header: true } } : {};
        for (let n = 0; n < Math.min(cell.colSpan, 50); n++) {
          if (cell.rowSpan > 1) below.set(line.length, cell.rowSpan - 1);
          line.push({ type: "tableCell", ...attrs, ...(n || !inner.length ? {} : { content: inner }) });
        }
      }
      reach();
      return { type: "tableRow", content: line };
    });
    const caption = cleaned(element.caption?.textContent ?? "").replace(/\s+/g, " ").trim();
    const filled = content.filter((row) => row.content!.some((cell) => cell.content));
    if (filled.length) this.blocks.push({ type: "table", ...(caption ? { attrs: { caption } } : {}), content: filled });
    this.blocks.push(...beside);
  }

  private figure(element: HTMLElement, here: Here): void {
    this.flush();
    const caption = element.querySelector("figcaption");
    const before = this.blocks.length;
    const said = cleaned(caption?.textContent ?? "").replace(/\s+/g, " ").trim();
    caption?.remove();
    this.children(element, here);
    this.flush();
    const shown = this.blocks.slice(before).find((block) => /^(?:image|video|audio)$/.test(block.type));
    if (!said) return;
    if (shown) shown.attrs = { ...shown.attrs, caption: said };
    else this.blocks.push({ type: "paragraph", content: [{ type: "text", text: said }] });
  }

  private picture(element: HTMLImageElement, here: Here): void {
    const alt = cleaned(element.getAttribute("alt") ?? "").replace(/\s+/g, " ").trim();
    if (/^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Component}]*$/u.test(alt)) {
      return this.words(alt, here); // some programs draw emoji as pictures
    }
    const [width, height] = [element.getAttribute("width"), element.getAttribute("height")];
    if (Number(width ?? 9) <= 2 && Number(height ?? 9) <= 2) return; // a tracking pixel
    const src = (element.getAttribute("src") ?? "").trim();
    if (!/^https:/i.test(src) || !isWeb(src)) {
      this.left.pictures += 1;
      return;
    }
    this.flush();
    this.blocks.push({ type: "image", attrs: { src, ...(alt ? { alt } : {}) } });
  }

  private media(element: HTMLElement, type: string): void {
    const src = element.getAttribute("src") ?? element.querySelector("source")?.getAttribute("src") ?? "";
    if (!isWeb(src)) return;
    this.flush();
    this.blocks.push({ type, attrs: { url: src } });
  }
}

/** Wraps an element, so that the element itself is parsed and not only its content. */
function wrapped(element: Element): Element {
  const outer = element.ownerDocument.createElement("div");
  element.replaceWith(outer);
  outer.append(element);
  return outer;
}

/** Turns a heading in an item of a list into a paragraph. */
function unlisted(block: Json): Json[] {
  return block.type === "heading" ? [{ type: "paragraph", content: block.content! }] : [block];
}

/** Blocks that are allowed inside another, and those that go after it because they have no words. */
export function fitted(blocks: Json[], may: string[]): [inside: Json[], behind: Json[]] {
  const inside: Json[] = [];
  const behind: Json[] = [];
  for (const block of blocks) {
    if (may.includes(block.type)) inside.push(block);
    else if (block.type === "heading") inside.push({ type: "paragraph", content: block.content! });
    else if (block.content) {
      const [inner, out] = fitted(block.content, may);
      inside.push(...inner);
      behind.push(...out);
    } else behind.push(block);
  }
  return [inside, behind];
}

/** Collapses white space of HTML; a no-break space is kept where it was meant. */
function spaced(raw: string): string {
  return cleaned(raw.replace(/[ \t\n\r\f]+/g, " ")).replace(/\n/g, " ").replace(/(?:\u00a0| ){2,}/g, " ");
}

/** Running text without spaces at its edges and beside line ends, and without double spaces. */
function trimmed(line: Json[]): Json[] {
  const out: Json[] = [];
  for (const one of line) {
    const last = out[out.length - 1];
    if (one.type !== "text") {
      if (last?.type === "text") last.text = (last.text as string).replace(/[ \t]+$/, "");
      if (last && !last.text && last.type === "text") out.pop();
      out.push(one);
      continue;
    }
    let text = one.text as string;
    if (!last || last.type === "hardBreak") text = text.replace(/^[ \u00a0]+(?=\S|$)/, "");
    else if (/[ \u00a0]$/.test(last.text as string)) text = text.replace(/^ /, "");
    if (!text) continue;
    const alike = last?.type === "text" && JSON.stringify(last.marks ?? []) === JSON.stringify(one.marks ?? []);
    if (alike) last.text = `${last.text}${text}`;
    else out.push({ type: "text", text, ...(one.marks?.length ? { marks: one.marks } : {}) });
  }
  while (out.length) {
    const last = out[out.length - 1] as Json;
    if (last.type === "text") {
      last.text = (last.text as string).replace(/[ \t\n\u00a0\u200b]+$/, "");
      if (last.text) break;
    }
    out.pop();
  }
  while (out[0]?.type === "hardBreak") out.shift();
  return out;
}
