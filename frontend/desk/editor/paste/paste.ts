// Pasting and dropping: which format of a clipboard is read, where it is inserted, and the report of what was left out.
// Content copied from a body editor keeps its shape; everything else goes through reading.ts, loaded when it is needed.

import { Extension, type Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { DOMSerializer, Fragment, Slice, type Node, type ResolvedPos } from "@tiptap/pm/model";
import { NodeSelection, Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Look, Pasted } from "../../contracts";
import { isLinked, isWeb } from "../addresses";
import { kindOf } from "../choosing";
import { isKey } from "../incoming";
import type { Taking } from "../taking";
import type { Json } from "../written";
import { cleaned } from "./characters";
import { Lookup } from "./lookup";
import type * as reading from "./reading";
import { untracked } from "./tracking";
import { say } from "../words";

const OURS = "data-body-slice";
/** The present range of the last paste. */
interface Place {
  from: number;
  to: number;
}
const key = new PluginKey<Place | null>("paste");

class Serializer extends DOMSerializer {
  override serializeFragment(fragment: Fragment, options?: { document?: Document }, target?: HTMLElement | DocumentFragment) {
    const made = super.serializeFragment(fragment, options, target);
    if (!target) (made.firstChild as HTMLElement | null)?.setAttribute?.(OURS, "");
    return made;
  }
}

/** Reports a paste, looks up addresses, and inserts files. */
interface Hands {
  pasted: Pasted;
  look: Look;
  takes(): Taking;
  reading(): Promise<Reading>;
}
type Reading = typeof reading;

export function paste(hands: Hands) {
  return Extension.create({
    name: "paste",
    priority: 950,
    addProseMirrorPlugins() {
      const { editor } = this;
      const { schema } = editor;
      const lookup = new Lookup(editor, hands.look, hands.pasted);
      return [
        lookup.plugin,
        new Plugin<Place | null>({
          key,
          state: {
            init: () => null,
            apply(tr, was) {
              const now = tr.getMeta(key) as Place | undefined;
              return now ?? (was && { from: tr.mapping.map(was.from, -1), to: tr.mapping.map(was.to, 1) });
            },
          },
          props: {
            clipboardSerializer: new Serializer(DOMSerializer.nodesFromSchema(schema), DOMSerializer.marksFromSchema(schema)),
            transformPasted: (slice) => new Slice(nameless(slice.content), slice.openStart, slice.openEnd),
            handleDOMEvents: {
              paste: (_, event) => take(editor, event, event.clipboardData, hands, lookup),
              drop: (view, event) => drop(editor, view, event, hands, lookup),
            },
          },
        }),
      ];
    },
  });
}

/** A copy is a new block, without an id until the server assigns one. A block that waits for a file keeps its id. */
function nameless(content: Fragment): Fragment {
  const out: Node[] = [];
  content.forEach((node) => {
    const inner = node.isLeaf ? node : node.copy(nameless(node.content));
    out.push(node.attrs.id && !isKey(node.attrs.id) ? node.type.create({ ...node.attrs, id: "" }, inner.content, node.marks) : inner);
  });
  return Fragment.from(out);
}

/** Whether to paste the files: a picture comes with its address too, and a spreadsheet's cells with a picture of them. */
function isFiles(files: File[], html: string, plain: string): boolean {
  if (!files.length || plain.trim()) return false;
  if (!html) return true;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  return files.some(kindOf) && !body.textContent?.trim();
}

function take(editor: Editor, event: Event, data: DataTransfer | null, hands: Hands, lookup: Lookup): boolean {
  if (!data || event.defaultPrevented) return event.defaultPrevented;
  const html = data.getData("text/html");
  if (html.includes(OURS)) return false;
  const plain = data.getData("text/plain");
  if (!html && !plain && !data.files.length) return false;
  event.preventDefault(); // a dropped picture would replace this page
  const files = [...data.files];
  if (isFiles(files, html, plain)) {
    hands.takes()(files, null, event.type === "drop" ? "caption" : null);
    return true;
  }
  const { state } = editor;
  const { selection, schema, tr } = state;
  const address = cleaned(plain).trim();
  const onWords = state.doc.textBetween(selection.from, selection.to).trim() !== "" && !(selection instanceof NodeSelection);
  if (onWords && !/\s/.test(address) && isLinked(address)) {
    tr.addMark(selection.from, selection.to, schema.marks.link!.create({ href: untracked(address) }));
    editor.view.dispatch(tr.scrollIntoView());
    return true;
  }
  void hands.reading().then(
    (reading) => !editor.isDestroyed && insert(editor, reading, html, plain, hands, lookup),
    () => !editor.isDestroyed && editor.view.pasteText(plain || html.replace(/<[^>]*>/g, "")), // the words alone
  );
  return true;
}

/** Inserts the paste at the present cursor, and reports what was left out. */
function insert(editor: Editor, reading: Reading, html: string, plain: string, { pasted }: Hands, lookup: Lookup): void {
  const { $from, from, to } = editor.state.selection;
  const alone = $from.depth === 1 && $from.parent.type.name === "paragraph" && !$from.parent.content.size;
  const { blocks, left } = reading.read(html, plain, false);
  put(editor, reading, blocks, from, to);
  if (left) {
    const asItWas = (): void => {
      const place = key.getState(editor.state);
      if (place && !editor.isDestroyed) put(editor, reading, reading.read(html, plain, true).blocks, place.from, place.to);
      pasted("");
    };
    pasted(left, [{ label: say("left.asitwas"), does: asItWas }]);
  }
  const address = cleaned(plain).trim();
  if (alone && !/\s/.test(address) && isWeb(address)) void lookup.ask(untracked(address), $from.before(), left);
}

function drop(editor: Editor, view: EditorView, event: DragEvent, hands: Hands, lookup: Lookup): boolean {
  if (view.dragging) return false; // moved within the editor
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
  const html = event.dataTransfer?.getData("text/html") ?? "";
  if (!at || html.includes(OURS)) return false;
  editor.commands.setTextSelection(at.pos);
  return take(editor, event, event.dataTransfer, hands, lookup);
}

/** Inserts blocks in place of others or at the cursor, as far as they are allowed there. */
function put(editor: Editor, { fitted }: Reading, blocks: Json[], from: number, to: number): void {
  const { state, view } = editor;
  const [inside, behind] = fitting(fitted, blocks, state.doc.resolve(from));
  const nodes = inside.map((json) => state.schema.nodeFromJSON(json));
  const tr = state.tr;
  const open = (node: Node | undefined): number => (node?.type.name === "paragraph" ? 1 : 0);
  const slice = new Slice(Fragment.from(nodes), open(nodes[0]), open(nodes[nodes.length - 1]));
  const size = tr.doc.content.size;
  if (nodes.length) tr.replaceRange(from, to, slice);
  else if (from < to) tr.delete(from, to);
  if (behind.length) {
    const $end = tr.doc.resolve(tr.mapping.map(to));
    tr.insert($end.depth ? $end.after(1) : $end.pos, behind.map((json) => state.schema.nodeFromJSON(json)));
  }
  tr.setMeta(key, { from, to: to + tr.doc.content.size - size });
  view.dispatch(closeHistory(tr).scrollIntoView()); // so that undo takes back only the paste
}

/** A cell allows paragraphs, an item also lists, a quotation also headings; the rest is inserted after it. */
function fitting(fitted: Reading["fitted"], blocks: Json[], $at: ResolvedPos): [inside: Json[], behind: Json[]] {
  for (let depth = $at.depth; depth > 0; depth--) {
    const name = $at.node(depth).type.name;
    if (name === "tableCell") return fitted(blocks, ["paragraph"]);
    if (name === "listItem") return fitted(blocks, ["paragraph", "bulletList", "orderedList"]);
    if (name === "blockquote") return fitted(blocks, ["paragraph", "heading", "bulletList", "orderedList"]);
  }
  return [blocks, []];
}
