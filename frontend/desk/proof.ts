// What became of each post that was sent: a line beside the composer, from "Sending…" to "Live to readers since", which
// is when the last delivery process had it. Owns those lines, their undo, and the way to the post.

import { Refused, send } from "./ask";
import { liveSince } from "./beat";
import { on, tell } from "./bus";
import type { Beat, State } from "./contracts";
import { alarming, sentence, timeOf } from "./states";
import { t } from "./words";

const UNDO_MS = 8_000;
const SHOWN = 3;

/** The answer to a composer that was sent. */
export interface Answer {
  done: string;
  /** What waits for its time instead: a post that is held can be undone until `due`. */
  scheduled?: { number: number; held: boolean; due: string };
  receipt?: { seqs: [number, number]; post: string; address: string; based_on: number };
}

const owed = new Map<Proof, number>(); // the seq that readers are still owed
let last: Beat | undefined;
on("beat", (beat) => {
  last = beat;
  for (const [proof, seq] of owed) proof.reached(beat, seq);
});

export class Proof {
  private readonly line = document.createElement("li");
  private readonly said = document.createElement("span");
  private post = "";

  constructor(list: HTMLElement | null) {
    this.line.append(this.said);
    list?.prepend(this.line);
    for (const old of [...(list?.children ?? [])].slice(SHOWN)) old.remove();
  }

  say(state: State): void {
    this.words(sentence(state), alarming(state));
  }

  words(text: string, bad = false): void {
    this.said.textContent = text;
    this.line.classList.toggle("bad", bad);
  }

  /** The server has it. `undo`: whether it may be taken back by one key for a moment. */
  done({ done, receipt, scheduled }: Answer, undo: boolean): void {
    this.words(receipt ? t("proof.published", { at: timeOf(new Date().toISOString()) }) : done);
    if (scheduled?.held) this.held(scheduled);
    if (!receipt) return;
    if (undo) this.undoable(receipt.post);
    const open = document.createElement("a");
    open.href = receipt.address;
    open.target = "_blank";
    open.rel = "noopener";
    open.textContent = t("proof.open");
    this.line.append(" ", open);
    this.post = receipt.post;
    owed.set(this, receipt.seqs[1]);
    if (last) this.reached(last, receipt.seqs[1]);
  }

  reached(beat: Beat, seq: number): void {
    const at = liveSince(beat, seq);
    if (!at) return;
    const { reading, atLeast } = beat.readers;
    owed.delete(this);
    this.say({ is: "live", at, reading, atLeast });
    if (this.post) tell("live", { post: this.post, at, reading, atLeast });
  }

  /** Offers something to do about it. */
  offer(label: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small quiet";
    button.textContent = label;
    button.addEventListener("click", act);
    this.line.append(" ", button);
    return button;
  }

  private undoable(post: string): void {
    const button = this.offer(t("proof.undo"), () => {
      button.remove();
      void this.undo(post);
    });
    const gone = (): void => void (button.contains(document.activeElement) ? setTimeout(gone, UNDO_MS) : button.remove());
    setTimeout(gone, UNDO_MS);
  }

  private async undo(post: string): Promise<void> {
    owed.delete(this);
    try {
      const told = await send<Answer>(`p/${post}/change/`, { do: "unpublish" });
      this.words(told.done);
    } catch (error) {
      this.words(error instanceof Refused ? error.message : t("row.unanswered"), true);
    }
    tell("changed", { post });
    tell("waiting", { tab: "" });
  }

  /** Until a held post is out it can be taken back; its words then wait where its line leads. */
  private held({ number, due }: { number: number; due: string }): void {
    const at = `scheduled/${number}/`;
    const button = this.offer(t("undo"), () => {
      button.remove();
      void send<Answer>(at, { do: "unschedule" })
        .then(({ done }) => {
          this.words(done);
          const open = document.createElement("a");
          open.href = at;
          open.textContent = t("proof.open");
          this.line.append(" ", open);
        })
        .catch((error) => this.words(error instanceof Refused ? error.message : t("row.unanswered"), true))
        .finally(() => tell("waiting", { tab: "" }));
    });
    setTimeout(() => button.remove(), Math.max(0, Date.parse(due) - Date.now()));
  }

  remove(): void {
    owed.delete(this);
    this.line.remove();
  }
}
