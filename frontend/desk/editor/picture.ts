// A picture in a body: large, as readers see it, with its fields in place, the focal point, and remarks about its file. Owns
// how a node changes when its file is uploaded. Look next: arriving.ts for the upload.

import { Node, mergeAttributes, type NodeViewRendererProps } from "@tiptap/core";
import type { Node as Block } from "@tiptap/pm/model";
import { given } from "../awaited";
import type { Media } from "../contracts";
import { isWeb } from "./addresses";
import { Arriving } from "./arriving";
import { becomes } from "./becoming";
import { choose } from "./choosing";
import { Fields, removal, shown, type Attrs, type Field } from "./fields";
import { focalPoint } from "./focal";
import { inGallery } from "./gallery";
import { awaitsFile, freshKey, QUIET, type Incoming } from "./incoming";
import { button, element } from "./parts";
import { said } from "./said";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

/** A picture by address only: inserted so, an archive's, or one without a file yet. */
const elsewhere = (attrs: Attrs): boolean => !attrs.media && !awaitsFile(attrs);

const FIELDS: Field[] = [
  { name: "src", as: "address", of: elsewhere },
  { name: "caption", as: "lines" },
  { name: "credit" },
  { name: "alt", as: "lines" },
  { name: "decorative", as: "tick" },
  { name: "graphic", as: "tick" },
];

export function picture(incoming: Incoming) {
  return Node.create({
    name: "image",
    addAttributes: () => attributes("image"),
    parseHTML: () => [{ tag: "figure[data-node=image]", getAttrs: (dom) => carried("image", dom) }],
    renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": "image" }, carrying(node))],
    addNodeView: () => (props) => new Picture(props, incoming),
  });
}

class Picture {
  readonly dom: HTMLElement;
  private node: Block;
  private readonly fields: Fields;
  private readonly arriving: Arriving;
  private readonly seen = element("img", { class: "picture-seen", alt: "", referrerpolicy: "no-referrer", hidden: true });
  private readonly unseen = element("p", { class: "picture-unseen", hidden: true });
  private readonly covered = element("span", { class: "picture-covered", hidden: true }, say("image.covered"));
  private readonly said = element("div", { class: "file-said", role: "note", hidden: true });
  private readonly none = element("p", { class: "picture-none" });
  private readonly places = element("span", { class: "node-places" });
  private readonly point;
  private local = ""; // what this device can show of it before it is uploaded
  private asked = ""; // the file whose description was requested

  constructor(
    private readonly props: NodeViewRendererProps,
    private readonly incoming: Incoming,
  ) {
    const { editor, node } = props;
    const getPos = props.getPos as () => number | undefined;
    this.node = node;
    this.fields = new Fields(editor, node, getPos, FIELDS, (name) => this.touched([name]));
    this.point = focalPoint((x, y) => this.set({ focus_x: x, focus_y: y }, true));
    this.arriving = new Arriving(incoming, "image/*", (arrival, file) => {
      if (file.address && file.address !== this.local) {
        this.local = file.address;
        this.look();
      }
      this.unseen.textContent = file.name;
      if (arrival.is === "ready") this.came(arrival.media);
    });
    this.none.append(
      button(say("file.choose"), () => choose("image/*", false, ([file]) => file && this.take(file)), { class: "small" }),
      ` ${say("image.or")}`,
    );
    const what = say("node.image");
    this.dom = element(
      "div",
      { class: "node node-image", contenteditable: "false", role: "group", "aria-label": what },
      element("div", { class: "node-bar" }, element("span", {}, what), this.places, removal(editor, "image", getPos)),
      element("div", { class: "picture-stage" }, this.seen, this.unseen, this.covered, this.point.dom),
      this.arriving.dom,
      this.none,
      this.said,
      this.fields.dom,
    );
    this.seen.addEventListener("error", () => this.unreadable());
    this.seen.addEventListener("load", () => (this.point.dom.hidden = !this.ours));
    shown.set(this.dom, this.fields);
    incoming.drawn.add(this);
    this.show();
  }

  placed(): void {
    inGallery(this.places, this.props);
  }

  private get ours(): boolean {
    return Boolean(this.node.attrs.media) || awaitsFile(this.node.attrs);
  }

  update(node: Block): boolean {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.show();
    return true;
  }

  private show(): void {
    const { attrs } = this.node;
    this.fields.update(this.node);
    this.point.at(attrs.focus_x as number, attrs.focus_y as number);
    this.covered.hidden = !attrs.graphic;
    this.arriving.follow(awaitsFile(attrs) ? (attrs.id as string) : "");
    this.none.hidden = this.ours || Boolean(attrs.src);
    this.look();
    this.placed();
    const { media } = attrs;
    if (!media || media === this.asked) return;
    this.asked = media as string;
    void this.incoming.about(this.asked, String(attrs.id)).then((about) => about && this.about(about));
  }

  private about(media: Media): void {
    const { shown: address } = media;
    said(this.said, media);
    this.check();
    if (!address || this.seen.dataset.of === address) return;
    const loaded = new Image(); // the shown picture stays until the other is loaded
    loaded.addEventListener("load", () => {
      this.seen.dataset.of = address;
      this.see(address);
    });
    loaded.src = address;
  }

  private look(): void {
    const { src, media, width, height } = this.node.attrs;
    if (width && height) Object.assign(this.seen, { width, height });
    if (this.seen.dataset.of) return;
    const outside = !media && typeof src === "string" && src.startsWith("https:") && isWeb(src) ? src : "";
    this.see(this.local || outside);
  }

  private see(address: string): void {
    if (!address) this.seen.removeAttribute("src");
    else if (this.seen.getAttribute("src") !== address) this.seen.src = address;
    this.seen.hidden = !address;
    this.unseen.hidden = true;
    this.point.dom.hidden = !address || !this.ours;
  }

  /** This browser cannot show such a file, but the server can convert it. */
  private unreadable(): void {
    this.seen.hidden = this.point.dom.hidden = true;
    this.unseen.hidden = !this.unseen.textContent;
  }

  /** Uploads a file for a picture that has none. */
  private take(file: File): void {
    const key = freshKey();
    void this.incoming.take(key, file);
    this.set({ id: key }, true);
  }

  /** The file is uploaded: the node names it, and empty fields are filled from its metadata. */
  private came(media: Media): void {
    const { attrs } = media;
    const { attrs: fresh, filled } = given(this.node.type.name, this.node.attrs, attrs);
    const key = this.node.attrs.id as string;
    this.asked = media.id;
    this.incoming.check(key, filled);
    if (becomes(this.props, media.kind, fresh)) return;
    this.set(fresh, false);
    this.about(media);
  }

  private check(): void {
    const names = this.incoming.unchecked(this.node.attrs.id as string).filter((name) => this.node.attrs[name]);
    this.fields.toCheck(names, say("file.check"), say("file.right"), (name) => {
      this.touched([name]);
      this.fields.focus(name);
    });
  }

  private touched(names: string[]): void {
    const key = this.node.attrs.id as string;
    const left = this.incoming.unchecked(key).filter((name) => !names.includes(name));
    if (left.length !== this.incoming.unchecked(key).length) this.incoming.check(key, left);
    this.check();
  }

  /** `typed`: a person did it, and can undo it. */
  private set(attrs: Attrs, typed: boolean): void {
    const at = this.props.getPos();
    if (at === undefined) return;
    const { tr } = this.props.editor.state;
    for (const [name, value] of Object.entries(attrs)) if (name in this.node.attrs) tr.setNodeAttribute(at, name, value);
    this.props.editor.view.dispatch(typed ? tr : tr.setMeta("addToHistory", false).setMeta(QUIET, true));
  }

  stopEvent(event: Event): boolean {
    if (event instanceof DragEvent) return false;
    const { tagName } = event.target as HTMLElement;
    return event.type === "mousedown" ? /^(INPUT|TEXTAREA|BUTTON|LABEL)$/.test(tagName) : event.target !== this.dom;
  }

  ignoreMutation(): boolean {
    return true;
  }

  destroy(): void {
    this.incoming.drawn.delete(this);
    this.arriving.destroy();
  }
}
