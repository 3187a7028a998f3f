// The position of something that floats over the editor: under its words, or above them if there is no room. It is placed in
// the window, because a scrolling ancestor would cut it off.

import type { EditorView } from "@tiptap/pm/view";

const GAP = 4;

export function under(floating: HTMLElement, view: EditorView, at: number): void {
  const { left, top, bottom } = view.coordsAtPos(at);
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = bottom + GAP + height <= window.innerHeight || top - GAP - height < 0;
  floating.style.top = `${below ? bottom + GAP : top - GAP - height}px`;
  floating.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
}
