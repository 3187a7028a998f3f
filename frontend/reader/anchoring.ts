// Scroll anchoring: an element that was on the screen before a change is put back at the same height after it.

import { invalidateScrollTop, scrollTop } from "./yielding";

const root = document.documentElement;

export class ScrollAnchoring {
  /** By how much the last change missed, and the scroll position that it left. */
  private drift = 0;
  private anchoredAt = -1;

  constructor(private posts: Element) {}

  /** Runs a change, and scrolls so that what the reader was looking at stays at the same height on the screen. */
  keepingPlace(change: () => void): void {
    if (scrollTop() <= 1) return change();
    const seen = inView(this.posts);
    // Some browsers have no scroll anchoring of their own. Theirs is off during ours, or the page would move twice.
    root.dataset.steady = "";
    change();
    const found = seen.find(([element]) => element.isConnected);
    if (found) {
      // Browsers scroll by whole pixels: the rest is added to the next correction, or a hundred updates add up.
      const owed = scrollY === this.anchoredAt ? this.drift : 0;
      const off = (): number => found[0].getBoundingClientRect().top - found[1] + owed;
      scrollBy(0, off());
      this.drift = off();
      this.anchoredAt = scrollY;
      invalidateScrollTop();
    }
    setTimeout(() => delete root.dataset.steady, 100);
  }
}

/** Lists what is on the screen with its height there, in the order in which it is likely being read: paragraphs before
    whole posts. */
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
  // A paragraph cut off by the upper edge comes last: anchored by its hidden beginning, the text being read would move.
  return [...found.filter(([, top]) => top >= 0), ...found, ...whole.sort((a, b) => b[1] - a[1])];
}
