// Announcements to screen readers: one polite region, written to at most every ten seconds, and emptied in between, because
// not every screen reader announces the same words set twice. The words are made when they are announced, so that three
// posts become "3 new updates".

import { setLanguage } from "./words";

const EVERY_MS = 10_000; // announced more often, posts would drown everything else that a screen reader says
const GATHER_MS = 4_000; // posts come in bursts, and a lost connection is often back within this
const LONGEST_GATHER_MS = 8_000;
const SAID_MS = 5_000;

export class Announcer {
  readonly region = setLanguage(document.createElement("p"));
  private topics = new Map<string, () => string>();
  private timer = 0;
  private firstAt = 0;
  private nextAt = 0;

  constructor() {
    this.region.className = "unseen";
    this.region.setAttribute("role", "status");
  }

  /** Announces soon what `words` returns then; nothing if that is empty. Replaces what waits on the same topic. */
  say(topic: string, words: () => string): void {
    const now = performance.now(); // unlike Date.now, it does not jump when the clock is set
    if (!this.topics.size) this.firstAt = now;
    this.topics.set(topic, words);
    clearTimeout(this.timer);
    const due = Math.max(this.nextAt, Math.min(now + GATHER_MS, this.firstAt + LONGEST_GATHER_MS));
    this.timer = setTimeout(() => this.announce(), due - now);
  }

  private announce(): void {
    const words = [...this.topics.values()].map((made) => made()).filter(Boolean);
    this.topics.clear();
    if (!words.length) return;
    this.region.textContent = words.join(" · ");
    this.nextAt = performance.now() + EVERY_MS;
    setTimeout(() => (this.region.textContent = ""), SAID_MS);
  }
}
