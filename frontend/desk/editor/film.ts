// A film or a sound in a body: a file of ours with a player, a poster, captions and a transcript; or somebody else's, by its
// address. Nothing is transcoded, and the fields say so.

import { Node, mergeAttributes, type NodeViewRendererProps } from "@tiptap/core";
import type { Node as Block } from "@tiptap/pm/model";
import { given } from "../awaited";
import type { Media } from "../contracts";
import { Arriving } from "./arriving";
import { choose, type Accepts } from "./choosing";
import { Fields, removal, shown, type Attrs, type Field } from "./fields";
import { becomes } from "./becoming";
import { awaitsFile, freshKey, isKey, QUIET, type Incoming } from "./incoming";
import { button, element } from "./parts";
import { said } from "./said";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

const elsewhere = (attrs: Attrs): boolean => !attrs.media && !awaitsFile(attrs);
const ours = (attrs: Attrs): boolean => !elsewhere(attrs);

const FIELDS: Field[] = [
  { name: "url", as: "address", of: elsewhere },
  { name: "title" },
  { name: "caption", as: "lines" },
  { name: "credit" },
  { name: "provider", of: elsewhere },
  { name: "transcript", as: "lines", of: ours },
];

export function film(name: "video" | "audio", incoming: Incoming) {
  return Node.create({
    name,
    addAttributes: () => attributes(name),
    parseHTML: () => [{ tag: `figure[data-node=${name}]`, getAttrs: (dom) => carried(name, dom) }],
    renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": name }, carrying(node))],
    addNodeView: () => (props) => new Film(props, incoming),
  });
}

const KINDS = { poster: "picture", captions: "captions" } as const;

/** A second file of a film: its poster or its captions. */
class Beside {
  readonly dom = element("div", { class: "film-beside" });
  private readonly words = element("span");
  private readonly buttons = element("span", { class: "arriving-ways" });
  private readonly arriving: Arriving;
  private key = "";

  constructor(
    private readonly name: "poster" | "captions",
    private readonly accepts: Accepts,
    private readonly incoming: Incoming,
    private readonly set: (attrs: Attrs) => void,
    private readonly see: (address: string) => void,
  ) {
    this.arriving = new Arriving(incoming, accepts, (arrival) => {
      if (arrival.is !== "ready") return;
      const { kind, attrs } = arrival.media;
      const { media = "", digest = "", width = 0 } = attrs;
      this.key = "";
      this.other = kind !== KINDS[name];
      this.set(this.other ? {} : { [name]: media, [`${name}_digest`]: digest, [`${name}_width`]: width });
    });
    this.dom.append(this.words, this.buttons, this.arriving.dom);
  }
  private other = false; // the chosen file is of another kind
  private seen = "";

  show(attrs: Attrs): void {
    const of = String(attrs[this.name] ?? "");
    const there = of !== "";
    if (of !== this.seen) {
      this.seen = of;
      this.see("");
      if (there) void this.incoming.about(of, "").then((about) => about && of === this.seen && this.see(about.shown));
    }
    this.words.textContent = say(this.other ? `film.${this.name}.other` : `film.${this.name}${there ? "" : ".none"}`);
    this.words.classList.toggle("bad", this.other);
    const other = button(say(there ? "file.other" : "file.choose"), () => choose(this.accepts, false, ([file]) => file && this.take(file)), {
      class: "small",
    });
    const none = button(say("film.without"), () => this.set({ [this.name]: "", [`${this.name}_digest`]: "", [`${this.name}_width`]: 0 }), { class: "small quiet" });
    this.buttons.replaceChildren(other, ...(there ? [none] : []));
    this.buttons.hidden = this.key !== "";
    this.arriving.follow(this.key);
  }

  private take(file: File): void {
    this.key = freshKey();
    this.other = false;
    void this.incoming.take(this.key, file);
    this.set({});
  }

  destroy(): void {
    this.arriving.destroy();
  }
}

class Film {
  readonly dom: HTMLElement;
  private node: Block;
  private readonly fields: Fields;
  private readonly arriving: Arriving;
  private readonly player: HTMLVideoElement | HTMLAudioElement;
  private readonly said = element("div", { class: "file-said", role: "note", hidden: true });
  private readonly none = element("p", { class: "picture-none" });
  private readonly plain = element("p", { class: "film-plain" });
  private readonly beside: Beside[];
  private asked = "";

  constructor(
    private readonly props: NodeViewRendererProps,
    private readonly incoming: Incoming,
  ) {
    const { editor, node } = props;
    const getPos = props.getPos as () => number | undefined;
    const name = node.type.name as "video" | "audio";
    const accepts: Accepts = `${name}/*`;
    this.node = node;
    this.fields = new Fields(editor, node, getPos, FIELDS, (touched) => this.check([touched]));
    this.player = element(name, { class: "film-player", controls: true, preload: "metadata", hidden: true });
    this.arriving = new Arriving(incoming, accepts, (arrival, file) => {
      if (file.address && !this.player.src) this.see(file.address);
      if (arrival.is === "ready") this.came(arrival.media);
    });
    const taken = ([file]: File[]): void => void (file && this.take(file));
    this.none.append(button(say("file.choose"), () => choose(accepts, false, taken), { class: "small" }), ` ${say("image.or")}`);
    this.plain.textContent = say(`film.plain.${name}`);
    const set = (attrs: Attrs): void => this.set(attrs, true);
    this.beside = [
      ...(name === "video" ? [new Beside("poster", "image/*", incoming, set, (address) => this.poster(address))] : []),
      new Beside("captions", ".vtt,text/vtt", incoming, set, (address) => this.captions(address)),
    ];
    const what = say(`node.${name}`);
    this.dom = element(
      "div",
      { class: `node node-${name}`, contenteditable: "false", role: "group", "aria-label": what },
      element("div", { class: "node-bar" }, element("span", {}, what), removal(editor, name, getPos)),
      this.player,
      this.arriving.dom,
      this.none,
      this.plain,
      this.said,
      ...this.beside.map(({ dom }) => dom),
      this.fields.dom,
    );
    shown.set(this.dom, this.fields);
    this.show();
  }

  update(node: Block): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  private show(): void {
    const { attrs } = this.node;
    const mine = ours(attrs);
    this.fields.update(this.node);
    this.arriving.follow(awaitsFile(attrs) ? (attrs.id as string) : "");
    this.none.hidden = mine || Boolean(attrs.url);
    this.plain.hidden = Boolean(attrs.url) && !mine;
    for (const one of this.beside) {
      one.show(attrs);
      one.dom.hidden = !mine;
    }
    if (!attrs.media || attrs.media === this.asked) return;
    this.asked = attrs.media as string;
    void this.incoming.about(this.asked, String(attrs.id)).then((about) => about && this.about(about));
  }

  private about(media: Media): void {
    said(this.said, media);
    this.check([]);
    if (media.shown && !this.player.src) this.see(media.shown);
  }

  private see(address: string): void {
    this.player.src = address;
    this.player.hidden = false;
  }

  private poster(address: string): void {
    if (this.player instanceof HTMLVideoElement) this.player.poster = address;
  }

  private captions(address: string): void {
    const shown = address ? [element("track", { kind: "captions", src: address, default: true })] : [];
    this.player.replaceChildren(...shown);
  }

  private take(file: File): void {
    const key = freshKey();
    void this.incoming.take(key, file);
    this.set({ id: key }, true);
  }

  private came(media: Media): void {
    const { attrs } = media;
    const { attrs: fresh, filled } = given(this.node.type.name, this.node.attrs, attrs);
    this.asked = media.id;
    this.incoming.check(this.node.attrs.id as string, filled);
    if (becomes(this.props, media.kind, fresh)) return;
    this.set(fresh, false);
    this.about(media);
  }

  private check(touched: string[]): void {
    const key = this.node.attrs.id as string;
    if (!isKey(key)) return;
    const unchecked = this.incoming.unchecked(key);
    const left = unchecked.filter((name) => !touched.includes(name) && this.node.attrs[name]);
    if (left.length !== unchecked.length) this.incoming.check(key, left);
    this.fields.toCheck(left, say("file.check"), say("file.right"), (name) => {
      this.check([name]);
      this.fields.focus(name);
    });
  }

  private set(attrs: Attrs, typed: boolean): void {
    const at = this.props.getPos();
    if (at === undefined) return;
    const { tr } = this.props.editor.state;
    for (const [name, value] of Object.entries(attrs)) if (name in this.node.attrs) tr.setNodeAttribute(at, name, value);
    if (!tr.docChanged) return this.show();
    this.props.editor.view.dispatch(typed ? tr : tr.setMeta("addToHistory", false).setMeta(QUIET, true));
  }

  stopEvent(event: Event): boolean {
    if (event instanceof DragEvent) return false;
    const { tagName } = event.target as HTMLElement;
    return event.type === "mousedown" ? /^(INPUT|TEXTAREA|BUTTON|LABEL|VIDEO|AUDIO)$/.test(tagName) : event.target !== this.dom;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.arriving.destroy();
    for (const one of this.beside) one.destroy();
  }
}
