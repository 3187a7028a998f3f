// Blocks with figures that change while a post is published: results, polls. Each is edited by fields, and so are its lines.
// Owns which fields there are, and adding, removing and moving lines.

import { Node, mergeAttributes, type NodeViewRendererProps } from "@tiptap/core";
import type { Node as Block } from "@tiptap/pm/model";
import { Fields, removal, shown, type Field } from "./fields";
import { moveBy } from "./gallery";
import { button, element } from "./parts";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

const COLORS = ["", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "brown", "grey"];

/** The fields of a node, and the type of its lines. */
const BLOCKS: Record<string, { fields: Field[]; line: string }> = {
  results: {
    fields: [
      { name: "title" },
      { name: "declared", as: "count" },
      { name: "total", as: "count" },
      { name: "units" },
      { name: "needed", as: "count" },
      { name: "called_by" },
      { name: "called_at" },
      { name: "source" },
      { name: "url", as: "address" },
      { name: "given", as: "tick" },
    ],
    line: "result",
  },
  poll: { fields: [{ name: "title" }], line: "pollOption" },
};
const LINES: Record<string, Field[]> = {
  result: [
    { name: "name" },
    { name: "party" },
    { name: "color", as: "choice", choices: COLORS },
    { name: "seats", as: "count" },
    { name: "share", as: "decimal" },
    { name: "votes", as: "count" },
    { name: "before", as: "decimal" },
    { name: "won", as: "tick" },
  ],
  pollOption: [{ name: "name" }],
};

/** What the slash menu inserts: each block with the lines that it always needs. */
export const moving: Record<string, { type: string; content: object[] }> = {
  results: { type: "results", content: [{ type: "result" }, { type: "result" }] },
  poll: { type: "poll", content: [{ type: "pollOption" }, { type: "pollOption" }] },
};

export function movingBlocks() {
  const blocks = Object.keys(BLOCKS).map((name) =>
    Node.create({
      name,
      addAttributes: () => attributes(name),
      parseHTML: () => [{ tag: `figure[data-node=${name}]`, getAttrs: (dom) => carried(name, dom) }],
      renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": name }, carrying(node)), 0],
      addNodeView: () => (props) => new Moving(props, name),
    }),
  );
  const lines = Object.keys(LINES).map((name) =>
    Node.create({
      name,
      addAttributes: () => attributes(name),
      parseHTML: () => [{ tag: `figure[data-node=${name}]`, getAttrs: (dom) => carried(name, dom) }],
      renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": name }, carrying(node))],
      addNodeView: () => (props) => line(props, name),
    }),
  );
  return [...blocks, ...lines];
}

class Moving {
  readonly contentDOM = element("div", { class: "moving-lines" });
  readonly dom: HTMLElement;
  private readonly fields: Fields;
  private readonly around: HTMLElement[];

  constructor(
    { editor, node, getPos }: NodeViewRendererProps,
    private readonly name: string,
  ) {
    const what = say(`node.${name}`);
    const { fields, line } = BLOCKS[name]!;
    this.fields = new Fields(editor, node, getPos, fields);
    const add = button(say(`${name}.add`), () => {
      const at = getPos();
      const now = at === undefined ? null : editor.state.doc.nodeAt(at);
      if (at === undefined || !now) return;
      const end = at + now.nodeSize - 1;
      editor.view.dispatch(editor.state.tr.insert(end, now.type.schema.nodes[line]!.create()).scrollIntoView());
      const dom = editor.view.nodeDOM(end);
      if (dom instanceof HTMLElement) shown.get(dom)?.focus();
    }, { class: "small" });
    const bar = element("div", { class: "node-bar", contenteditable: "false" }, element("span", {}, what), removal(editor, name, getPos));
    const foot = element("div", { class: "table-buttons", contenteditable: "false" }, add);
    this.around = [bar, this.fields.dom, foot];
    this.dom = element("div", { class: `node node-${name}`, role: "group", "aria-label": what }, bar, this.fields.dom, this.contentDOM, foot);
    shown.set(this.dom, this.fields);
  }

  update(node: Block): boolean {
    if (node.type.name !== this.name) return false;
    this.fields.update(node);
    return true;
  }

  stopEvent(event: Event): boolean {
    return isTyping(event, this.dom) && this.around.some((one) => one.contains(event.target as globalThis.Node));
  }

  ignoreMutation(change: { target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(change.target);
  }
}

function line({ editor, node, getPos }: NodeViewRendererProps, name: string) {
  const fields = new Fields(editor, node, getPos, LINES[name]!);
  const move = (by: -1 | 1, face: string, label: string): HTMLElement =>
    button(face, () => moveBy(editor, getPos(), by), { class: "node-move", "aria-label": say(label), title: say(label) });
  const what = say(`node.${name}`);
  const places = element("div", { class: "node-places" }, move(-1, "↑", "gallery.earlier"), move(1, "↓", "gallery.later"), removal(editor, name, getPos));
  const dom = element("div", { class: `moving-line node-${name}`, contenteditable: "false", role: "group", "aria-label": what }, fields.dom, places);
  shown.set(dom, fields);
  return {
    dom,
    update: (now: Block) => now.type === node.type && (fields.update(now), true),
    stopEvent: (event: Event) => isTyping(event, dom),
    ignoreMutation: () => true,
  };
}

/** Whether an event belongs to a field or a button; the rest of a node can be dragged. */
function isTyping(event: Event, dom: HTMLElement): boolean {
  if (event.target === dom) return false;
  const field = /^(INPUT|TEXTAREA|SELECT|OPTION|BUTTON|LABEL)$/.test((event.target as HTMLElement).tagName);
  return field || !(event instanceof DragEvent || event.type === "mousedown");
}
