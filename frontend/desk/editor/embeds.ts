// What stands in a post beside its words: pictures by address, posts from social networks, cards, films and sounds. All
// of each is in its fields, and those are in place.

import { Node, mergeAttributes } from "@tiptap/core";
import { isWeb } from "./addresses";
import { Fields, removal, shown, type Field } from "./fields";
import { element } from "./parts";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

const MEDIA: Field[] = [
  { name: "url", as: "address" },
  { name: "title" },
  { name: "caption", as: "lines" },
  { name: "credit" },
  { name: "provider" },
];

const FIELDS: Record<string, Field[]> = {
  image: [
    { name: "src", as: "address" },
    { name: "alt", as: "lines" },
    { name: "decorative", as: "tick" },
    { name: "caption", as: "lines" },
    { name: "credit" },
  ],
  socialEmbed: [
    { name: "url", as: "address" },
    { name: "text", as: "lines" },
    { name: "author" },
    { name: "handle" },
    { name: "platform" },
    { name: "date" },
  ],
  linkCard: [
    { name: "url", as: "address" },
    { name: "title" },
    { name: "text", as: "lines" },
    { name: "label" },
    { name: "site" },
  ],
  video: MEDIA,
  audio: MEDIA,
};

/** Pictures that belong together; each has its own fields. */
const gallery = Node.create({
  name: "gallery",
  addAttributes: () => attributes("gallery"),
  parseHTML: () => [{ tag: "div[data-node=gallery]" }],
  renderHTML: () => ["div", { "data-node": "gallery", class: "node-gallery", role: "group" }, 0],
});

export function embeds() {
  return [gallery, ...leaves()];
}

function leaves() {
  return Object.entries(FIELDS).map(([name, fields]) =>
    Node.create({
      name,
      addAttributes: () => attributes(name),
      parseHTML: () => [{ tag: `figure[data-node=${name}]`, getAttrs: (dom) => carried(name, dom) }],
      renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": name }, carrying(node))],
      addNodeView() {
        return ({ editor, node, getPos }) => {
          const inputs = new Fields(editor, node, getPos, fields);
          const what = say(`node.${name}`);
          const seen = element("img", { class: "node-picture", alt: "", referrerpolicy: "no-referrer", hidden: true });
          const look = (src: unknown): void => {
            const may = typeof src === "string" && src.startsWith("https:") && isWeb(src);
            if (may && seen.src !== src) seen.src = src;
            seen.hidden = !may;
          };
          look(node.attrs.src);
          const dom = element(
            "div",
            { class: `node node-${name}`, contenteditable: "false", role: "group", "aria-label": what },
            element("div", { class: "node-bar" }, element("span", {}, what), removal(editor, name, getPos)),
            ...(name === "image" ? [seen] : []),
            inputs.dom,
          );
          seen.addEventListener("error", () => (seen.hidden = true));
          shown.set(dom, inputs);
          return {
            dom,
            update: (now) => now.type === node.type && (inputs.update(now), look(now.attrs.src), true),
            stopEvent: (event) => event.target !== dom && !(event instanceof DragEvent) && event.type !== "mousedown"
              ? true
              : /^(INPUT|TEXTAREA|BUTTON|LABEL)$/.test((event.target as HTMLElement).tagName),
            ignoreMutation: () => true,
          };
        };
      },
    }),
  );
}
