// The point of a picture that every crop keeps: shown on it, set by a click or the arrow keys.

import { element } from "./parts";
import { say } from "./words";

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const STEP = 2; // percent; with Shift five times as far

export function focalPoint(set: (x: number, y: number) => void) {
  const ring = element("span", { class: "focal-ring" });
  const dom = element("button", { type: "button", class: "focal", hidden: true }, ring);
  let [x, y] = [50, 50];

  const within = (value: number): number => Math.round(Math.min(100, Math.max(0, value)));
  const at = (left: number, top: number): void => {
    [x, y] = [left, top];
    ring.style.left = `${x}%`;
    ring.style.top = `${y}%`;
    dom.setAttribute("aria-label", say("focal", { x, y }));
    dom.title = say("focal.help");
    dom.classList.toggle("moved", x !== 50 || y !== 50);
  };
  dom.addEventListener("click", (event) => {
    if (!event.detail) return; // from a key; the arrow keys move it
    const box = dom.getBoundingClientRect();
    set(within(((event.clientX - box.left) / box.width) * 100), within(((event.clientY - box.top) / box.height) * 100));
  });
  dom.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const far = event.shiftKey ? 5 * STEP : STEP;
    set(within(x + step[0] * far), within(y + step[1] * far));
  });
  at(50, 50);
  return { dom, at };
}
