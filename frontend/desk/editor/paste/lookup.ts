// An address that was pasted alone into an empty paragraph: it is a link at once, and becomes what the server finds as soon
// as it answers. Owns its possible forms (a link, a card, the post or film itself) and choosing among them, by one key or
// below the composer, as long as nobody edits it. Typing never waits for it.

import type { Editor } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection, Plugin, PluginKey, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { Choice, Look, Pasted } from "../../contracts";
import { enter } from "../fields";
import { say } from "../words";

/** The possible forms of an address, the link first. */
interface Form {
  name: string;
  node: Node;
}
/** Its position and present form. */
interface Place {
  at: number;
  forms: readonly Form[];
  chosen: number;
}
/** An address that is being looked up or was found. `says`: the sentence about it. */
interface Asked {
  address: string;
  forms: readonly Form[];
  says: string;
}

const key = new PluginKey<Place | null>("lookup");
const NEXT = /Mac|iP(hone|ad|od)/.test(navigator.platform) ? "⌘ ." : "Ctrl .";

export class Lookup {
  private asked: Asked | null = null;
  private told = -1; // the form that was last announced

  constructor(
    private readonly editor: Editor,
    private readonly look: Look,
    private readonly pasted: Pasted,
  ) {}

  readonly plugin = new Plugin<Place | null>({
    key,
    state: { init: () => null, apply: (tr, was) => (tr.getMeta(key) as Place | undefined) ?? (was && moved(was, tr)) },
    props: {
      handleKeyDown: (_, event) => event.key === "." && (event.ctrlKey || event.metaKey) && !event.altKey && this.next(),
    },
    view: () => ({ update: () => this.follow() }),
  });

  /** Looks up the address of the paragraph at a position. `left`: what the paste left out. */
  async ask(address: string, at: number, left: string): Promise<void> {
    const { state, view } = this.editor;
    const link = state.doc.nodeAt(at);
    if (!link) return;
    const forms = [{ name: "link", node: link }];
    const asked = (this.asked = { address, forms, says: left });
    this.told = 0;
    view.dispatch(state.tr.setMeta(key, { at, forms, chosen: 0 }).setMeta("addToHistory", false));
    this.pasted([left, say("look.asking", { site: new URL(address).hostname })].filter(Boolean).join(" "));
    const found = await this.look(address).catch(() => null);
    if (this.asked !== asked || this.editor.isDestroyed) return; // another address was pasted meanwhile
    const place = key.getState(this.editor.state);
    if (!place) return this.end(); // somebody edited it
    this.know(place, asked, found);
  }

  private know(place: Place, { address, says: left }: Asked, found: Awaited<ReturnType<Look>> | null): void {
    const { schema } = this.editor.state;
    const bare = (type: string): object => ({ type, attrs: { url: address } });
    const blocks = found ? [found.card, found.block] : [bare("linkCard"), bare("socialEmbed")]; // without a network the person fills them in
    const nodes = blocks.filter((json) => json !== null).map((json) => schema.nodeFromJSON(json));
    const forms = [...place.forms, ...nodes.map((node) => ({ name: node.type.name, node }))];
    const best = forms[forms.length - 1]!;
    // A card with only an address says no more than the link; a post or film is still worth embedding.
    const chosen = !found || (isBare(best.node) && best.name === "linkCard") ? 0 : forms.length - 1;
    const title = (best.node.attrs.title || best.node.attrs.author || address) as string;
    const known = found ? [title, found.unread].filter(Boolean).join(" · ") : say("look.unasked");
    this.asked = { address, forms, says: [left, known].filter(Boolean).join(" ") };
    this.told = -1;
    this.put({ ...place, forms }, chosen);
  }

  /** Replaces it by one of its forms, as a separate step of undo. */
  private put(place: Place, chosen: number): void {
    const { state, view } = this.editor;
    const { at, forms } = place;
    const now = forms[chosen]!.node;
    const tr = state.tr.setMeta(key, { at, forms, chosen });
    if (chosen !== place.chosen) {
      const size = state.doc.nodeAt(at)!.nodeSize;
      const there = state.selection.from >= at && state.selection.to <= at + size;
      tr.replaceWith(at, at + size, now);
      const behind = at + now.nodeSize;
      if (now.isAtom && !tr.doc.nodeAt(behind)) tr.insert(behind, state.schema.nodes.paragraph!.create());
      if (there) tr.setSelection(TextSelection.near(tr.doc.resolve(now.isAtom ? behind + 1 : behind - 1), now.isAtom ? 1 : -1));
      closeHistory(tr);
    } else tr.setMeta("addToHistory", false);
    view.dispatch(chosen === place.chosen ? tr : tr.scrollIntoView());
  }

  private next(): boolean {
    const place = key.getState(this.editor.state);
    if (!place || place.forms.length < 2) return false;
    this.put(place, (place.chosen + 1) % place.forms.length);
    return true;
  }

  /** Announces its present form, whether a key, a button or undo changed it. */
  private follow(): void {
    if (!this.asked) return;
    const place = key.getState(this.editor.state);
    if (!place) return this.end();
    if (place.chosen === this.told) return;
    this.told = place.chosen;
    if (place.forms.length < 2) return this.pasted(this.asked.says);
    const choices: Choice[] = place.forms.map(({ name }, n) => ({
      label: say(name === "link" ? "look.link" : `node.${name}`),
      chosen: n === place.chosen,
      does: () => {
        const now = key.getState(this.editor.state);
        if (now) this.put(now, n);
      },
    }));
    if (isBare(place.forms[place.chosen]!.node)) choices.push({ label: say("look.hand"), does: () => this.byHand() });
    this.pasted(this.asked.says, choices, NEXT);
  }

  /** Focuses the fields of a form about which nothing is known. */
  private byHand(): boolean {
    const place = key.getState(this.editor.state);
    if (!place) return false;
    const { tr, doc } = this.editor.state;
    this.editor.view.dispatch(tr.setSelection(NodeSelection.create(doc, place.at)));
    return enter(this.editor, place.forms[place.chosen]!.name === "socialEmbed" ? "text" : "title");
  }

  private end(): void {
    this.asked = null;
    this.pasted("");
  }
}

function isBare(node: Node): boolean {
  return node.isAtom && !node.attrs.title && !node.attrs.text;
}

/** Its position after a change, also after undo; null if somebody edited it. */
function moved({ at, forms }: Place, tr: Transaction): Place | null {
  for (const side of [1, -1]) {
    const pos = tr.mapping.map(at, side);
    const node = tr.doc.nodeAt(pos);
    const chosen = node ? forms.findIndex((form) => alike(form.node, node)) : -1;
    if (chosen >= 0) return { at: pos, forms, chosen };
  }
  return null;
}

/** Whether two blocks are equal except for the id, which the server assigns when it stores them. */
function alike(a: Node, b: Node): boolean {
  if (a.type !== b.type || !a.content.eq(b.content)) return false;
  return Object.entries(a.attrs).every(([name, value]) => name === "id" || b.attrs[name] === value);
}
