// Where something that floats over the editor stands: under the words that it is about, or over them where there is no
// room, and in the window as a whole: what it floats over may scroll and would cut it off.

import type { EditorView } from "@tiptap/pm/view";

const GAP = 4;

export function under(floating: HTMLElement, view: EditorView, at: number): void {
  const { left, top, bottom } = view.coordsAtPos(at);
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = bottom + GAP + height <= window.innerHeight || top - GAP - height < 0;
  floating.style.top = `${below ? bottom + GAP : top - GAP - height}px`;
  floating.style.left = `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`;
}
