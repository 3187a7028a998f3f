// A file's bytes decide its kind, not its name: a node that waited for a film becomes a sound's node if the file is a sound.

import type { NodeViewRendererProps } from "@tiptap/core";
import type { Media } from "../contracts";
import type { Attrs } from "./fields";
import { QUIET } from "./incoming";

const NODES: Partial<Record<Media["kind"], string>> = { picture: "image", video: "video", audio: "audio" };

/** Replaces a node by one of the file's kind, with the attributes that both kinds have. */
export function becomes({ editor, getPos }: NodeViewRendererProps, kind: Media["kind"], attrs: Attrs): boolean {
  const at = getPos();
  const { doc, schema, tr } = editor.state;
  const type = schema.nodes[NODES[kind] ?? ""];
  const node = at === undefined ? null : doc.nodeAt(at);
  if (at === undefined || !node || !type || node.type === type) return false;
  const $at = doc.resolve(at);
  if (!$at.parent.canReplaceWith($at.index(), $at.index() + 1, type)) return false;
  tr.replaceWith(at, at + node.nodeSize, type.create({ ...node.attrs, ...attrs })); // `create` takes only the attributes of its type
  editor.view.dispatch(tr.setMeta("addToHistory", false).setMeta(QUIET, true));
  return true;
}
