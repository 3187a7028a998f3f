// A file is what its bytes say, whatever its name said: a node that waited for a film becomes a sound's, if that is what came.

import type { NodeViewRendererProps } from "@tiptap/core";
import type { Media } from "../contracts";
import type { Attrs } from "./fields";
import { QUIET } from "./incoming";

const NODES: Partial<Record<Media["kind"], string>> = { picture: "image", video: "video", audio: "audio" };

/** Puts the node of another kind in a node's place, with what is written in both, if the file is of that kind. */
export function becomes({ editor, getPos }: NodeViewRendererProps, kind: Media["kind"], attrs: Attrs): boolean {
  const at = getPos();
  const { doc, schema, tr } = editor.state;
  const type = schema.nodes[NODES[kind] ?? ""];
  const node = at === undefined ? null : doc.nodeAt(at);
  if (at === undefined || !node || !type || node.type === type) return false;
  const $at = doc.resolve(at);
  if (!$at.parent.canReplaceWith($at.index(), $at.index() + 1, type)) return false;
  tr.replaceWith(at, at + node.nodeSize, type.create({ ...node.attrs, ...attrs })); // which takes those that it has
  editor.view.dispatch(tr.setMeta("addToHistory", false).setMeta(QUIET, true));
  return true;
}
