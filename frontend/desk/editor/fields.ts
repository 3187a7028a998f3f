// The fields of a node, in place: labelled inputs that write into its attributes. Owns typing in them, how the keyboard
// enters and leaves them, and showing an error at its field.

import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection, Selection, TextSelection } from "@tiptap/pm/state";
import { cleaned } from "./paste/characters";
import { button, element, unused } from "./parts";
import { nodes } from "./schema";
import { say } from "./words";

export interface Field {
  name: string;
  /** "line" if left out. */
  as?: "line" | "address" | "lines" | "tick" | "date" | "count" | "decimal" | "choice";
  /** The options of a choice. Each one's label is named by the field's name, a point and its own name. */
  choices?: string[];
  /** Whether a node with these attributes has the field; by default it does. */
  of?: (attrs: Attrs) => boolean;
}

export type Attrs = Record<string, unknown>;

const NUMBER_CHARS = 16; // a billion with separated thousands

const isNumber = (as: Field["as"]): as is "count" | "decimal" => as === "count" || as === "decimal";

/** The number in a field; null if empty. Other characters are removed as they are typed or pasted. */
function numberIn(input: Input, as: "count" | "decimal"): number | null {
  const typed = as === "count" ? input.value.replace(/\D/g, "") : input.value.replace(",", ".").replace(/[^\d.]|\.(?=.*\.)/g, "");
  if (input.value !== typed) input.value = typed;
  return typed && typed !== "." ? Number(typed) : null;
}

type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The inputs for some attributes of one node. */
export class Fields {
  readonly dom = element("div", { class: "node-fields", contenteditable: "false" });
  private readonly inputs = new Map<string, Input>();
  private readonly errors = new Map<string, HTMLElement>();
  private readonly notes = new Map<string, HTMLElement>(); // remarks about values that have to be checked
  private readonly whole = element("p", { class: "field-error", tabindex: -1, hidden: true }); // an error of the node as a whole
  private fresh = true; // whether the next change begins a step of undo

  constructor(
    private readonly editor: Editor,
    private node: Node,
    private readonly place: () => number | undefined,
    private readonly fields: Field[],
    private readonly touched: (name: string) => void = () => undefined,
  ) {
    for (const field of fields) this.dom.append(this.labelled(field));
    this.dom.append(this.whole);
    this.update(node);
  }

  private labelled({ name, as = "line", choices = [] }: Field): HTMLElement {
    const id = unused();
    const of = this.node.type.name;
    const type = as === "address" ? "url" : as === "tick" ? "checkbox" : "text";
    const mode = { address: "url", count: "numeric", decimal: "decimal" }[as as string] ?? false;
    const limit = as === "count" || as === "decimal" ? NUMBER_CHARS : nodes[of]?.attrs?.[name]?.maxLength;
    const input: Input =
      as === "lines"
        ? element("textarea", { id, rows: 2, maxlength: limit })
        : as === "choice"
          ? element("select", { id }, ...choices.map((value) => element("option", { value }, say(`${of}.${name}.${value}`))))
          : element("input", { id, type, maxlength: limit, autocomplete: "off", inputmode: mode });
    const error = element("p", { id: `${id}-error`, class: "field-error", hidden: true });
    input.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing && input.value !== cleaned(input.value)) input.value = cleaned(input.value);
      this.changed(name, input);
    });
    input.addEventListener("focus", () => (this.fresh = true));
    input.addEventListener("keydown", (event) => this.key(event as KeyboardEvent, input));
    this.inputs.set(name, input);
    this.errors.set(name, error);
    const label = element("label", { for: id }, say(`${this.node.type.name}.${name}`));
    const note = element("p", { id: `${id}-note`, class: "field-note", hidden: true });
    this.notes.set(name, note);
    return element("div", { class: `node-field ${as}` }, ...(as === "tick" ? [input, label] : [label, input]), note, error);
  }

  private changed(name: string, input: Input): void {
    const at = this.place();
    if (at === undefined) return;
    const as = this.fields.find((one) => one.name === name)?.as;
    const value = as === "tick" ? (input as HTMLInputElement).checked : isNumber(as) ? numberIn(input, as) : input.value;
    // One step of undo takes back everything typed in a field since it was entered; within the field, undo is the browser's.
    const tr = this.editor.state.tr.setNodeAttribute(at, name, value).setMeta("addToHistory", this.fresh);
    this.fresh = false;
    this.wrong(name, "");
    this.editor.view.dispatch(tr);
    this.touched(name);
  }

  private key(event: KeyboardEvent, input: Input): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.inputs.values()].filter((one) => !one.parentElement?.hidden);
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.leave();
    } else if (event.key === "Enter" && !(input instanceof HTMLTextAreaElement)) {
      event.preventDefault(); // Enter would send the composer's form
      const next = all[all.indexOf(input) + 1];
      if (next) next.focus();
      else this.leave();
    }
  }

  /** Puts the cursor after the node, or back into its words if it has any. */
  leave(): void {
    const at = this.place();
    if (at === undefined) return;
    const { doc, selection, tr } = this.editor.state;
    const node = doc.nodeAt(at) as Node;
    const end = at + node.nodeSize;
    if (node.isAtom) tr.setSelection(Selection.near(doc.resolve(end), 1));
    else if (selection.from < at || selection.to > end) tr.setSelection(TextSelection.near(doc.resolve(end - 1), -1));
    this.editor.view.dispatch(tr.scrollIntoView());
    this.editor.view.focus();
  }

  update(node: Node): void {
    this.node = node;
    for (const [name, input] of this.inputs) this.show(name, input);
  }

  /** Marks fields whose values came from a file and have to be checked; `right`: called when a person confirms one. */
  toCheck(names: string[], said: string, confirm: string, right: (name: string) => void): void {
    for (const [name, note] of this.notes) {
      const marked = names.includes(name);
      if (note.hidden === !marked) continue;
      note.hidden = !marked;
      note.replaceChildren(...(marked ? [`${said} `, button(confirm, () => right(name), { class: "small quiet" })] : []));
      this.describe(name);
    }
  }

  private show(name: string, input: Input): void {
    const value = this.node.attrs[name] as string | boolean | number | null;
    const field = this.fields.find((one) => one.name === name);
    if (input.parentElement) input.parentElement.hidden = field?.of?.(this.node.attrs) === false;
    if (typeof value === "boolean") (input as HTMLInputElement).checked = value;
    else if (isNumber(field?.as)) {
      if (numberIn(input, field.as) !== value) input.value = value === null ? "" : String(value);
    }
    else if (input.value !== value) input.value = value as string;
  }

  focus(name?: string): boolean {
    const input = name ? this.inputs.get(name) : [...this.inputs.values()].find((one) => !one.parentElement?.hidden);
    input?.focus();
    return input !== undefined;
  }

  /** Shows an error at a field; "" removes it. Returns whether there is such a field. */
  wrong(name: string, message: string): boolean {
    const input = this.inputs.get(name);
    if (!input || input.parentElement?.hidden) {
      if (name in this.node.attrs || !name) this.wholly(message);
      return name in this.node.attrs || !name;
    }
    const error = this.errors.get(name)!;
    error.textContent = message;
    error.hidden = !message;
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    this.describe(name);
    return true;
  }

  private wholly(message: string): void {
    this.whole.textContent = message;
    this.whole.hidden = !message;
    this.whole.toggleAttribute("data-mend", message !== "");
  }

  private describe(name: string): void {
    const said = [this.notes.get(name)!, this.errors.get(name)!].filter((one) => !one.hidden).map((one) => one.id);
    const input = this.inputs.get(name)!;
    if (said.length) input.setAttribute("aria-describedby", said.join(" "));
    else input.removeAttribute("aria-describedby");
  }

  clear(): void {
    this.wholly("");
    for (const name of this.inputs.keys()) this.wrong(name, "");
  }
}

/** A button that removes a node. */
export function removal(editor: Editor, name: string, place: () => number | undefined): HTMLButtonElement {
  const label = say("remove", { what: say(`node.${name}`) });
  return button(
    "×",
    () => {
      const at = place();
      if (at === undefined) return;
      const { doc, tr } = editor.state;
      tr.delete(at, at + (doc.nodeAt(at) as Node).nodeSize);
      tr.setSelection(Selection.near(tr.doc.resolve(Math.min(at, tr.doc.content.size)), -1));
      editor.view.dispatch(tr.scrollIntoView());
      editor.view.focus();
    },
    { class: "node-remove", "aria-label": label, title: label },
  );
}

/** The views of nodes, by which errors and keys find their fields. */
export const shown = new WeakMap<HTMLElement, Fields>();

export function fieldsIn(dom: HTMLElement): Fields[] {
  return [...dom.querySelectorAll<HTMLElement>("*")].map((at) => shown.get(at)).filter((at) => at !== undefined);
}

/** Moves into the fields of the selected node, into the first one if none is named. */
export function enter(editor: Editor, field?: string): boolean {
  const { selection } = editor.state;
  if (!(selection instanceof NodeSelection)) return false;
  const dom = editor.view.nodeDOM(selection.from);
  return dom instanceof HTMLElement && (shown.get(dom)?.focus(field) ?? false);
}
