// A body as JSON, into and out of the editor. Owns that untouched parts leave exactly as they came, including the order of
// marks, which ProseMirror sorts; and which empty paragraphs only give the cursor a place and are no part of the body.

import type { Node, Schema } from "@tiptap/pm/model";
import type { Doc } from "../contracts";
import { KEPT, marks as knownMarks, nodes as knownNodes } from "./schema";

export interface Json {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Json[];
  marks?: Json[];
  text?: string;
}

/** A document's original JSON, and how its blocks are written. */
export class Written {
  private readonly blocks = new WeakMap<Node, { json: Json | null }>();
  private given = new Map<string, { node: Node; json: Json }>();
  private empty = new Set<string>(); // ids of blocks that were empty when they came; they stay
  private orders = new Map<string, Json[]>(); // the original order of marks on the same words

  constructor(private readonly schema: Schema) {}

  /** Makes the editor's document of a body, with places for a cursor. */
  read(doc: Doc): Node {
    this.given = new Map();
    this.empty = new Set();
    this.orders = new Map();
    const blocks = ((doc.content ?? []) as Json[]).map((json) => this.block(json));
    return this.schema.topNodeType.create(null, seated(this.schema, blocks));
  }

  private block(raw: Json): Node {
    const json = plain(raw);
    let node: Node;
    try {
      this.remember(json);
      node = this.schema.nodeFromJSON(filled(json));
      node.check();
      if (!same(this.write(node), json)) throw new RangeError(json.type);
    } catch {
      node = this.schema.nodes[KEPT]!.create({ json: raw });
    }
    this.blocks.set(node, { json: raw });
    if (node.attrs.id) this.given.set(node.attrs.id as string, { node, json: raw });
    return node;
  }

  private remember(json: Json): void {
    const id = (json.attrs?.id as string) ?? "";
    if (id && !json.content?.length) this.empty.add(id);
    for (const inner of json.content ?? []) {
      if (inner.marks && inner.marks.length > 1) this.orders.set(id + unordered(inner.marks), inner.marks);
      else this.remember(inner);
    }
  }

  /** The body of a document, as it is sent to the server. */
  body(doc: Node): Doc {
    const content = this.inside(doc).map(([, json]) => json);
    return content.length ? { type: "doc", content } : { type: "doc" };
  }

  /** The position in the document at which a block of the body begins: `body.content[3].content[0]` is [3, 0]. */
  position(doc: Node, path: number[]): number {
    let at = -1; // before the document itself
    let node = doc;
    for (const step of path) {
      const child = this.inside(node)[step]?.[0];
      if (!child) break;
      at += 1 + offset(node, child);
      node = child;
    }
    return at;
  }

  /** Each block of the body with its path: "body.content[3].content[0]". */
  *standing(doc: Node, at = "body"): Generator<[node: Node, path: string]> {
    for (const [n, [node]] of this.inside(doc).entries()) {
      const path = `${at}.content[${n}]`;
      yield [node, path];
      if (!node.inlineContent && !node.isLeaf) yield* this.standing(node, path);
    }
  }

  /** The blocks with another id in a body that otherwise equals this document; null if the body differs. */
  renamed(node: Node, body: Doc, at = -1): [position: number, id: string][] | null {
    const blocks = this.inside(node);
    const content = ((body.content ?? []) as Json[]).map(plain);
    if (blocks.length !== content.length) return null;
    const out: [number, string][] = [];
    for (const [n, [block, json]] of blocks.entries()) {
      const now = content[n] as Json;
      const { id = "", ...attrs } = now.attrs ?? {};
      const { id: was = "", ...others } = plain(json).attrs ?? {};
      if (json.type !== now.type || !same(attrs, others)) return null;
      const position = at + 1 + offset(node, block);
      if (id !== was) out.push([position, id as string]);
      if (block.inlineContent || block.isLeaf) {
        if (!same(plain(json).content, now.content)) return null;
      } else {
        const inner = this.renamed(block, now as unknown as Doc, position);
        if (!inner) return null;
        out.push(...inner);
      }
    }
    return out;
  }

  private inside(node: Node): [Node, Json][] {
    const out: [Node, Json][] = [];
    node.forEach((child) => {
      const json = this.written(child);
      if (json) out.push([child, json]);
    });
    return out;
  }

  private written(node: Node): Json | null {
    let known = this.blocks.get(node);
    if (!known) {
      const was = this.given.get(node.attrs.id as string);
      known = { json: was?.node.eq(node) ? was.json : this.write(node) };
      this.blocks.set(node, known);
    }
    return known.json;
  }

  private write(node: Node): Json | null {
    const name = node.type.name;
    if (name === KEPT) return node.attrs.json as Json;
    const json: Json = { type: name };
    const attrs = changed(node.attrs, knownNodes[name]?.attrs);
    if (attrs) json.attrs = attrs;
    const content = node.inlineContent
      ? this.words(node)
      : children(node)
          .map((child) => this.write(child))
          .filter((child) => child !== null);
    if (content.length) json.content = content;
    else if (name === "listItem" && this.empty.has(node.attrs.id as string)) json.content = [];
    else if (knownNodes[name]?.content && !this.empty.has(node.attrs.id as string)) return hollow(json);
    return json;
  }

  private words(node: Node): Json[] {
    return children(node).map((inline) => {
      if (!inline.isText) return { type: inline.type.name };
      const json: Json = { type: "text", text: inline.text as string };
      if (!inline.marks.length) return json;
      const marks = inline.marks.map((mark): Json => {
        const attrs = changed(mark.attrs, knownMarks[mark.type.name]?.attrs);
        return attrs ? { type: mark.type.name, attrs } : { type: mark.type.name };
      });
      json.marks = (marks.length > 1 && this.orders.get((node.attrs.id as string) + unordered(marks))) || marks;
      return json;
    });
  }
}

/** Whether a block is an empty place for the cursor: no words, no original, no cell of a table, no source. */
function hollow(json: Json): Json | null {
  if (json.type === "tableCell" || json.type === "tableRow" || json.type === "table") return json;
  if (json.type === "blockquote" && (json.attrs?.cite || json.attrs?.url)) {
    return { ...json, content: [{ type: "paragraph" }] };
  }
  return null;
}

/** Gives a document places to type: in an empty one, and after blocks that are no text. */
export function seated(schema: Schema, blocks: Node[]): Node[] {
  const last = blocks[blocks.length - 1];
  return last && hasSeat(last) ? blocks : [...blocks, schema.nodes.paragraph!.create()];
}

export function hasSeat(last: Node): boolean {
  return last.isTextblock || last.type.name === "bulletList" || last.type.name === "orderedList";
}

/** Gives an item or a cell without a paragraph an empty one. */
function filled(json: Json): Json {
  const content = json.content?.map(filled);
  if (!content?.length && (json.type === "listItem" || json.type === "tableCell")) {
    return { ...json, content: [{ type: "paragraph" }] };
  }
  return content ? { ...json, content } : json;
}

/** The same JSON without defaults and empty lists. */
function plain(json: Json): Json {
  const { type, attrs, content, marks, text } = json;
  const out: Json = { type };
  const said = attrs && changed(attrs, (knownNodes[type] ?? knownMarks[type])?.attrs);
  if (said) out.attrs = said;
  if (content?.length || type === "listItem") out.content = (content ?? []).map(plain); // core requires it of an item
  if (text !== undefined) out.text = text;
  if (marks?.length) out.marks = marks.map(plain);
  return out;
}

function changed(
  attrs: Record<string, unknown>,
  known: Record<string, { default?: unknown }> | undefined,
): Record<string, unknown> | undefined {
  const said = Object.entries(attrs).filter(([name, value]) => value !== known?.[name]?.default);
  return said.length ? Object.fromEntries(said) : undefined;
}

/** The offset of a child in its node. */
function offset(node: Node, child: Node): number {
  let at = 0;
  for (let n = 0; node.child(n) !== child; n++) at += node.child(n).nodeSize;
  return at;
}

function children(node: Node): Node[] {
  return Array.from({ length: node.childCount }, (_, n) => node.child(n));
}

function unordered(marks: Json[]): string {
  return marks.map((mark) => JSON.stringify(mark)).sort().join();
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== "object" || typeof b !== "object" || !a || !b) return a === b;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(b).length && left.every(([key, value]) => same(value, right[key]));
}
