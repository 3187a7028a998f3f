// Underlines words about which the desk has a suggestion; the underlines move with the text. Owns finding the words; the
// list (../ledger/suggesting.ts) has the suggestions.

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Marked } from "../contracts";

const KEY = new PluginKey<DecorationSet>("marks");

/** `block`: finds the position of a block in the document. */
export const marks = Extension.create({
  name: "marks",
  addProseMirrorPlugins: () => [
    new Plugin({
      key: KEY,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, set) {
          const fresh = tr.getMeta(KEY) as DecorationSet | undefined;
          return fresh ?? (tr.docChanged ? set.map(tr.mapping, tr.doc) : set);
        },
      },
      props: { decorations: (state) => KEY.getState(state) },
    }),
  ],
});

export function marked(state: EditorState, found: Marked[], block: (doc: Node, step: number) => number): EditorState["tr"] {
  const { doc, tr } = state;
  const shown = found.flatMap((one) => {
    const at = one.block < 0 ? -1 : block(doc, one.block);
    const node = at < 0 ? null : doc.nodeAt(at);
    const place = node && standing(node, at, one);
    const attributes = { class: `marked marked-${one.tone}${one.current ? " marked-current" : ""}`, "data-marked": one.key };
    return place ? [Decoration.inline(place, place + one.exact.length, attributes)] : [];
  });
  return tr.setMeta(KEY, DecorationSet.create(doc, shown)).setMeta("addToHistory", false);
}

/** The position of the given occurrence of words in a block; null if there is none. */
function standing(block: Node, at: number, { exact, nth }: Marked): number | null {
  const found: number[] = [];
  const look = (text: Node, start: number): void => {
    const words = text.textBetween(0, text.content.size, undefined, "\n");
    for (let from = words.indexOf(exact); from >= 0; from = words.indexOf(exact, from + exact.length)) found.push(start + from);
  };
  if (block.isTextblock) look(block, at + 1);
  else block.descendants((node, offset) => (node.isTextblock ? (look(node, at + 1 + offset + 1), false) : true));
  return found[Math.min(nth, found.length - 1)] ?? null;
}
