// Gives the screen its turn while much is done, so that no burst keeps a page from answering.

/** For how long changes are made before the screen may show a frame: a sixtieth of a second, less what drawing costs. */
const SLICE_MS = 8;

let began = 0;

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
