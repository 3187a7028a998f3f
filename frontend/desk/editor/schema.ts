// The schema that the editor is built on: core's, as `python -m asithappened.core.body prosemirror` printed it into
// schema.json, and beside it how each node behaves under a cursor, which no body shows. Adds one node, `kept`, for
// whatever a newer server may send and this page does not know.

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
  // One picture is enough for a moment: while another is moved. What is left of it then is no gallery (gallery.ts).
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

/** What ProseMirror knows of an attribute: its default alone. Without one it has to be given. */
function attributes(of: Printed): Record<string, { default?: unknown }> {
  return Object.fromEntries(
    Object.entries(of.attrs ?? {}).map(([name, said]) => [name, "default" in said ? { default: said.default } : {}]),
  );
}

function node(name: string): object {
  const { content, inline } = nodes[name] as Printed;
  // A text node's attributes and content are ProseMirror's own.
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
      // Words typed behind a link are not the link's.
      { attrs: attributes(said), ...(name === "link" ? { inclusive: false } : {}) },
    ]),
  ),
};
