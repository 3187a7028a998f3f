// The slash menu: "/" at the beginning of a line lists what can be inserted there. Typing filters, arrows choose, Enter
// inserts, Escape leaves the slash as text.

import { Extension, type Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection, Plugin, PluginKey, Selection, TextSelection, type EditorState } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { choose } from "./choosing";
import { enter } from "./fields";
import { moving } from "./moving";
import { element, unused } from "./parts";
import { under } from "./popover";
import { newTable } from "./table";
import { takingOf } from "./taking";
import { say } from "./words";

type Does = (editor: Editor) => void;

function put(block: { type: string; content?: object[] }): Does {
  return (editor) => {
    const { doc, tr, schema, selection } = editor.state;
    const { $from } = selection;
    const address = addressOf(doc.maybeChild($from.index(0) - 1));
    const field = block.type === "image" ? "src" : "url";
    const takes = address && field in (schema.nodes[block.type]!.spec.attrs ?? {});
    const node = schema.nodeFromJSON(takes ? { ...block, attrs: { [field]: address } } : block);
    let at = $from.parent.content.size ? $from.after(1) : $from.before(1); // words on the line stay
    if (takes) at = $from.posAtIndex($from.index(0) - 1, 0); // but the address in the paragraph above is now in its field
    tr.replaceWith(at, takes && $from.parent.content.size ? $from.before(1) : $from.after(1), node);
    const fields = node.isAtom || node.firstChild?.isAtom; // a node with words only in its fields
    if (fields) tr.setSelection(NodeSelection.create(tr.doc, at));
    else tr.setSelection(Selection.near(tr.doc.resolve(at + 1)));
    editor.view.dispatch(tr.scrollIntoView());
    if (fields) enter(editor);
    else editor.view.focus();
  };
}

/** Opens the device's pictures. */
function pictures(editor: Editor): void {
  editor.view.focus();
  choose("image/*", true, (files) => takingOf(editor)(files));
}

/** The address if a paragraph contains only an address, which was pasted to become a card or a picture. */
function addressOf(block: Node | null): string {
  const words = block?.type.name === "paragraph" && block.childCount === 1 ? block.firstChild : null;
  const link = words?.marks.find((mark) => mark.type.name === "link")?.attrs.href as string | undefined;
  return link && words?.text === link ? link : "";
}

/** Its label in the menu (and search words), the sign that inserts it without the menu, and its command. */
interface Item {
  name: string;
  typed?: string;
  does: Does | "command";
  /** Only where a separate block is allowed. */
  own?: true;
}

const ITEMS: Item[] = [
  { name: "key", does: "command" },
  { name: "summary", does: "command" },
  { name: "update", does: "command" },
  { name: "quote", typed: ">", own: true, does: (editor) => editor.commands.wrapIn("blockquote") },
  { name: "list", typed: "-", does: (editor) => editor.commands.toggleList("bulletList", "listItem") },
  { name: "numbered", typed: "1.", does: (editor) => editor.commands.toggleList("orderedList", "listItem") },
  { name: "heading", typed: "##", own: true, does: (editor) => editor.commands.setNode("heading", { level: 1 }) },
  { name: "table", own: true, does: put(newTable(3, 2)) },
  { name: "results", own: true, does: put(moving.results!) },
  { name: "score", own: true, does: put({ type: "score" }) },
  { name: "poll", own: true, does: put(moving.poll!) },
  { name: "picture", own: true, does: pictures },
  { name: "post", own: true, does: put({ type: "socialEmbed" }) },
  { name: "card", own: true, does: put({ type: "linkCard" }) },
  { name: "video", own: true, does: put({ type: "video" }) },
  { name: "audio", own: true, does: put({ type: "audio" }) },
  { name: "address", own: true, does: put({ type: "image" }) },
];

interface Open {
  from: number; // the position of the slash
  query: string;
}
interface Told {
  open: Open | null;
  dismissed: number | null; // the position of a slash that was left as text
}
const key = new PluginKey<Told>("menu");

/** The slash at the beginning of the cursor's line, and the text typed after it. */
function slash({ selection }: EditorState): Open | null {
  const { $from, empty } = selection;
  if (!empty || $from.parent.type.name !== "paragraph") return null;
  const line = $from.parent.textBetween(0, $from.parentOffset, "\n", "\n");
  const found = /(?:^|\n)\/([\p{L}\p{N} ]{0,20})$/u.exec(line);
  return found ? { from: $from.pos - (found[1] as string).length - 1, query: found[1] as string } : null;
}

export function menu(command: (name: string) => void) {
  return Extension.create({
    name: "menu",
    priority: 900,
    addProseMirrorPlugins() {
      return [plugin(this.editor, command)];
    },
  });
}

/** Opens the menu for a button, by inserting the slash. */
export function openMenu(editor: Editor): void {
  const { $from } = editor.state.selection;
  editor.view.focus();
  if ($from.parent.type.name === "paragraph" && !$from.parent.content.size) editor.commands.insertContent("/");
  else {
    const at = $from.depth ? $from.after(1) : editor.state.doc.content.size;
    const { tr, schema } = editor.state;
    tr.insert(at, schema.nodes.paragraph!.create(null, schema.text("/")));
    editor.view.dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 2)).scrollIntoView());
  }
}

function plugin(editor: Editor, command: (name: string) => void): Plugin<Told> {
  let list: List | null = null;

  const take = (item: Item): void => {
    const open = key.getState(editor.state)?.open;
    if (!open) return;
    editor.view.dispatch(editor.state.tr.delete(open.from, editor.state.selection.from));
    if (item.does === "command") command(item.name);
    else item.does(editor);
  };

  return new Plugin<Told>({
    key,
    state: {
      init: () => ({ open: null, dismissed: null }),
      apply(tr, was, _, state) {
        const dismissed: number | null = tr.getMeta(key) ?? (was.dismissed === null ? null : tr.mapping.map(was.dismissed));
        if (!was.open && !tr.docChanged) return { open: null, dismissed }; // only typing opens it
        const open = slash(state);
        if (open && open.from === dismissed) return { open: null, dismissed };
        return { open, dismissed: open ? null : dismissed };
      },
    },
    props: {
      handleKeyDown: (_, event) => list?.key(event) ?? false,
      handleDOMEvents: {
        blur: () => {
          list?.destroy();
          list = null;
          return false;
        },
      },
    },
    view: () => ({
      update(view, before) {
        const now = key.getState(view.state)?.open ?? null;
        if (now === key.getState(before)?.open) return;
        if (!now || !view.hasFocus()) {
          list?.destroy();
          list = null;
          return;
        }
        list ??= new List(view, take, () => view.dispatch(view.state.tr.setMeta(key, now.from)));
        list.show(now, allowed(view.state));
        if (list.hopeless) {
          list.destroy();
          list = null;
        }
      },
      destroy: () => list?.destroy(),
    }),
  });
}

function allowed(state: EditorState): Item[] {
  const own = state.selection.$from.depth === 1;
  const nested = state.selection.$from.depth > 1 && state.selection.$from.node(-1).type.name !== "tableCell";
  return ITEMS.filter((item) => own || item.does === "command" || (nested && !item.own));
}

/** The list on the screen. The cursor stays in the text; aria-activedescendant names the chosen entry. */
class List {
  private readonly dom = element("div", {
    class: "editor-popover editor-menu",
    role: "listbox",
    id: unused(),
    tabindex: 0, // it may scroll
    "aria-label": say("menu"),
  });
  private items: Item[] = [];
  private chosen = 0;

  constructor(
    private readonly view: EditorView,
    private readonly take: (item: Item) => void,
    private readonly dismiss: () => void,
  ) {
    view.dom.parentElement?.append(this.dom);
    view.dom.setAttribute("aria-controls", this.dom.id);
    view.dom.setAttribute("aria-autocomplete", "list");
  }

  get hopeless(): boolean {
    return !this.items.length;
  }

  show({ from, query }: Open, may: Item[]): void {
    const wanted = query.trim().toLowerCase();
    const called = ({ name }: Item): string => `${name} ${say(`menu.${name}`)}`.toLowerCase();
    const starts = (item: Item): boolean => called(item).split(/\s+/).some((word) => word.startsWith(wanted));
    this.items = may.filter((item) => !wanted || starts(item) || called(item).includes(wanted));
    this.items.sort((a, b) => Number(b.name.startsWith(wanted)) - Number(a.name.startsWith(wanted)));
    this.dom.replaceChildren(...this.items.map((item) => this.option(item)));
    this.choose(0);
    under(this.dom, this.view, from);
  }

  private option(item: Item): HTMLElement {
    const hint = element("kbd", { "aria-hidden": "true" }, item.typed ?? `/${item.name}`);
    const dom = element("div", { role: "option", id: unused(), "aria-selected": "false" }, say(`menu.${item.name}`), hint);
    dom.addEventListener("pointerdown", (event) => event.preventDefault()); // the cursor stays where it is
    dom.addEventListener("click", () => this.take(item));
    return dom;
  }

  private choose(which: number): void {
    const options = [...this.dom.children] as HTMLElement[];
    this.chosen = (which + options.length) % (options.length || 1);
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === this.chosen)));
    const option = options[this.chosen];
    if (!option) return;
    this.view.dom.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  key(event: KeyboardEvent): boolean {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
    const item = this.items[this.chosen];
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && item) this.take(item);
    else if (event.key === "Escape") {
      event.stopPropagation(); // only the menu goes
      this.dismiss();
    } else return false;
    return true;
  }

  destroy(): void {
    this.dom.remove();
    for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) this.view.dom.removeAttribute(name);
  }
}
