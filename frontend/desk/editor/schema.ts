// The editor's schema: core's, which `python -m asithappened.core.body prosemirror` prints into schema.json, with the
// behaviour of each node under a cursor, which is no part of a body. Adds one node, `kept`, for unknown blocks of a newer
// server.

import type { SchemaSpec } from "@tiptap/pm/model";
import printed from "./schema.json";

interface Attribute {
  default?: unknown;
  maxLength?: number;
  max?: number;
}
interface Printed {
  content?: string;
  inline?: boolean;
  attrs?: Record<string, Attribute>;
}

export const nodes: Record<string, Printed> = printed.nodes;
export const marks: Record<string, Printed> = printed.marks;
export const KEPT = "kept";

const ATOM = { atom: true, draggable: true, selectable: true };
const behaviour: Record<string, object> = {
  hardBreak: { selectable: false, linebreakReplacement: true },
  heading: { defining: true },
  listItem: { defining: true },
  blockquote: { defining: true },
  table: { isolating: true },
  tableCell: { isolating: true },
  image: ATOM,
  // One picture is allowed, because moving the other leaves one for a moment; gallery.ts then dissolves the gallery.
  gallery: { content: "(image)+", isolating: true, draggable: true, selectable: true },
  socialEmbed: ATOM,
  linkCard: ATOM,
  video: ATOM,
  audio: ATOM,
  results: { isolating: true, draggable: true, selectable: true },
  score: ATOM,
  result: { atom: true, selectable: true },
  poll: { isolating: true, draggable: true, selectable: true },
  pollOption: { atom: true, selectable: true },
};

/** ProseMirror only knows an attribute's default. Without one, the attribute is required. */
function attributes(of: Printed): Record<string, { default?: unknown }> {
  return Object.fromEntries(
    Object.entries(of.attrs ?? {}).map(([name, said]) => [name, "default" in said ? { default: said.default } : {}]),
  );
}

function node(name: string): object {
  const { content, inline } = nodes[name] as Printed;
  // ProseMirror defines a text node's attributes and content.
  if (name === "text") return { inline: true, group: "inline" };
  return {
    ...(content ? { content } : {}),
    ...(inline ? { inline } : {}),
    attrs: attributes(nodes[name] as Printed),
    ...behaviour[name],
  };
}

export const spec: SchemaSpec = {
  topNode: "doc",
  nodes: {
    ...Object.fromEntries(Object.keys(nodes).map((name) => [name, node(name)])),
    doc: { content: `(${nodes.doc?.content} | ${KEPT})*` },
    [KEPT]: { ...ATOM, attrs: { json: { default: null } } },
  },
  marks: Object.fromEntries(
    Object.entries(marks).map(([name, said]) => [
      name,
      // Words typed after a link are not part of it.
      { attrs: attributes(said), ...(name === "link" ? { inclusive: false } : {}) },
    ]),
  ),
};
