// A block of an unknown type: shown as such, and sent back unchanged.

import { Node } from "@tiptap/core";
import { removal } from "./fields";
import { element } from "./parts";
import { KEPT } from "./schema";
import { say } from "./words";
import type { Json } from "./written";

export function kept() {
  return Node.create({
    name: KEPT,
    renderHTML: () => ["div", { class: "node-kept" }],
    addNodeView() {
      return ({ editor, node, getPos }) => ({
        dom: element(
          "div",
          { class: "node-kept", contenteditable: "false" },
          element("p", {}, say("kept", { what: (node.attrs.json as Json | null)?.type ?? "" })),
          removal(editor, KEPT, getPos),
        ),
        stopEvent: (event) => event.target instanceof HTMLButtonElement,
        ignoreMutation: () => true,
      });
    },
  });
}
