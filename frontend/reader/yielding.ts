// Yields to the browser during a burst of changes, so that the page still answers.

/** How long changes run before the browser may draw a frame. Style, layout and paint of the changes take several times as
    long, and belong to the same frame. */
const SLICE_MS = 3;

let began = 0;
let top = 0;
let measuredAt = -1;

/** How far the page is scrolled, measured once a slice: measured after each change, it forces a layout each time. */
export function scrollTop(): number {
  const now = performance.now();
  if (measuredAt < began || now < measuredAt || now - measuredAt > SLICE_MS) {
    top = scrollY;
    measuredAt = performance.now();
  }
  return top;
}

/** Discards the measurement, because a change or the reader scrolled the page. */
export function invalidateScrollTop(): void {
  measuredAt = -1;
}
addEventListener("scroll", invalidateScrollTop, true);

let nextFrame: Promise<void> | null = null;

/** Waits for the next frame once a slice is used up. The stream and the changes that it brings share a slice. A hidden page
    draws no frames, so there it does not wait. */
export async function yieldToBrowser(): Promise<void> {
  const now = performance.now();
  if (now - began > 50) began = now; // nothing ran for a while, so a new slice begins
  if (now - began < SLICE_MS || document.hidden) return;
  await (nextFrame ??= frame());
}

async function frame(): Promise<void> {
  await new Promise((resolve) => {
    requestAnimationFrame(resolve);
    setTimeout(resolve, 100); // if a browser draws no frame although the page is not hidden
  });
  nextFrame = null;
  began = performance.now();
}
