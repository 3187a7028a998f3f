// The status line: what was done a moment ago, with undo if that is possible. Every part tells it by `say` on the bus.

import { on } from "./bus";

const SHOWN_MS = 8_000; // as long as "undo" is offered
const line = document.querySelector<HTMLElement>("[data-status-line]");

if (line) {
  const text = line.querySelector("p")!;
  const undo = line.querySelector("button")!;
  let back: (() => void) | undefined;
  let timer = 0;
  const hide = (): void => {
    if (line.contains(document.activeElement)) return; // not hidden while its button has the focus
    line.hidden = true;
    text.textContent = "";
  };
  on("say", (said) => {
    clearTimeout(timer);
    back = said.undo;
    undo.hidden = !back;
    line.classList.toggle("bad", !!said.bad);
    line.hidden = false;
    // Some browsers do not announce a live region that was hidden a moment ago, so its words are set after it is shown.
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
