// An address that was pasted alone, into a paragraph of its own: it is a link at once, and a card, post or film as soon as
// the server knows what it holds. Nobody waits for that; where something was written meanwhile, the link stays.

import type { Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import type { Look, Pasted } from "../../contracts";
import { say } from "../words";

/** Where paragraphs stand whose addresses are being looked up, and blocks that were made of some; by their addresses. */
const places = new PluginKey<ReadonlyMap<string, number>>("lookup");

export function lookingUp() {
  return new Plugin<ReadonlyMap<string, number>>({
    key: places,
    state: {
      init: () => new Map(),
      apply(tr, was) {
        const mapped = [...was].map(([address, at]) => [address, tr.mapping.mapResult(at, 1)] as const);
        const now = new Map(mapped.filter(([, at]) => !at.deletedAfter).map(([address, at]) => [address, at.pos]));
        const [address, at] = (tr.getMeta(places) as [string, number] | undefined) ?? [];
        return address === undefined ? now : now.set(address, at!);
      },
    },
  });
}

/** Looks up the address of the paragraph at a place. */
export async function lookUp(editor: Editor, address: string, at: number, look: Look, pasted: Pasted): Promise<void> {
  editor.view.dispatch(editor.state.tr.setMeta(places, [address, at]).setMeta("addToHistory", false));
  const link = editor.state.doc.nodeAt(at);
  const found = await look(address).catch(() => null);
  if (!link || !found?.block || editor.isDestroyed) return;
  const block = editor.schema.nodeFromJSON(found.block);
  if (!put(editor, address, link, block)) return;
  const said = `${say(`node.${block.type.name}`)}: ${(block.attrs.title || block.attrs.author || address) as string}`;
  pasted(found.unread ? `${said} · ${found.unread}` : said, () => put(editor, address, block, link));
}

/** Puts a block in the place of another that nobody has changed. Undo takes it back alone. */
function put(editor: Editor, address: string, was: Node, now: Node): boolean {
  const { state, view } = editor;
  const at = places.getState(state)?.get(address);
  if (at === undefined || !state.doc.nodeAt(at)?.eq(was)) return false;
  const there = state.selection.from > at && state.selection.to < at + was.nodeSize;
  const tr = state.tr.replaceWith(at, at + was.nodeSize, now);
  const behind = at + now.nodeSize;
  if (there && now.isAtom) {
    if (!tr.doc.nodeAt(behind)) tr.insert(behind, state.schema.nodes.paragraph!.create());
    tr.setSelection(TextSelection.near(tr.doc.resolve(behind + 1)));
  }
  view.dispatch(closeHistory(tr.setMeta(places, [address, at])).scrollIntoView());
  return true;
}
