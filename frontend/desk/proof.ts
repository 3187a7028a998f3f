// A line beside the composer for each sent post, from "Sending…" to "Live to readers since", the time at which the last
// delivery process had it. Owns those lines, their undo, and the link to the post.

import { look, Refused, send } from "./ask";
import { liveSince } from "./beat";
import { on, tell } from "./bus";
import type { Back, Beat, State } from "./contracts";
import { alarming, sentence, timeOf } from "./states";
import { t } from "./words";

const UNDO_MS = 8_000;
const SHOWN = 3;
const TICK_MS = 250;
const ASKED = 8; // beats; after that the worker is late, which the desk says elsewhere

/** The answer to a composer that was sent. */
export interface Answer {
  done: string;
  /** A scheduled post; a held one can be undone until `due`. */
  scheduled?: { number: number; post: string; held: boolean; due: string };
  words?: Back;
  /** Other texts that still say what the post supersedes, and the address that lists them. */
  sweep?: { says: string; href: string };
  receipt?: { seqs: [number, number]; post: string; address: string; based_on: number };
}

const owed = new Map<Proof, number>(); // the seq that readers do not have yet
const awaited = new Map<Proof, string>(); // held posts that are due
let last: Beat | undefined;
let ahead = 0; // how far the server's clock is ahead of this device's, ms
on("beat", (beat) => {
  last = beat;
  ahead = Date.parse(beat.now) - Date.now();
  for (const [proof, seq] of owed) proof.reached(beat, seq);
  for (const [proof, post] of awaited) void proof.arrived(post);
});

const serverNow = (): number => Date.now() + ahead;

export class Proof {
  private readonly line = document.createElement("li");
  private readonly said = document.createElement("span");
  private post = "";
  private asked = 0;

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

  /** The server has it. `undo`: whether one key can take it back for a moment. */
  done({ done, receipt, scheduled }: Answer, undo: boolean): void {
    if (scheduled?.held) return this.held(scheduled);
    this.words(receipt ? t("proof.published", { at: timeOf(new Date().toISOString()) }) : done);
    if (!receipt) return;
    if (undo) this.undoable(receipt.post);
    this.out(receipt.post, receipt.seqs[1], receipt.address);
  }

  /** From now on, waits until readers have it. */
  private out(post: string, seq: number, address: string): void {
    const open = document.createElement("a");
    open.href = address;
    open.target = "_blank";
    open.rel = "noopener";
    open.textContent = t("proof.open");
    this.line.append(" ", open);
    this.post = post;
    owed.set(this, seq);
    if (last) this.reached(last, seq);
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

  /** Withdraws it from readers, and opens it in its row, from where it is published again at the same address. */
  private async undo(post: string): Promise<void> {
    owed.delete(this);
    try {
      const { done, scheduled } = await send<Answer>(`p/${post}/change/`, { do: "unpublish" });
      this.words(done);
      tell("changed", { post });
      tell("edit", { post });
      // Its words are in the composer now, and in the post itself.
      if (scheduled) await send(`scheduled/${scheduled.number}/`, { do: "discard" }).catch(() => undefined);
    } catch (error) {
      this.words(error instanceof Refused ? error.message : t("row.unanswered"), true);
      tell("changed", { post });
    }
    tell("waiting", { tab: "" });
  }

  /**
   * Counts down until a held post is published. The seconds are only visible; a screen reader announces the time once. Line
   * and button keep their size, so that "Undo" does not move under the pointer.
   */
  private held({ number, post, due }: { number: number; post: string; due: string }): void {
    const until = Date.now() + Math.max(0, Date.parse(due) - serverNow());
    const seconds = document.createElement("span");
    seconds.className = "countdown";
    seconds.setAttribute("aria-hidden", "true");
    const spoken = document.createElement("span");
    spoken.className = "visually-hidden";
    spoken.textContent = sentence({ is: "held", until: due });
    this.said.replaceChildren(seconds, spoken);
    const button = this.offer(t("undo"), () => {
      clearInterval(ticking);
      button.remove();
      void this.unhold(number);
    });
    const tick = (): void => {
      const left = until - Date.now();
      const shown = t("proof.held", { n: Math.max(0, Math.round(left / 1000)) });
      if (seconds.textContent !== shown) seconds.textContent = shown;
      if (left > 0) return;
      clearInterval(ticking);
      button.remove();
      this.words(t("proof.goes"));
      awaited.set(this, post);
    };
    const ticking = setInterval(tick, TICK_MS);
    tick();
  }

  private async unhold(number: number): Promise<void> {
    this.words(t("row.busy"));
    try {
      const { done, words } = await send<Answer>(`scheduled/${number}/`, { do: "unschedule" });
      this.words(done);
      if (words) {
        this.remove();
        tell("back", { words, number });
      }
    } catch (error) {
      this.words(error instanceof Refused ? error.message : t("row.unanswered"), true);
    }
    tell("waiting", { tab: "" });
  }

  /** Asks whether a held post is published by now; then it can be edited, based on the fact that published it. */
  async arrived(post: string): Promise<void> {
    try {
      const { forms } = await look<{ forms: { form: { based_on: number } } }>(`p/${post}/`);
      if (!awaited.delete(this)) return;
      tell("changed", { post });
      tell("waiting", { tab: "" });
      this.words(t("proof.published", { at: timeOf(new Date().toISOString()) }));
      this.out(post, forms.form.based_on, `${document.querySelector<HTMLElement>("[data-screen]")?.dataset.base}p/${post}/`);
    } catch (error) {
      if (!(error instanceof Refused) || (error.status === 404 && (this.asked += 1) < ASKED)) return;
      awaited.delete(this);
      this.words(t("proof.notout"), true); // the tab of scheduled posts says why
      tell("waiting", { tab: "" });
    }
  }

  remove(): void {
    owed.delete(this);
    awaited.delete(this);
    this.line.remove();
  }
}
