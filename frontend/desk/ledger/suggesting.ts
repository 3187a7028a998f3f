// The list of suggestions for the ledger beside a composer, a separate bundle. Owns requesting them while somebody types, and
// accepting, editing and rejecting them by key. Accepted rows are a field of the form, and are sent with the post.

import type { Marked, Room, Suggesting } from "../contracts";

const PAUSE_MS = 250;
const BUSY_MS = 1500;
const SHOWN = 5;
const NOTHING = { suggested: [], contradicts: [], busy: false };

type Row = { kind: string; exact: string; nth: number; words: string } & Record<string, unknown>;
interface Suggestion {
  key: string;
  block: number;
  within: number;
  says: string;
  more: string;
  row: Row;
}

interface Contradiction {
  block: number;
  within: number;
  exact: string;
  says: string;
}

/** The fields of a row that a person can correct, by its kind; the first gets the focus. */
const FIELDS: Record<string, string[]> = {
  statement: ["name", "text", "relays"],
  figure: ["label", "value", "name"],
  state: ["label", "value"],
};

export function suggesting(room: Room): Suggesting {
  const { form, t } = room;
  const input = form.querySelector<HTMLInputElement>("[name=rows]")!;
  const place = form.querySelector<HTMLElement>("[data-ledger-list]")!;
  let found: Suggestion[] = [];
  let against: Contradiction[] = [];
  let pause = 0;
  let asked = "";
  let asking = false;
  let editing = "";
  let current = "";
  let next = ""; // the row that gets the focus once one is decided

  const post = form.dataset.post ?? "";
  const rows = (): Row[] => (input.value ? (JSON.parse(input.value) as Row[]) : []);

  function keep(list: Row[]): void {
    input.value = list.length ? JSON.stringify(list) : "";
    room.changed();
    show();
  }

  function look(): void {
    clearTimeout(pause);
    pause = window.setTimeout(() => void ask(), PAUSE_MS);
    if (input.value || place.childElementCount) show();
  }

  async function ask(): Promise<void> {
    if (asking) return look(); // one request at a time: the present words are sent after the answer
    const { title, body } = room.words();
    const written = JSON.stringify([title, body]);
    if (written === asked) return;
    asking = true;
    try {
      const told = body.content?.length || title ? await room.ask({ do: "suggest", title, body, post }) : NOTHING;
      if (told.busy) { // the server is reading other people's words
        pause = window.setTimeout(() => void ask(), BUSY_MS);
        return;
      }
      asked = written;
      found = told.suggested as Suggestion[];
      against = told.contradicts as Contradiction[];
      show();
    } catch {
      // A background request is repeated with the next word.
    } finally {
      asking = false;
    }
  }

  // --- what is shown

  const open = (): Suggestion[] => {
    const taken = new Set(rows().map((row) => row.words));
    return found.filter(({ key }) => !taken.has(key));
  };

  function show(): void {
    const list = open().slice(0, SHOWN);
    const accepted = rows();
    const all = open().length;
    const within = place.contains(document.activeElement);
    const at = next || (document.activeElement as HTMLElement).closest<HTMLElement>("[data-row-key]")?.dataset.rowKey;
    if (within && editing) return; // somebody is editing a row, which must not move
    place.hidden = !list.length && !accepted.length && !against.length;
    const items = [...accepted.map(ticked), ...list.map(offered)];
    const head = element("h3", t("ledger.title"));
    const keys = element("p", all > SHOWN ? `${t("ledger.keys")} ${t("ledger.more", { n: String(all - SHOWN) })}` : t("ledger.keys"), "help");
    const ol = document.createElement("ol");
    ol.append(...items);
    const warnings = against.map(({ says }) => element("p", says, "against"));
    place.replaceChildren(...warnings, ...(items.length ? [head, ol, keys] : []));
    next = "";
    const focused = items.find((item) => within && item.dataset.rowKey === at) ?? (within ? items[Math.min(accepted.length, items.length - 1)] : undefined);
    for (const item of items) item.tabIndex = item === (focused ?? items[0]) ? 0 : -1;
    if (within) (focused ?? (form.querySelector("[data-words] [contenteditable]") as HTMLElement | null))?.focus();
    mark();
  }

  function mark(): void {
    const accepted = new Map(rows().map((row) => [row.words, row]));
    const marks: Marked[] = found.flatMap(({ key, block, within, row }) => {
      const shown = accepted.has(key) || open().slice(0, SHOWN).some((one) => one.key === key);
      return shown ? [{ key, block, exact: row.exact, nth: within, tone: accepted.has(key) ? "ticked" : "offered", current: key === current }] : [];
    });
    const warned = against.map(({ block, exact, within }): Marked => ({ key: "", block, exact, nth: within, tone: "against", current: false }));
    room.editor.mark([...marks, ...warned]);
  }

  function offered({ key, says, more }: Suggestion): HTMLElement {
    const item = line(key, says, more);
    item.append(acts(button(t("ledger.accept"), "Enter", () => accept(key)), button(t("ledger.edit"), "E", () => edit(key)), button(t("ledger.reject"), "X", () => void reject(key))));
    return item;
  }

  function ticked(row: Row): HTMLElement {
    const gone = !textOf(room.words()).includes(row.exact);
    const item = line(row.words || row.exact, said(row), gone ? t("ledger.gone") : t("ledger.goes"));
    item.className = gone ? "gone" : "ticked";
    const out = (): void => keep(rows().filter((one) => one.words !== row.words || one.exact !== row.exact));
    item.append(acts(button(t("ledger.edit"), "E", () => edit(row.words)), button(t("ledger.out"), "X", out)));
    return item;
  }

  function line(key: string, says: string, more: string): HTMLElement {
    const item = document.createElement("li");
    item.dataset.rowKey = key;
    const words = element("span", says, "says");
    words.dir = "auto";
    item.append(words, element("span", more, "more"));
    item.addEventListener("focusin", () => {
      current = key;
      mark();
    });
    item.addEventListener("focusout", () => {
      current = "";
      mark();
    });
    return item;
  }

  function acts(...buttons: HTMLButtonElement[]): HTMLElement {
    const together = element("span", "", "acts");
    together.append(...buttons);
    return together;
  }

  function button(label: string, key: string, act: () => void): HTMLButtonElement {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "small quiet";
    made.textContent = label;
    made.dataset.does = key;
    if (key) made.append(" ", element("kbd", key === "Enter" ? "⏎" : key));
    made.tabIndex = -1;
    made.addEventListener("click", act);
    return made;
  }

  // --- what is chosen

  function accept(key: string): void {
    const one = found.find((each) => each.key === key);
    if (!one) return;
    next = open().slice(open().indexOf(one) + 1, SHOWN)[0]?.key ?? key;
    keep([...rows(), one.row]);
  }

  async function reject(key: string): Promise<void> {
    const gone = found;
    next = open()[open().findIndex((one) => one.key === key) + 1]?.key ?? "";
    found = found.filter((one) => one.key !== key);
    show();
    try {
      const { done } = await room.act({ do: "reject", words: key });
      const back = async (): Promise<void> => {
        await room.act({ do: "reconsider", words: key });
        asked = "";
        look();
      };
      room.say(done ?? "", () => void back());
    } catch (error) {
      found = gone;
      show();
      room.say((error as Error).message || t("row.unanswered"));
    }
  }

  /** Shows a row's fields in its place. */
  function edit(key: string): void {
    const item = place.querySelector<HTMLElement>(`[data-row-key="${CSS.escape(key)}"]`);
    const row = rows().find((one) => one.words === key) ?? found.find((one) => one.key === key)?.row;
    if (!item || !row) return;
    editing = key;
    const fields = (FIELDS[row.kind] ?? []).map((name) => field(row, name));
    const ways = element("span", "", "ways");
    const leave = (): void => {
      editing = "";
      item.focus();
      show();
    };
    const done = (): void => {
      const mended: Row = { ...row };
      for (const { name, input: typed } of fields) mended[name] = read(name, row, typed.value);
      editing = "";
      item.focus();
      keep([...rows().filter((one) => one.words !== key), mended]);
    };
    ways.append(button(t("ledger.accept"), "", done), button(t("ledger.leave"), "", leave));
    for (const one of ways.children) (one as HTMLElement).tabIndex = 0;
    item.replaceChildren(...fields.map((one) => one.label), ways);
    item.addEventListener("keydown", (event) => {
      if (!editing || event.isComposing) return;
      event.stopPropagation();
      if (event.key === "Escape") leave();
      else if (event.key === "Enter" && (event.target as Element).matches("input")) done();
      else return;
      event.preventDefault();
    });
    fields[0]?.input.focus();
  }

  function field(row: Row, name: string): { name: string; label: HTMLElement; input: HTMLInputElement } {
    const typed = document.createElement("input");
    typed.value = written(row, name);
    typed.dir = "auto";
    typed.setAttribute("data-no-draft", "");
    const label = document.createElement("label");
    label.append(element("span", t(`ledger.${row.kind}.${name}`)), typed);
    return { name, label, input: typed };
  }

  place.addEventListener("keydown", (event) => {
    const item = (event.target as Element).closest<HTMLElement>("[data-row-key]");
    if (!item || editing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = [...place.querySelectorAll<HTMLElement>("[data-row-key]")];
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    const does = event.target === item ? item.querySelector<HTMLElement>(`[data-does="${event.key.length === 1 ? event.key.toUpperCase() : event.key}"]`) : null;
    if (step) items[Math.min(items.length - 1, Math.max(0, items.indexOf(item) + step))]?.focus();
    else if (event.key === "Escape") room.editor.focus();
    else if (does) does.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  form.addEventListener("keydown", (event) => {
    if (event.code !== "KeyL" || !event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    place.querySelector<HTMLElement>("[data-row-key][tabindex='0']")?.focus();
  });

  return { look };
}

function element(name: string, text: string, kind = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

function said(row: Row): string {
  if (row.kind === "statement") return row.name ? `${row.name as string}: ${row.text as string}` : (row.text as string);
  return `${row.label as string}: ${String(row.value)}`;
}

function written(row: Row, name: string): string {
  if (name === "relays") return ((row.relays ?? []) as { outlet: string }[]).map(({ outlet }) => outlet).join(", ");
  return String(row[name] ?? "");
}

function read(name: string, row: Row, typed: string): unknown {
  const words = typed.trim();
  if (name === "relays") {
    const before = (row.relays ?? []) as { outlet: string; mode: string }[];
    const names = words.split(",").map((one) => one.trim()).filter(Boolean);
    return names.map((outlet) => before.find((one) => one.outlet === outlet) ?? { outlet });
  }
  if (name === "value" && row.kind === "figure") {
    const number = Number(words.replace(/[\s,’']/g, ""));
    return words && Number.isFinite(number) ? number : row.value;
  }
  return words || (name === "name" ? "" : row[name]);
}

/** All words of a post, to see which are still there. */
function textOf({ title, body }: { title: string; body: object }): string {
  const texts = [title];
  const walk = (node: { text?: string; type?: string; attrs?: object; content?: object[] }): void => {
    if (node.text !== undefined) texts.push(node.text);
    else if (node.type === "hardBreak") texts.push("\n");
    else {
      for (const value of Object.values(node.attrs ?? {})) if (typeof value === "string") texts.push("\n", value);
      texts.push("\n");
      for (const inner of node.content ?? []) walk(inner);
    }
  };
  walk(body);
  return texts.join("");
}
