// Gives the screen its turn while much is done, so that no burst keeps a page from answering.

/** For how long changes are made before the screen may show a frame. To style, lay out and draw what comes of them takes
    several times as long, and is part of the frame. */
const SLICE_MS = 3;

let began = 0;
let top = 0;
let measuredAt = -1;

/** How far the page is scrolled, measured once a slice: asked after each change, all of it is laid out anew each time. */
export function scrolled(): number {
  const now = performance.now();
  if (measuredAt < began || now < measuredAt || now - measuredAt > SLICE_MS) {
    top = scrollY;
    measuredAt = performance.now();
  }
  return top;
}

/** Has it measured again: a change moved the page, or its reader did. */
export function moved(): void {
  measuredAt = -1;
}
addEventListener("scroll", moved, true);

/** Waits for the screen's next frame once a slice of time is used up. A hidden page has none, and does not wait. */
export async function turn(): Promise<void> {
  const now = performance.now();
  if (now - began > 50) began = now; // nothing was done for a while
  if (now - began < SLICE_MS || document.hidden) return;
  await new Promise((resolve) => {
    requestAnimationFrame(resolve);
    setTimeout(resolve, 100); // where a browser draws none, though the page is not hidden
  });
  began = performance.now();
}
