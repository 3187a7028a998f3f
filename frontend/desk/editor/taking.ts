// Inserting files into a body: a node for each at once, where it was dropped or at the cursor. Several pictures together
// become a gallery.

import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Selection } from "@tiptap/pm/state";
import { kindOf } from "./choosing";
import { shown } from "./fields";
import { freshKey, type Incoming } from "./incoming";
import { say } from "./words";

export interface Taking {
  /** `at`: a point in the window. `first`: the field that gets the focus; null: the text. */
  (files: File[], at?: { left: number; top: number } | null, first?: "caption" | "alt" | null): void;
}

const made = new WeakMap<Editor, Taking>();

/** Returns the function that inserts files into an editor's body. */
export function takingOf(editor: Editor): Taking {
  return made.get(editor)!;
}

export function taking(editor: Editor, incoming: Incoming, refuse: (sentence: string) => void): void {
  made.set(editor, (files, at = null, first = "caption") => {
    const { schema } = editor.state;
    const taken: [key: string, file: File][] = [];
    const node = (type: string, file: File): Node => {
      const key = freshKey();
      taken.push([key, file]);
      return schema.nodes[type]!.create({ id: key });
    };
    const of = (kind: string): File[] => files.filter((file) => kindOf(file) === kind);
    const pictures = of("image").map((file) => node("image", file));
    const nodes = [
      ...(pictures.length > 1 ? [schema.nodes.gallery!.create(null, pictures)] : pictures),
      ...of("video").map((file) => node("video", file)),
      ...of("audio").map((file) => node("audio", file)),
    ];
    const others = files.filter((file) => !kindOf(file)).map(({ name }) => say("file.quoted", { name }));
    if (others.length) refuse(say("file.unknown", { names: others.join(", ") }));
    if (!nodes.length) return;
    for (const [key, file] of taken) void incoming.take(key, file); // first, because its node asks for it when it is drawn
    const from = put(editor, nodes, at);
    if (!first) return editor.view.focus();
    const dom = editor.view.nodeDOM(nodes[0]!.type.name === "gallery" ? from + 1 : from);
    if (dom instanceof HTMLElement) shown.get(dom)?.focus(first);
  });
}

/** Inserts blocks after the block at a position, or in place of an empty paragraph, and puts the cursor after them. */
function put(editor: Editor, nodes: Node[], place: { left: number; top: number } | null): number {
  const { tr, doc, selection } = editor.state;
  const at = (place && editor.view.posAtCoords(place)?.pos) ?? selection.to;
  const $at = doc.resolve(Math.min(at, doc.content.size));
  const block = $at.depth ? $at.node(1) : null;
  const empty = block?.type.name === "paragraph" && !block.content.size;
  const to = $at.depth ? $at.after(1) : $at.pos;
  const from = empty ? $at.before(1) : to;
  tr.replaceWith(from, to, nodes);
  const end = from + nodes.reduce((size, node) => size + node.nodeSize, 0);
  if (end >= tr.doc.content.size) tr.insert(tr.doc.content.size, editor.schema.nodes.paragraph!.create());
  tr.setSelection(Selection.near(tr.doc.resolve(end), 1));
  editor.view.dispatch(tr.scrollIntoView());
  return from;
}
