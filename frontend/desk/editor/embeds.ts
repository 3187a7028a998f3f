// Nodes without words or files of their own: social posts, cards, scores. Each is edited by its fields in place.

import { Node, mergeAttributes } from "@tiptap/core";
import { Fields, removal, shown, type Field } from "./fields";
import { element } from "./parts";
import { attributes, carried, carrying } from "./text";
import { say } from "./words";

const FIELDS: Record<string, Field[]> = {
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
  score: [
    { name: "title" },
    { name: "home" },
    { name: "away" },
    { name: "home_score", as: "count" },
    { name: "away_score", as: "count" },
    { name: "period" },
    { name: "clock" },
    { name: "running", as: "tick" },
    { name: "home_scorers", as: "lines" },
    { name: "away_scorers", as: "lines" },
  ],
};

export function embeds() {
  return Object.entries(FIELDS).map(([name, fields]) =>
    Node.create({
      name,
      addAttributes: () => attributes(name),
      parseHTML: () => [{ tag: `figure[data-node=${name}]`, getAttrs: (dom) => carried(name, dom) }],
      renderHTML: ({ node }) => ["figure", mergeAttributes({ "data-node": name }, carrying(node))],
      addNodeView() {
        return ({ editor, node, getPos }) => {
          // A clock shows the typed time as of the moment at which it was typed.
          const touched = (field: string): void => {
            const at = getPos();
            if (at === undefined || (field !== "clock" && field !== "running")) return;
            const now = new Date().toISOString().slice(0, 19) + "Z";
            editor.view.dispatch(editor.state.tr.setNodeAttribute(at, "clock_at", now).setMeta("addToHistory", false));
          };
          const inputs = new Fields(editor, node, getPos, fields, touched);
          const what = say(`node.${name}`);
          const dom = element(
            "div",
            { class: `node node-${name}`, contenteditable: "false", role: "group", "aria-label": what },
            element("div", { class: "node-bar" }, element("span", {}, what), removal(editor, name, getPos)),
            inputs.dom,
          );
          shown.set(dom, inputs);
          return {
            dom,
            update: (now) => now.type === node.type && (inputs.update(now), true),
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
