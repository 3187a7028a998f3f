// What a screen reader is told: one polite region, at most every ten seconds, and emptied in between, because the same
// words set again are not told by all of them. Words are made when they are said: three posts are "3 new updates".

import { speaking } from "./words";

const EVERY_MS = 10_000; // whoever is told of every post hears nothing else
const GATHER_MS = 4_000; // posts come in bursts, and a lost line is often back
const LONGEST_GATHER_MS = 8_000;
const SAID_MS = 5_000;

export class Announcer {
  readonly region = speaking(document.createElement("p"));
  private topics = new Map<string, () => string>();
  private timer = 0;
  private first = 0;
  private next = 0;

  constructor() {
    this.region.className = "unseen";
    this.region.setAttribute("role", "status");
  }

  /** Will say the words of a topic, as they are by then; none, if there is nothing to say any more. */
  say(topic: string, words: () => string): void {
    const now = performance.now(); // whatever somebody does to the clock
    if (!this.topics.size) this.first = now;
    this.topics.set(topic, words);
    clearTimeout(this.timer);
    const due = Math.max(this.next, Math.min(now + GATHER_MS, this.first + LONGEST_GATHER_MS));
    this.timer = setTimeout(() => this.speak(), due - now);
  }

  private speak(): void {
    const words = [...this.topics.values()].map((made) => made()).filter(Boolean);
    this.topics.clear();
    if (!words.length) return;
    this.region.textContent = words.join(" · ");
    this.next = performance.now() + EVERY_MS;
    setTimeout(() => (this.region.textContent = ""), SAID_MS);
  }
}
