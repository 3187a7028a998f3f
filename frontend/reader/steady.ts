// Nothing moves under who reads: what was on the screen before a change is put back where it stood.

import { moved, scrolled } from "./turns";

const root = document.documentElement;

export class Steady {
  /** By how much the last change left the reader's place off, and where the page was scrolled to then. */
  private drift = 0;
  private steadyAt = -1;

  constructor(private posts: Element) {}

  /** Runs a change, and puts what the reader was looking at back where it stood on the screen. */
  keepingPlace(change: () => void): void {
    if (scrolled() <= 1) return change();
    const seen = inView(this.posts);
    // The browser's own anchoring would move as well, and some browsers have none: ours alone, while this lasts.
    root.dataset.steady = "";
    change();
    const found = seen.find(([element]) => element.isConnected);
    if (found) {
      // Browsers scroll by whole pixels only: what is left over is made good next time, or a hundred updates add up.
      const owed = scrollY === this.steadyAt ? this.drift : 0;
      const off = (): number => found[0].getBoundingClientRect().top - found[1] + owed;
      scrollBy(0, off());
      this.drift = off();
      this.steadyAt = scrollY;
      moved();
    }
    setTimeout(() => delete root.dataset.steady, 100);
  }
}

/** Lists what is on the screen with its place, the likeliest to be read first: paragraphs before whole posts. */
function inView(posts: Element): [Element, number][] {
  const found: [Element, number][] = [];
  const look = (element: Element): boolean => {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom <= 0 || top >= innerHeight) return false;
    found.push([element, top]);
    return true;
  };
  const whole: [Element, number][] = [];
  for (const post of posts.children) {
    if (look(post)) {
      whole.push(found.pop()!);
      post.querySelectorAll("h2,p,li,figure,footer").forEach(look);
    } else if (whole.length) break;
  }
  if (!whole.length) document.querySelectorAll("main [data-part] > *").forEach(look);
  // A paragraph cut by the upper edge would keep its hidden head in place and move what is read; those after it first.
  return [...found.filter(([, top]) => top >= 0), ...found, ...whole.sort((a, b) => b[1] - a[1])];
}
