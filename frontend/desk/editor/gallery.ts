// Galleries: pictures with their own fields, in an order that buttons, keys or dragging change. Owns how consecutive
// pictures become a gallery, and that a gallery with fewer than two pictures is dissolved.

import { Extension, Node, type Editor, type NodeViewRendererProps } from "@tiptap/core";
import type { Node as Block } from "@tiptap/pm/model";
import { NodeSelection, Plugin, type Transaction } from "@tiptap/pm/state";
import { removal } from "./fields";
import { button, element } from "./parts";
import { attributes } from "./text";
import { say } from "./words";

export function gallery() {
  return Node.create({
    name: "gallery",
    addAttributes: () => attributes("gallery"),
    parseHTML: () => [{ tag: "div[data-node=gallery]" }],
    renderHTML: () => ["div", { "data-node": "gallery" }, 0],
    addNodeView: () => (props) => new Gallery(props),
  });
}

class Gallery {
  readonly contentDOM = element("div", { class: "gallery-pictures" });
  readonly dom: HTMLElement;
  private readonly count = element("span");

  constructor(private readonly props: NodeViewRendererProps) {
    const getPos = props.getPos as () => number | undefined;
    const apart = button(say("gallery.apart"), () => this.apart(), { class: "small quiet" });
    this.dom = element(
      "div",
      { class: "node node-gallery", role: "group", "aria-label": say("node.gallery") },
      element(
        "div",
        { class: "node-bar", contenteditable: "false" },
        this.count,
        apart,
        removal(props.editor, "gallery", getPos),
      ),
      this.contentDOM,
    );
    this.update(props.node);
  }

  update(node: Block): boolean {
    if (node.type.name !== "gallery") return false;
    this.count.textContent = say("gallery.count", { n: node.childCount });
    return true;
  }

  private apart(): void {
    const at = this.props.getPos();
    if (at === undefined) return;
    const { doc, tr } = this.props.editor.state;
    const node = doc.nodeAt(at) as Block;
    stand(this.props.editor, tr.replaceWith(at, at + node.nodeSize, node.content), at);
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLButtonElement && !this.contentDOM.contains(event.target);
  }

  ignoreMutation(change: { target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(change.target) || change.target === this.dom;
  }
}

/** The buttons of a picture with neighbours: to change its place, or to make a gallery. */
export function inGallery(at: HTMLElement, { editor, getPos }: NodeViewRendererProps): void {
  const from = getPos();
  if (from === undefined || editor.state.doc.nodeAt(from)?.type.name !== "image") return;
  const $at = editor.state.doc.resolve(from);
  const { parent } = $at;
  const index = $at.index();
  const next = parent.maybeChild(index + 1)?.type.name;
  const place = [parent.type.name, index, parent.childCount, next].join();
  if (at.dataset.place === place) return;
  at.dataset.place = place;
  const buttons: HTMLElement[] = [];
  if (parent.type.name === "gallery") {
    const move = (by: -1 | 1, face: string, name: string): void => {
      const label = say(name);
      const made = button(face, () => moveBy(editor, getPos(), by), { class: "node-move", "aria-label": label, title: label });
      made.disabled = index + by < 0 || index + by >= parent.childCount;
      buttons.push(made);
    };
    move(-1, "↑", "gallery.earlier");
    move(1, "↓", "gallery.later");
    buttons.push(button(say("gallery.out"), () => takeOut(editor, getPos()), { class: "small quiet" }));
  } else if (parent.type.name === "doc" && next === "image") {
    buttons.push(button(say("gallery.make"), () => gather(editor, getPos()), { class: "small quiet" }));
  }
  const focused = [...at.children].indexOf(document.activeElement as Element);
  at.replaceChildren(...buttons);
  if (focused >= 0) (buttons[focused] as HTMLButtonElement | undefined)?.focus();
}

/** Moves a node by one place, and keeps the focus on its button. */
export function moveBy(editor: Editor, at: number | undefined, by: -1 | 1): void {
  if (at === undefined) return;
  const { doc, tr } = editor.state;
  const node = doc.nodeAt(at) as Block;
  const $at = doc.resolve(at);
  const other = $at.parent.maybeChild($at.index() + by);
  if (!other) return;
  tr.delete(at, at + node.nodeSize);
  const to = by < 0 ? at - other.nodeSize : at + other.nodeSize;
  editor.view.dispatch(tr.insert(to, node).scrollIntoView());
  const dom = editor.view.nodeDOM(to);
  const buttons = dom instanceof HTMLElement ? dom.querySelectorAll<HTMLButtonElement>(".node-move") : [];
  const same = buttons[by < 0 ? 0 : 1];
  (same?.disabled ? buttons[by < 0 ? 1 : 0] : same)?.focus(); // so that the next press moves it further
}

function takeOut(editor: Editor, at: number | undefined): void {
  if (at === undefined) return;
  const { doc, tr } = editor.state;
  const node = doc.nodeAt(at) as Block;
  const behind = doc.resolve(at).after();
  stand(editor, tr.insert(behind, node).delete(at, at + node.nodeSize), behind - node.nodeSize);
}

/** Makes a gallery of a picture and the pictures that follow it. */
function gather(editor: Editor, at: number | undefined): void {
  if (at === undefined) return;
  const { doc, tr, schema } = editor.state;
  const pictures: Block[] = [];
  for (let n = doc.resolve(at).index(); doc.maybeChild(n)?.type.name === "image"; n++) pictures.push(doc.child(n));
  const end = at + pictures.reduce((size, one) => size + one.nodeSize, 0);
  stand(editor, tr.replaceWith(at, end, schema.nodes.gallery!.create(null, pictures)), at);
}

/** Changes the body and focuses a node, because the pressed button is gone. */
function stand(editor: Editor, tr: Transaction, at: number): void {
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, at)).scrollIntoView());
  editor.view.focus();
}

/** Replaces a gallery of one picture by that picture, and removes an empty one. `placed`: neighbours may have changed. */
export const galleries = (placed: () => void) => Extension.create({
  name: "galleries",
  addProseMirrorPlugins: () => [
    new Plugin({
      view: () => ({ update: ({ state }, before) => state.doc !== before.doc && placed() }),
      appendTransaction(transactions, _, { doc, tr }) {
        if (!transactions.some((one) => one.docChanged)) return null;
        doc.forEach((node, at) => {
          if (node.type.name !== "gallery" || node.childCount > 1) return;
          tr.replaceWith(tr.mapping.map(at), tr.mapping.map(at + node.nodeSize), node.content);
        });
        return tr.docChanged ? tr : null;
      },
    }),
  ],
});
