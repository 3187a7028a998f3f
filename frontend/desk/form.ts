// The fields of one composer's form, read as words and filled with them. Owns the body: it is in the editor once that is
// loaded; before, or if it cannot be loaded, in the text area with the parts that text cannot show carried beside it.

import { send } from "./ask";
import { awaiting } from "./awaited";
import { bylines, type Bylines } from "./bylines";
import type { BodyEditor, Choice, Doc, Mount, Problem, Words } from "./contracts";
import { arrivals, droppable } from "./files";
import { place } from "./place";
import { Beside } from "./suggested";
import { t } from "./words";

/** Fields that are read by name here, or are not sent again. All others are sent under their own names. */
const OWN = new Set(["title", "text", "carried", "kind", "bylines", "csrfmiddlewaretoken", "once", "do", "based_on", "began"]);
const TAKE = "take-";

type Fields = Record<string, unknown>;

export class PostForm {
  private editor: BodyEditor | undefined;
  private ledger: Beside | undefined;
  private readonly title: HTMLInputElement;
  private readonly area: HTMLTextAreaElement;
  private readonly bylines: Bylines;
  private readonly begun: { text: string; carried: string; bylines: string[] };
  private readonly field: HTMLElement;

  constructor(
    readonly form: HTMLFormElement,
    private readonly changed: () => void,
    private readonly command: (name: string) => void,
    private readonly arrived: () => void,
  ) {
    this.title = this.input("title")!;
    this.area = form.querySelector("textarea[name=text]")!;
    this.field = form.querySelector("[data-words]")!;
    this.bylines = bylines(form.querySelector("[data-bylines]")!, changed);
    this.begun = { text: this.area.value, carried: this.value("carried"), bylines: this.bylines.names() };
    form.addEventListener("input", (event) => !(event.target as Element).closest("[data-editor-room]") && changed());
    form.addEventListener("change", changed);
  }

  /** Replaces the text area by the editor, unless somebody has begun to type in it, or the editor cannot be loaded. */
  async mount(): Promise<void> {
    const { editor: address } = this.form.dataset;
    const data = this.form.querySelector('script[type="application/json"]')?.textContent;
    if (!address || !data) return;
    let mount: Mount;
    try {
      ({ mount } = (await import(address)) as { mount: Mount });
    } catch {
      return; // the text area works too
    }
    if (this.area.value === this.begun.text) this.swap(mount, JSON.parse(data) as Doc);
  }

  private swap(mount: Mount, doc: Doc): void {
    const focused = document.activeElement === this.area;
    const room = document.createElement("div");
    room.setAttribute("data-editor-room", "");
    const label = this.field.querySelector("label")!;
    this.field.querySelector(".help")?.setAttribute("hidden", "");
    this.area.before(room);
    try {
      this.editor = mount(room, {
        doc,
        label: label.textContent!.trim(),
        placeholder: t("composer.placeholder"),
        language: this.form.dataset.language ?? "",
        covered: () => this.covered(),
        changed: this.changed,
        command: (name) => this.commanded(name),
        pasted: (sentence, choices, key) => this.pasted(sentence, choices, key),
        arrived: this.arrived,
        arrivals: () => arrivals(this.form),
        look: (url) => send(place.links, { do: "look", url }),
        reading: () => import(this.form.dataset.paste ?? ""),
      });
    } catch {
      room.remove();
      this.field.querySelector(".help")?.removeAttribute("hidden");
      return;
    }
    this.ledger = new Beside(this.form, this.editor, () => this.words(), this.changed);
    if (this.number("based_on") !== null) this.suggest();
    label.classList.add("visually-hidden");
    label.addEventListener("click", () => this.editor?.focus());
    this.area.hidden = true;
    if (focused) this.editor.focus();
    droppable(this.form, (files, at) => this.editor?.take(files, at));
  }

  private covered(): { top: number; bottom: number } {
    const foot = this.form.querySelector<HTMLElement>(".composer-foot");
    const below = foot ? foot.offsetHeight + (parseFloat(getComputedStyle(foot).bottom) || 0) : 0;
    // In the timeline the page scrolls, below the bar and the timeline's header.
    const over = this.form.closest("[data-timeline]") ? document.querySelectorAll(".bar, .timeline-head") : [];
    const heads = [...over].filter((head) => getComputedStyle(head).position === "sticky");
    return { top: Math.max(0, ...heads.map((head) => head.getBoundingClientRect().bottom)), bottom: below };
  }

  /** Inserts pictures, and asks first what they show; false without an editor. */
  bring(files: File[]): boolean {
    this.editor?.take(files, null, "alt");
    return this.editor !== undefined;
  }

  private commanded(name: string): void {
    const kind = { key: "key_event", summary: "summary", update: "update" }[name];
    if (!kind) return this.command(name);
    this.kind = this.kind === kind ? "update" : (kind as Words["kind"]);
    this.changed();
  }

  private pasted(sentence: string, choices: Choice[] = [], key = ""): void {
    const line = this.form.querySelector<HTMLElement>("[data-pasted]");
    if (!line) return;
    const focused = line.contains(document.activeElement); // on a button that is replaced
    const buttons = choices.map(({ label, chosen, does }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = chosen === undefined ? "small quiet" : "small";
      button.textContent = label;
      if (chosen !== undefined) button.setAttribute("aria-pressed", String(chosen));
      button.addEventListener("click", () => does() || this.focus());
      return button;
    });
    const hint = document.createElement("kbd");
    hint.textContent = key;
    line.replaceChildren(...(sentence ? [sentence] : []), ...buttons, ...(key ? [hint] : []));
    if (focused) this.focus();
  }

  // --- reading

  get kind(): Words["kind"] {
    return (this.form.querySelector<HTMLInputElement>("[name=kind]:checked")?.value ?? "update") as Words["kind"];
  }

  set kind(kind: Words["kind"]) {
    for (const radio of this.form.querySelectorAll<HTMLInputElement>("[name=kind]")) radio.checked = radio.value === kind;
  }

  words(): Words {
    const body = this.editor?.doc() ?? textDoc(this.area.value);
    return { title: this.title.value, body, kind: this.kind, bylines: this.bylines.names() };
  }

  /** The fields other than the words, by their names; with the text area also `text` and `carried`. */
  more(): Fields {
    const found: Fields = this.editor ? {} : { text: this.area.value, carried: this.value("carried") };
    for (const input of this.form.querySelectorAll<HTMLInputElement>("input[name],textarea[name],select[name]")) {
      const { name, type, value, checked } = input;
      if (OWN.has(name) || name.startsWith(TAKE) || input.disabled) continue;
      if (type === "radio" && !checked) continue;
      const box = input.getAttribute("value") === null ? checked : checked ? value : "";
      found[name] = type === "checkbox" ? box : input.dataset.number === undefined ? value : Number(value);
    }
    const began = this.number("began");
    return began === null ? found : { ...found, began };
  }

  /** All that is sent. */
  fields(): Fields {
    const { body, ...words } = this.words();
    const more = this.more();
    const sent: Fields = { ...words, ...more };
    if (this.editor) sent.body = body;
    const basedOn = this.number("based_on");
    if (basedOn !== null) sent.based_on = basedOn;
    if (more.began !== undefined) sent.take = this.take();
    return sent;
  }

  private take(): Record<string, string> {
    const chosen = this.form.querySelectorAll<HTMLInputElement>(`[name^="${TAKE}"]:checked`);
    return Object.fromEntries([...chosen].map(({ name, value }) => [name.slice(TAKE.length), value]));
  }

  get empty(): boolean {
    const blank = this.editor ? this.editor.empty() : !this.area.value.trim();
    return blank && !this.title.value.trim();
  }

  /** How many files are being uploaded, and the problems of the others that prevent publishing. */
  get waiting(): number {
    return this.editor?.waiting() ?? 0;
  }
  /** How many of them have no block of their own, so that the post cannot be sent before they are uploaded. */
  get beside(): number {
    return Math.max(0, this.waiting - [...awaiting(this.words().body)].length);
  }
  get missing(): Problem[] {
    return this.editor?.missing() ?? [];
  }

  number(name: string): number | null {
    const value = this.value(name);
    return value === "" ? null : Number(value);
  }

  // --- writing

  fill(words: Words, more: Fields): void {
    this.title.value = words.title;
    this.kind = words.kind;
    this.bylines.set(words.bylines);
    if (this.editor) this.editor.set(words.body);
    else this.asText(words.body, more);
    for (const [name, value] of Object.entries(more)) {
      const input = OWN.has(name) ? null : this.input(name);
      if (!input) continue;
      if (input.type === "checkbox") input.checked = Boolean(value);
      else if (input.type === "radio") for (const one of this.all(name)) one.checked = one.value === value;
      else input.value = String(value);
    }
    if (typeof more.began === "number") this.put("began", more.began);
    const rows = this.input("rows");
    if (rows && more.rows === undefined) rows.value = "";
    this.suggest();
  }

  /** Starts reading the words for suggestions for the ledger. */
  suggest(): void {
    this.ledger?.look();
  }

  /** Shows a body in the text area: plain paragraphs as text, and each other part as a line in its place. */
  private asText(doc: Doc, more: Fields): void {
    const text = typeof more.text === "string" ? more.text : undefined;
    const carried: unknown[] = [];
    const lines = ((doc.content ?? []) as Block[]).map((block) => {
      const words = plainly(block);
      if (words !== undefined) return words;
      carried.push(block);
      return `[[${carried.length}: ${block.type}]]`;
    });
    this.area.value = text ?? lines.join("\n\n");
    this.put("carried", text === undefined ? (carried.length ? JSON.stringify(carried) : "") : String(more.carried ?? ""));
  }

  /** Empties the form after a post; the byline is one's own again. */
  clear(): void {
    this.form.querySelector("[data-problems]")?.replaceChildren();
    this.form.querySelector("[data-pasted]")?.replaceChildren();
    for (const input of this.form.querySelectorAll<HTMLInputElement>("input[name]")) {
      if (input.type === "checkbox") input.checked = false;
      else if (input.type === "text" && !OWN.has(input.name)) input.value = "";
    }
    this.wrong([]);
    this.fill({ title: "", body: { type: "doc" }, kind: "update", bylines: this.begun.bylines }, {});
  }

  put(name: string, value: number | string): void {
    let input = this.input(name);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      this.form.append(input);
    }
    input.value = String(value);
  }

  focus(): void {
    if (this.editor) this.editor.focus();
    else this.area.focus();
  }

  /** Shows errors at their fields; returns those that have none. */
  wrong(problems: Problem[]): Problem[] {
    for (const error of this.form.querySelectorAll(".error[data-told]")) error.remove();
    for (const field of this.form.querySelectorAll("[aria-invalid]:not([data-editor-room] *)")) field.removeAttribute("aria-invalid");
    const unplaced = this.editor ? this.editor.wrong(problems) : problems;
    return unplaced.filter((problem) => !this.at(problem));
  }

  private at({ field, message }: Problem): boolean {
    const input = this.input(/^(body|text)/.test(field) ? "text" : field);
    const place = input?.closest<HTMLElement>(".field");
    if (!field || !input || !place) return false;
    const said = document.createElement("p");
    said.className = "error";
    said.dataset.told = "";
    said.id = `${input.id}-told`;
    said.textContent = message;
    place.append(said);
    input.setAttribute("aria-invalid", "true");
    return true;
  }

  private input(name: string): HTMLInputElement | null {
    return this.form.querySelector(`[name="${CSS.escape(name)}"]`);
  }
  private all(name: string): NodeListOf<HTMLInputElement> {
    return this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`);
  }
  private value(name: string): string {
    return this.input(name)?.value ?? "";
  }

  destroy(): void {
    this.editor?.destroy();
  }
}

interface Block {
  type: string;
  content?: { type: string; text?: string; marks?: unknown[] }[];
}

/** The text of a paragraph without marks and without signs at the beginnings of lines; undefined for other blocks. */
function plainly(block: Block): string | undefined {
  if (block.type !== "paragraph" || block.content?.some((node) => node.marks?.length)) return undefined;
  const words = (block.content ?? []).map((node) => node.text ?? "\n").join("");
  return /[*~\\{}[\]]|^\s|^(#|>|-|•|\d+[.)])|\n\n/m.test(words) || !words ? undefined : words;
}

/** A text as paragraphs, to show its draft; the text itself is what is published. */
function textDoc(text: string): Doc {
  const runs = text.split(/\n\s*\n/).map((run) => run.trim()).filter(Boolean);
  const content = runs.map((run) => ({ type: "paragraph", content: [{ type: "text", text: run.replace(/\n/g, " ") }] }));
  return content.length ? { type: "doc", content } : { type: "doc" };
}
