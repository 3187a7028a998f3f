// The editor of a body, a separate bundle that the composer loads. Owns how its parts are combined, and that undo begins
// anew with another document. The composer stores and sends its content.

import { Editor, Extension, type AnyExtension } from "@tiptap/core";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { history, redo, undo } from "@tiptap/pm/history";
import { EditorState, Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import type { Doc, Mount, Problem } from "../contracts";
import { embeds } from "./embeds";
import { enter, fieldsIn, shown } from "./fields";
import { film } from "./film";
import { galleries, gallery } from "./gallery";
import { Ids } from "./ids";
import { Incoming, QUIET } from "./incoming";
import { kept } from "./kept";
import { link } from "./link";
import { marked, marks } from "./marks";
import { menu } from "./menu";
import { movingBlocks } from "./moving";
import { paste } from "./paste/paste";
import { picture } from "./picture";
import { quote } from "./quote";
import { spec } from "./schema";
import { tables } from "./table";
import { taking, takingOf } from "./taking";
import { text } from "./text";
import { tools } from "./tools";
import { Written } from "./written";

const MARGIN_PX = 8;

export const mount: Mount = (at, options) => {
  let show: (() => void) | null = null; // updates the buttons for the cursor's position
  const incoming = new Incoming(options.arrivals, options.arrived);
  const pictures = [picture(incoming), gallery(), film("video", incoming), film("audio", incoming)];
  const placed = (): void => incoming.drawn.forEach((one) => one.placed());
  const editor: Editor = new Editor({
    element: at,
    injectCSS: false,
    schemaSpec: spec,
    enableCoreExtensions: { delete: false, drop: false, paste: false, textDirection: false },
    enablePasteRules: false,
    extensions: [
      ...text,
      link(),
      quote(),
      ...pictures,
      ...embeds(),
      ...tables(),
      ...movingBlocks(),
      kept(),
      menu(options.command),
      paste({ pasted: options.pasted, look: options.look, takes: () => takingOf(editor), reading: options.reading }),
      Ids,
      galleries(placed),
      marks,
      Undo,
      empty(options.placeholder),
    ] as AnyExtension[],
    editorProps: {
      scrollThreshold: covered(options.covered),
      scrollMargin: covered(options.covered),
      attributes: {
        class: "body-editor",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": options.label,
        "aria-placeholder": options.placeholder,
        lang: options.language,
      },
    },
    onTransaction({ transaction }) {
      show?.();
      if (transaction.docChanged && !transaction.getMeta(QUIET)) options.changed();
    },
  });
  taking(editor, incoming, options.pasted);
  at.classList.add("body-editor-room");
  show = tools(at, editor);
  const publish = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    options.command("publish");
  };
  at.addEventListener("keydown", publish); // also from a node's fields
  const written = new Written(editor.schema);

  function replace(doc: Doc): void {
    const { plugins } = editor.state;
    editor.view.updateState(EditorState.create({ doc: written.read(doc), plugins }));
  }
  replace(options.doc);

  /** Shows a problem at the field that it names. Returns whether there is such a field. */
  function point({ field, message }: Problem): boolean {
    const [, path = "", attribute = ""] = /^body((?:\.content\[\d+\])+)\.attrs\.(\w+)$/.exec(field) ?? [];
    if (!path) return false;
    const steps = [...path.matchAll(/\d+/g)].map(([step]) => Number(step));
    const dom = editor.view.nodeDOM(written.position(editor.state.doc, steps));
    return dom instanceof HTMLElement && (shown.get(dom)?.wrong(attribute, message) ?? false);
  }

  return {
    doc: () => written.body(editor.state.doc),
    set(doc) {
      const ids = written.renamed(editor.state.doc, doc);
      if (!ids) return replace(doc);
      const { tr } = editor.state;
      for (const [position, id] of ids) tr.setNodeAttribute(position, "id", id);
      if (tr.docChanged) editor.view.dispatch(tr.setMeta("addToHistory", false).setMeta(QUIET, true));
    },
    focus: () => editor.view.focus(), // at once, because the person may already be typing
    empty: () => !written.body(editor.state.doc).content,
    wrong(problems) {
      for (const fields of fieldsIn(editor.view.dom)) fields.clear();
      const unplaced = problems.filter((problem) => !point(problem));
      const first = editor.view.dom.querySelector<HTMLElement>("[aria-invalid=true]");
      first?.focus();
      return unplaced;
    },
    take: (files, where, first) => takingOf(editor)(files, where, first),
    waiting: () => incoming.waiting,
    mark: (found) => editor.view.dispatch(marked(editor.state, found, (doc, step) => written.position(doc, [step]))),
    missing: () => incoming.missing(written.standing(editor.state.doc)),
    destroy() {
      editor.destroy();
      at.removeEventListener("keydown", publish);
      at.replaceChildren();
      at.classList.remove("body-editor-room");
    },
  };
};

/** The distance that the cursor keeps from the view's edges: what covers them at the moment. */
function covered(asked: () => { top: number; bottom: number }) {
  return {
    left: 0,
    right: 0,
    get top() {
      return asked().top + MARGIN_PX;
    },
    get bottom() {
      return asked().bottom + MARGIN_PX;
    },
  };
}

const Undo = Extension.create({
  name: "undo",
  addProseMirrorPlugins: () => [history({ newGroupDelay: 500 }), gapCursor()],
  addKeyboardShortcuts() {
    const back = () => undo(this.editor.state, this.editor.view.dispatch);
    const forth = () => redo(this.editor.state, this.editor.view.dispatch);
    const into = () => enter(this.editor); // the fields of a selected picture
    return { "Mod-z": back, "Mod-y": forth, "Mod-Shift-z": forth, Enter: into, Tab: into };
  },
});

/** Shows what an empty body is for. */
function empty(placeholder: string) {
  return Extension.create({
    name: "empty",
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          decorations({ doc }) {
            const first = doc.firstChild;
            if (doc.childCount !== 1 || first?.type.name !== "paragraph" || first.content.size) return null;
            const shown = { class: "is-empty", "data-placeholder": placeholder };
            return DecorationSet.create(doc, [Decoration.node(0, first.nodeSize, shown)]);
          },
        },
      }),
    ],
  });
}
