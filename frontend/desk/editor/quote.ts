// A quotation: its words, and below them fields for their source and its address.

import { Node, wrappingInputRule } from "@tiptap/core";
import { Fields, removal, shown } from "./fields";
import { element } from "./parts";
import { attributes, carried, carrying } from "./text";

export function quote() {
  return Node.create({
    name: "blockquote",
    addAttributes: () => attributes("blockquote"),
    parseHTML: () => [{ tag: "blockquote", getAttrs: (dom) => carried("blockquote", dom) }],
    renderHTML: ({ node }) => ["blockquote", carrying(node), 0],
    addInputRules() {
      return [wrappingInputRule({ find: /^>\s$/, type: this.type })];
    },
    addKeyboardShortcuts() {
      return {
        "Mod-Shift-9": ({ editor }) => editor.commands.toggleWrap(this.name),
        Tab: ({ editor }) => {
          const { $from } = editor.state.selection;
          const dom = $from.depth && $from.node(1).type === this.type && editor.view.nodeDOM($from.before(1));
          return dom instanceof HTMLElement && (shown.get(dom)?.focus() ?? false);
        },
        Backspace: ({ editor }) => {
          const { empty, $from } = editor.state.selection;
          const first = $from.depth === 2 && $from.node(1).type === this.type && $from.index(1) === 0;
          return empty && first && !$from.parentOffset && editor.commands.lift(this.name);
        },
      };
    },
    addNodeView() {
      return ({ editor, node, getPos }) => {
        const words = element("div", { class: "quote-words" });
        const fields = new Fields(editor, node, getPos, [{ name: "cite" }, { name: "url", as: "address" }]);
        fields.dom.append(removal(editor, "blockquote", getPos));
        const dom = element("blockquote", {}, words, fields.dom);
        shown.set(dom, fields);
        return {
          dom,
          contentDOM: words,
          update: (now) => now.type === node.type && (fields.update(now), true),
          stopEvent: (event) => fields.dom.contains(event.target as globalThis.Node),
          ignoreMutation: (change) => !words.contains(change.target) || change.target === dom,
        };
      };
    },
  });
}
