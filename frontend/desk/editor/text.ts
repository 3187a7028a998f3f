// Running text: paragraphs, headings, lists, line ends and marks, and the keys and typed beginnings that make them.

import { Mark, Node, textblockTypeInputRule, wrappingInputRule, type KeyboardShortcutCommand } from "@tiptap/core";
import type { Node as Block } from "@tiptap/pm/model";
import { marks, nodes } from "./schema";

/** How a node's attributes behave: an id is neither shown nor parsed, and the new half of a split block has none. */
export function attributes(name: string): Record<string, object> {
  return Object.fromEntries(
    Object.keys(nodes[name]?.attrs ?? {}).map((attribute) => [
      attribute,
      { rendered: false, parseHTML: () => undefined, keepOnSplit: attribute !== "id" },
    ]),
  );
}

/** How a node's attributes are copied: all except its id. */
export function carrying(node: Block): Record<string, string> {
  const { id: _, ...attrs } = node.attrs;
  return { "data-attrs": JSON.stringify(attrs) };
}

/** Parses copied attributes. They may come from any page, so only known names and types are accepted. */
export function carried(name: string, dom: HTMLElement): Record<string, unknown> {
  let found: unknown = null;
  try {
    found = JSON.parse(dom.dataset.attrs ?? "null");
  } catch {
    // not of our making
  }
  const known = Object.entries(nodes[name]?.attrs ?? {}).filter(([attribute]) => attribute !== "id");
  const values = (found ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    known
      // null is an unknown number.
      .filter(([name, said]) => typeof values[name] === (said.default === null ? "number" : typeof said.default))
      .map(([attribute]) => [attribute, values[attribute]]),
  );
}

const Document = Node.create({ name: "doc", topNode: true });
const Text = Node.create({ name: "text" });

const Paragraph = Node.create({
  name: "paragraph",
  priority: 1000,
  addAttributes: () => attributes("paragraph"),
  parseHTML: () => [{ tag: "p" }],
  renderHTML: () => ["p", { dir: "auto" }, 0],
});

const Heading = Node.create({
  name: "heading",
  addAttributes: () => attributes("heading"),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, attrs: { level: Math.min(3, Math.max(1, n - 2)) } })),
  renderHTML: ({ node }) => [`h${2 + (node.attrs.level as number)}`, { dir: "auto" }, 0],
  addInputRules() {
    return [
      textblockTypeInputRule({
        find: /^(#{1,4})\s$/,
        type: this.type,
        // The post has its own headline, so "#" and "##" both make the highest heading in a body.
        getAttributes: (match) => ({ level: Math.max(1, (match[1] as string).length - 1) }),
      }),
    ];
  },
  addKeyboardShortcuts() {
    return {
      Backspace: ({ editor }) => {
        const { empty, $from } = editor.state.selection;
        if (!empty || $from.parentOffset || $from.parent.type !== this.type) return false;
        return editor.commands.setNode("paragraph", { id: $from.parent.attrs.id });
      },
    };
  },
});

const LineEnd = Node.create({
  name: "hardBreak",
  parseHTML: () => [{ tag: "br" }],
  renderHTML: () => ["br"],
  renderText: () => "\n",
  addKeyboardShortcuts() {
    const lineEnd: KeyboardShortcutCommand = ({ editor }) =>
      editor.commands.command(({ tr }) => {
        if (!tr.selection.$from.parent.inlineContent) return false;
        tr.replaceSelectionWith(this.type.create()).scrollIntoView(); // typing continues in bold
        return true;
      });
    return { "Shift-Enter": lineEnd };
  },
});

function list(name: string, tag: string, typed: RegExp, key: string) {
  return Node.create({
    name,
    group: "list",
    addAttributes: () => attributes(name),
    parseHTML: () => [{ tag }],
    renderHTML: () => [tag, 0],
    addInputRules() {
      return [wrappingInputRule({ find: typed, type: this.type })];
    },
    addKeyboardShortcuts() {
      return { [key]: ({ editor }) => editor.commands.toggleList(name, "listItem") };
    },
  });
}

const BulletList = list("bulletList", "ul", /^\s*([-*•])\s$/, "Mod-Shift-8");
const OrderedList = list("orderedList", "ol", /^(1[.)])\s$/, "Mod-Shift-7");

const ListItem = Node.create({
  name: "listItem",
  addAttributes: () => attributes("listItem"),
  parseHTML: () => [{ tag: "li" }],
  renderHTML: () => ["li", 0],
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => editor.commands.splitListItem(this.name),
      // Tab leaves the editor if there is nothing to indent, so that the keyboard is not trapped.
      Tab: ({ editor }) => editor.commands.sinkListItem(this.name),
      "Shift-Tab": ({ editor }) => editor.commands.liftListItem(this.name),
      Backspace: ({ editor }) => {
        const { empty, $from } = editor.state.selection;
        const first = $from.depth > 1 && $from.node(-1).type === this.type && $from.index(-1) === 0;
        return empty && first && !$from.parentOffset && editor.commands.liftListItem(this.name);
      },
    };
  },
});

const TAGS: Record<string, { tags: string[]; key?: string }> = {
  bold: { tags: ["strong", "b"], key: "Mod-b" },
  italic: { tags: ["em", "i"], key: "Mod-i" },
  strike: { tags: ["s", "del", "strike"], key: "Mod-Shift-x" },
  subscript: { tags: ["sub"], key: "Mod-," },
  superscript: { tags: ["sup"], key: "Mod-." },
};

const Marks = Object.keys(marks)
  .filter((name) => name in TAGS)
  .map((name) => {
    const { tags, key } = TAGS[name] as { tags: string[]; key?: string };
    return Mark.create({
      name,
      parseHTML: () => tags.map((tag) => ({ tag })),
      renderHTML: () => [tags[0] as string, 0],
      addKeyboardShortcuts: () => (key ? { [key]: ({ editor }) => editor.commands.toggleMark(name) } : {}),
    });
  });

export const text = [Document, Text, Paragraph, Heading, LineEnd, BulletList, OrderedList, ListItem, ...Marks];
