// The ids of blocks while they are edited: they are not shown, each is unique, and a new block has none until the server
// gives it one. Also keeps a place to type.

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, type Transaction } from "@tiptap/pm/state";
import { ReplaceAroundStep, ReplaceStep } from "@tiptap/pm/transform";
import { hasSeat } from "./written";

export const Ids = Extension.create({
  name: "ids",
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction(transactions, _, { doc, tr }) {
          return transactions.some(movesBlocks) && (single(doc, tr), seats(tr), tr.docChanged) ? tr : null;
        },
      }),
    ];
  },
});

/** Whether blocks may have been added, removed or split; typing within a block costs nothing here. */
function movesBlocks(transaction: Transaction): boolean {
  return transaction.steps.some(
    (step) =>
      step instanceof ReplaceAroundStep ||
      (step instanceof ReplaceStep &&
        (step.slice.openStart > 0 ||
          step.slice.content.firstChild?.isBlock === true ||
          (step.from !== step.to && !transaction.docs[0]?.resolve(step.from).sameParent(transaction.docs[0].resolve(step.to))))),
  );
}

/** Removes duplicate ids. Of a split block, the half with the words keeps the id. */
function single(doc: Node, tr: Transaction): void {
  const held = new Map<string, { at: number; empty: boolean }>();
  doc.descendants((node, at) => {
    const id = node.attrs.id as string | undefined;
    if (!id) return node.isBlock && !node.isTextblock;
    const first = held.get(id);
    const empty = node.textContent === "" && !node.isAtom;
    if (!first) held.set(id, { at, empty });
    else if (first.empty && !empty) {
      tr.setNodeAttribute(first.at, "id", "");
      held.set(id, { at, empty });
    } else tr.setNodeAttribute(at, "id", "");
    return !node.isTextblock;
  });
}

function seats(tr: Transaction): void {
  const { paragraph } = tr.doc.type.schema.nodes;
  const bare: number[] = [];
  tr.doc.descendants((node, at) => {
    if (!node.childCount && (node.type.name === "listItem" || node.type.name === "tableCell")) bare.push(at + 1);
    return !node.isTextblock;
  });
  for (const at of bare.reverse()) tr.insert(at, paragraph!.create());
  const last = tr.doc.lastChild;
  if (!last || !hasSeat(last)) tr.insert(tr.doc.content.size, paragraph!.create());
}
