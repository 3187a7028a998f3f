// A few quiet buttons for people who do not know the keys: bold, italic, link, list, quotation, pictures, and more by the
// slash menu. On touch screens also the camera.

import type { Editor } from "@tiptap/core";
import { choose } from "./choosing";
import { ask } from "./link";
import { openMenu } from "./menu";
import { button, element } from "./parts";
import { takingOf } from "./taking";
import { say } from "./words";

interface Tool {
  name: string;
  face: string;
  key: string;
  does: (editor: Editor) => void;
  on?: string;
  /** Only on touch screens. */
  touch?: true;
}

const TOOLS: Tool[] = [
  { name: "bold", face: "B", key: "Ctrl+B", does: (editor) => editor.commands.toggleMark("bold"), on: "bold" },
  { name: "italic", face: "I", key: "Ctrl+I", does: (editor) => editor.commands.toggleMark("italic"), on: "italic" },
  { name: "link", face: "↗", key: "Ctrl+K", does: ask, on: "link" },
  { name: "list", face: "•", key: "-", does: (editor) => editor.commands.toggleList("bulletList", "listItem"), on: "bulletList" },
  { name: "quote", face: "❝", key: ">", does: (editor) => editor.commands.toggleWrap("blockquote"), on: "blockquote" },
  { name: "picture", face: "▣", key: "/picture", does: (editor) => choose("image/*,video/*,audio/*", true, (files) => takingOf(editor)(files)) },
  { name: "camera", face: "◉", key: "", does: (editor) => choose("image/*", false, (files) => takingOf(editor)(files, null, "alt"), true), touch: true },
  { name: "more", face: "+", key: "/", does: openMenu },
];

/** Adds the buttons below the editor; returns a function that shows which are active at the cursor. */
export function tools(at: HTMLElement, editor: Editor): () => void {
  const bar = element("div", { class: "editor-tools", role: "toolbar", "aria-label": say("tools") });
  const touch = matchMedia("(pointer: coarse)").matches;
  const all = TOOLS.filter((tool) => !tool.touch || touch);
  const buttons = all.map((tool, n) => {
    const title = tool.key ? `${say(`tools.${tool.name}`)} (${tool.key})` : say(`tools.${tool.name}`);
    const made = button(
      tool.face,
      () => {
        editor.view.focus();
        tool.does(editor);
      },
      { class: `tool-${tool.name}`, title, "aria-label": title, tabindex: n ? -1 : 0, "aria-pressed": tool.on && "false" },
    );
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    return made;
  });
  bar.append(...buttons);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = (here + step + buttons.length) % buttons.length;
    buttons.forEach((one, n) => (one.tabIndex = n === next ? 0 : -1));
    buttons[next]?.focus();
  });
  at.append(bar);

  let shown = "";
  return () => {
    const now = all.map(({ on }) => (on && editor.isActive(on) ? "1" : "0")).join("");
    if (now === shown) return;
    shown = now;
    all.forEach(({ on }, n) => on && buttons[n]?.setAttribute("aria-pressed", String(now[n] === "1")));
  };
}
