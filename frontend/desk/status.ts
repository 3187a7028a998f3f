// The one status line: what was done a moment ago, with a way back where there is one. Everybody tells the bus `say`.

import { on } from "./bus";

const SHOWN_MS = 8_000; // as long as "undo" is offered
const line = document.querySelector<HTMLElement>("[data-status-line]");

if (line) {
  const text = line.querySelector("p")!;
  const undo = line.querySelector("button")!;
  let back: (() => void) | undefined;
  let timer = 0;
  const hide = (): void => {
    if (line.contains(document.activeElement)) return; // whoever is at the button is not hurried
    line.hidden = true;
    text.textContent = "";
  };
  on("say", (said) => {
    clearTimeout(timer);
    back = said.undo;
    undo.hidden = !back;
    line.classList.toggle("bad", !!said.bad);
    line.hidden = false;
    // A region that was hidden is not heard at once in every browser: its words come after it is there.
    setTimeout(() => (text.textContent = said.text));
    timer = setTimeout(hide, said.bad ? 2 * SHOWN_MS : SHOWN_MS);
  });
  undo.addEventListener("click", () => {
    undo.blur();
    hide();
    back?.();
  });
  line.addEventListener("focusout", () => (timer = setTimeout(hide, 1000)));
}
