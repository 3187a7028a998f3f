// Tables: rows of cells as in core, without spans, so ProseMirror's own module, which needs spans, does not fit. Owns the
// view with its caption and buttons, and adding and removing rows and columns.

import { Node, mergeAttributes, type Editor } from "@tiptap/core";
import type { Node as Block, ResolvedPos } from "@tiptap/pm/model";
import { Plugin, TextSelection, type Transaction } from "@tiptap/pm/state";
import { Fields, removal, shown } from "./fields";
import { button, element } from "./parts";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

/** A cell and its position. */
interface Place {
  table: Block;
  at: number; // of the table
  row: number;
  column: number;
}

function placeOf($pos: ResolvedPos): Place | null {
  for (let depth = $pos.depth; depth > 2; depth--) {
    if ($pos.node(depth).type.name !== "tableCell") continue;
    return {
      table: $pos.node(depth - 2),
      at: $pos.before(depth - 2),
      row: $pos.index(depth - 2),
      column: $pos.index(depth - 1),
    };
  }
  return null;
}

/** The position of a row, or of its cell `column`. */
function startOf({ table, at }: Place, row: number, column?: number): number {
  let start = at + 1;
  for (let n = 0; n < row; n++) start += table.child(n).nodeSize;
  if (column === undefined) return start;
  start += 1;
  for (let n = 0; n < column; n++) start += table.child(row).child(n).nodeSize;
  return start;
}

function headed(row: Block): boolean {
  let all = true;
  row.forEach((cell) => (all &&= cell.attrs.header as boolean));
  return all;
}

type Change = (tr: Transaction, place: Place) => void;

function cell(of: Block, header: boolean): Block {
  const { tableCell, paragraph } = of.type.schema.nodes;
  return tableCell!.create({ header }, paragraph!.create());
}

const addRow: Change = (tr, place) => {
  const row = place.table.child(place.row);
  const heads = headed(row);
  const cells: Block[] = [];
  row.forEach((was) => cells.push(cell(was, !heads && (was.attrs.header as boolean))));
  const at = startOf(place, place.row) + row.nodeSize;
  tr.insert(at, row.type.create(null, cells));
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
};

const addColumn: Change = (tr, place) => {
  for (let n = place.table.childCount - 1; n >= 0; n--) {
    const row = place.table.child(n);
    const column = Math.min(place.column + 1, row.childCount);
    tr.insert(startOf(place, n, column), cell(row, headed(row)));
  }
};

const removeTable: Change = (tr, { at, table }) => {
  tr.delete(at, at + table.nodeSize);
};

const removeRow: Change = (tr, place) => {
  if (place.table.childCount === 1) return removeTable(tr, place);
  const at = startOf(place, place.row);
  tr.delete(at, at + place.table.child(place.row).nodeSize);
};

const removeColumn: Change = (tr, place) => {
  const narrow = (row: Block): boolean => row.childCount === 1 && place.column === 0;
  const rows = Array.from({ length: place.table.childCount }, (_, n) => place.table.child(n));
  if (rows.every(narrow)) return removeTable(tr, place);
  for (let n = rows.length - 1; n >= 0; n--) {
    const row = rows[n] as Block;
    const at = narrow(row) ? startOf(place, n) : startOf(place, n, place.column);
    if (narrow(row)) tr.delete(at, at + row.nodeSize);
    else if (place.column < row.childCount) tr.delete(at, at + row.child(place.column).nodeSize);
  }
};

const toggleHeader: Change = (tr, place) => {
  const now = place.table.child(place.row).child(place.column).attrs.header as boolean;
  tr.setNodeAttribute(startOf(place, place.row, place.column), "header", !now);
};

const CHANGES: Record<string, Change> = {
  "table.row.add": addRow,
  "table.column.add": addColumn,
  "table.row.remove": removeRow,
  "table.column.remove": removeColumn,
  "table.header": toggleHeader,
};

function move(editor: Editor, by: 1 | -1): boolean {
  const { state, view } = editor;
  const place = placeOf(state.selection.$from);
  if (!place) return false;
  const { tr } = state;
  let { row, column } = place;
  column += by;
  if (column < 0) column = (place.table.maybeChild(--row)?.childCount ?? 0) - 1;
  else if (column >= place.table.child(row).childCount) [row, column] = [row + 1, 0];
  if (row < 0) return false;
  if (row >= place.table.childCount) addRow(tr, place);
  else tr.setSelection(TextSelection.near(tr.doc.resolve(startOf(place, row, column) + 1)));
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** Makes a table of empty cells, the first row as header. */
export function newTable(rows: number, columns: number): { type: string; content: object[] } {
  const line = (header: boolean): object => ({
    type: "tableRow",
    content: Array.from({ length: columns }, () => ({
      type: "tableCell",
      attrs: { header },
      content: [{ type: "paragraph" }],
    })),
  });
  return { type: "table", content: Array.from({ length: rows }, (_, n) => line(n === 0)) };
}

export function tables() {
  const table = Node.create({
    name: "table",
    addAttributes: () => attributes("table"),
    parseHTML: () => [{ tag: "table", getAttrs: (dom) => carried("table", dom) }],
    renderHTML: ({ node }) => ["table", carrying(node), ["tbody", 0]],
    addKeyboardShortcuts: () => ({
      Tab: ({ editor }) => move(editor, 1),
      "Shift-Tab": ({ editor }) => move(editor, -1),
      Escape: ({ editor }) => {
        const place = placeOf(editor.state.selection.$from);
        const dom = place && editor.view.nodeDOM(place.at);
        return dom instanceof HTMLElement && (shown.get(dom)?.focus() ?? false);
      },
    }),
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          // Typing over a selection across cells would join them, so a selection stays in its cell.
          createSelectionBetween(_, $anchor, $head) {
            const [from, to] = [placeOf($anchor), placeOf($head)];
            if (!from || !to || from.at !== to.at || (from.row === to.row && from.column === to.column)) return null;
            const start = startOf(from, from.row, from.column);
            const end = start + from.table.child(from.row).child(from.column).nodeSize;
            const edge = $anchor.doc.resolve($head.pos < $anchor.pos ? start + 1 : end - 1);
            return TextSelection.between($anchor, edge, $head.pos < $anchor.pos ? 1 : -1);
          },
        },
      }),
    ],
    addNodeView() {
      return ({ editor, node, getPos }) => {
        const rows = element("tbody");
        const fields = new Fields(editor, node, getPos, [{ name: "caption" }]);
        const act = (change: Change): void => {
          const at = getPos();
          if (at === undefined) return;
          const { doc, selection, tr } = editor.state;
          const here = placeOf(selection.$from);
          const now = doc.nodeAt(at) as Block;
          const last = { table: now, at, row: now.childCount - 1, column: now.child(now.childCount - 1).childCount - 1 };
          change(tr, here?.at === at ? here : last);
          editor.view.dispatch(tr.scrollIntoView());
          editor.view.focus();
        };
        const buttons = Object.entries(CHANGES).map(([name, change]) => button(say(name), () => act(change)));
        fields.dom.append(
          element("div", { class: "table-buttons" }, ...buttons, removal(editor, "table", getPos)),
        );
        fields.dom.addEventListener("keydown", (event) => {
          if (event.key !== "Escape" || event.defaultPrevented) return;
          event.preventDefault();
          event.stopPropagation();
          editor.view.focus();
        });
        const dom = element("div", { class: "node node-table" }, element("div", { class: "table-scroll" }, element("table", {}, rows)), fields.dom);
        shown.set(dom, fields);
        return {
          dom,
          contentDOM: rows,
          update: (now) => now.type === node.type && (fields.update(now), true),
          stopEvent: (event) => fields.dom.contains(event.target as globalThis.Node),
          ignoreMutation: (change) => !rows.contains(change.target),
        };
      };
    },
  });

  const row = Node.create({
    name: "tableRow",
    addAttributes: () => attributes("tableRow"),
    parseHTML: () => [{ tag: "tr" }],
    renderHTML: () => ["tr", 0],
  });

  const tableCell = Node.create({
    name: "tableCell",
    addAttributes: () => attributes("tableCell"),
    parseHTML: () => [
      { tag: "td" },
      { tag: "th", getAttrs: () => ({ header: true }) },
    ],
    renderHTML: ({ node, HTMLAttributes }) => [node.attrs.header ? "th" : "td", mergeAttributes(HTMLAttributes), 0],
  });

  return [table, row, tableCell];
}
