// Links: the mark, and the small dialog for the address (Ctrl+K).

import { Mark, type Editor } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { isLinked, typed } from "./addresses";
import { button, element, unused } from "./parts";
import { under } from "./popover";
import { say } from "./words";

export function link() {
  return Mark.create({
    name: "link",
    addAttributes: () => ({ href: { rendered: false } }),
    // Dropped and composed text is read by this; pasted text has its own reader.
    parseHTML: () => [
      {
        tag: "a[href]",
        getAttrs: (a) => {
          const href = a.getAttribute("href") ?? "";
          return isLinked(href) ? { href } : false;
        },
      },
    ],
    renderHTML: ({ mark }) => ["a", { href: mark.attrs.href as string, title: mark.attrs.href as string, rel: "noopener" }, 0],
    addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => ask(editor) }),
  });
}

/** Opens the dialog for the selected words, or for the link at the cursor. */
export function ask(editor: Editor): boolean {
  const { view } = editor;
  const before = editor.state.selection;
  if (before instanceof NodeSelection || (before.empty && !before.$from.parent.inlineContent)) return false;
  const was = editor.getAttributes("link").href as string | undefined;
  if (was) editor.commands.extendMarkRange("link");

  const id = unused();
  const address = element("input", { id, type: "text", inputmode: "url", autocomplete: "off", value: was ?? "", maxlength: 2048 });
  const error = element("p", { id: `${id}-error`, class: "field-error", role: "alert", hidden: true });
  const dialog = element(
    "div",
    { class: "editor-popover link-dialog", role: "dialog", "aria-label": say("link") },
    element("label", { for: id }, say("link.href")),
    address,
    error,
  );

  const close = (): void => {
    view.focus(); // the loss of focus closes the dialog
  };
  const apply = (): void => {
    const href = typed(address.value);
    if (!href && address.value.trim()) {
      error.textContent = say("link.wrong");
      error.hidden = false;
      address.setAttribute("aria-invalid", "true");
      address.setAttribute("aria-describedby", error.id);
      return;
    }
    close();
    if (!href) editor.commands.unsetMark("link");
    else if (editor.state.selection.empty) insert(editor, href);
    else editor.chain().setMark("link", { href }).setTextSelection(editor.state.selection.to).run();
  };
  const buttons = element("div", { class: "popover-buttons" }, button(say("link.apply"), apply));
  if (was) {
    const remove = (): void => {
      close();
      editor.commands.unsetMark("link");
    };
    buttons.append(button(say("link.remove"), remove));
  }
  dialog.append(buttons);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === address && !event.isComposing) apply();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  dialog.addEventListener("focusout", (event) => {
    if (!dialog.contains(event.relatedTarget as Node | null) && document.hasFocus()) dialog.remove();
  });
  view.dom.parentElement?.append(dialog);
  under(dialog, view, editor.state.selection.from);
  address.focus();
  address.select();
  return true;
}

function insert(editor: Editor, href: string): void {
  const { tr, schema } = editor.state;
  const words = schema.text(href.replace(/^mailto:/i, ""), [schema.marks.link!.create({ href })]);
  editor.view.dispatch(tr.replaceSelectionWith(words, false).scrollIntoView());
}
