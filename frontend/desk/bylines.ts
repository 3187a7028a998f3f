// Bylines as chips in place of a text area with one name a line. The text area is still what is sent. Names are removed
// and added, and reset to one's own after each post.

import { t } from "./words";

export interface Bylines {
  names(): string[];
  set(names: string[]): void;
}

export function bylines(field: HTMLElement, changed: () => void): Bylines {
  const area = field.querySelector("textarea")!;
  const list = document.createElement("ul");
  const input = document.createElement("input");
  const names = (): string[] => [...new Set(area.value.split("\n").map((name) => name.trim()).filter(Boolean))];

  function draw(): void {
    list.replaceChildren(
      ...names().map((name) => {
        const item = document.createElement("li");
        const words = document.createElement("bdi");
        const remove = document.createElement("button");
        words.textContent = name;
        remove.type = "button";
        remove.textContent = "×";
        remove.setAttribute("aria-label", t("byline.remove", { name }));
        remove.addEventListener("click", () => put(names().filter((one) => one !== name), true));
        item.className = "chip byline";
        item.append(words, remove);
        return item;
      }),
    );
  }
  function put(all: string[], byHand: boolean): void {
    area.value = all.join("\n");
    draw();
    if (!byHand) return;
    input.focus();
    changed();
  }
  const typed = (): string[] => input.value.split(/[,;\n]/).map((name) => name.trim()).filter(Boolean);
  function add(): void {
    const all = [...names(), ...typed()];
    input.value = "";
    if (all.length === names().length) return;
    put(all, false);
    changed();
  }

  input.className = "byline-new";
  input.dir = "auto";
  input.maxLength = 120;
  input.autocomplete = "off";
  input.placeholder = t("byline.add");
  input.setAttribute("aria-label", t("byline.add"));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === ",") {
      event.preventDefault(); // Enter in an input would press the form's first button
      add();
    } else if (event.key === "Backspace" && !input.value) put(names().slice(0, -1), true);
  });
  input.addEventListener("blur", add);
  list.setAttribute("aria-label", t("byline.by"));
  field.querySelector("label")!.classList.add("visually-hidden");
  area.hidden = true;
  const by = document.createElement("span");
  by.className = "meta";
  by.textContent = t("byline.by");
  area.before(by, list, input);
  draw();
  return {
    names: () => [...new Set([...names(), ...typed()])], // a typed name counts, although it is no chip yet
    set(all) {
      input.value = "";
      put(all, false);
    },
  };
}
