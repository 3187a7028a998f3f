// Where something that floats over the editor stands: under the words that it is about, and never wider than the editor.

import type { EditorView } from "@tiptap/pm/view";

export function under(floating: HTMLElement, view: EditorView, at: number): void {
  const room = (view.dom.parentElement as HTMLElement).getBoundingClientRect();
  const words = view.coordsAtPos(at);
  const left = Math.max(0, Math.min(words.left - room.left, room.width - floating.offsetWidth));
  floating.style.insetBlockStart = `${words.bottom - room.top + 4}px`;
  floating.style.left = `${left}px`;
}
