// The state of a file that a node waits for: a line with progress, errors, and buttons to stop, continue or choose another.
// Owns that line and its buttons for all kinds of nodes.

import type { Arrival, Seen } from "../contracts";
import { choose, type Accepts } from "./choosing";
import type { Incoming } from "./incoming";
import { button, element } from "./parts";
import { say } from "./words";

const AGAIN: Partial<Record<Arrival["is"], string>> = { stopped: "file.goon", failed: "file.again" };
const OTHER: Partial<Record<Arrival["is"], string>> = {
  stopped: "file.other",
  failed: "file.other",
  refused: "file.other",
  lost: "file.choose",
};

export class Arriving {
  private readonly words = element("span", { role: "status" });
  private readonly share = element("span", { class: "arriving-share" });
  private readonly bar = element("progress", { max: 100, value: 0, "aria-label": say("file.progress") });
  private readonly ways = element("span", { class: "arriving-ways" });
  readonly dom = element("div", { class: "arriving", hidden: true }, this.bar, this.share, this.words, this.ways);
  private leave: (() => void) | undefined;
  private shown: string = "";

  constructor(
    private readonly incoming: Incoming,
    private readonly accepts: Accepts,
    private readonly hear: (arrival: Arrival, file: Seen) => void,
  ) {}

  /** Shows the state of the file with a key; "" if no file is awaited any more. */
  follow(key: string): void {
    if (this.key === key) return;
    this.leave?.();
    this.leave = undefined;
    this.key = key;
    this.dom.hidden = !key;
    this.shown = "";
    if (key) this.leave = this.incoming.watch(key, (arrival, file) => {
      this.show(arrival, file);
      this.hear(arrival, file);
    });
  }
  private key = "";

  private show(arrival: Arrival, file: Seen): void {
    const { is } = arrival;
    const share = is === "sending" || is === "offline" ? Math.floor(arrival.share * 100) : is === "prepared" ? 100 : 0;
    const moving = is === "sending" || is === "queued" || is === "offline" || is === "prepared";
    this.bar.hidden = this.share.hidden = !moving;
    if (is === "prepared") this.bar.removeAttribute("value");
    else this.bar.value = share;
    this.share.textContent = is === "prepared" || is === "queued" ? "" : say("file.share", { n: share });
    const said = sentence(arrival, file);
    if (this.words.textContent !== said) this.words.textContent = said; // so that it is announced once, not at each percent
    this.dom.classList.toggle("bad", is === "refused" || is === "failed" || is === "lost");
    this.dom.hidden = is === "ready";
    if (this.shown === is) return;
    this.shown = is;
    const buttons: HTMLElement[] = [];
    if (moving) buttons.push(button(say("file.stop"), () => this.incoming.stop(this.key), { class: "small" }));
    const [again, other] = [AGAIN[is], OTHER[is]];
    if (again) buttons.push(button(say(again), () => void this.incoming.again(this.key), { class: "small" }));
    if (other) {
      const chosen = ([one]: File[]): void => void (one && this.incoming.take(this.key, one));
      buttons.push(button(say(other), () => choose(this.accepts, false, chosen), { class: "small" }));
    }
    const focused = this.ways.contains(document.activeElement);
    this.ways.replaceChildren(...buttons);
    if (focused) buttons[0]?.focus();
  }

  /** Focuses the first button. */
  focus(): boolean {
    const first = this.ways.querySelector("button");
    first?.focus();
    return first !== null;
  }

  destroy(): void {
    this.follow("");
  }
}

function sentence(arrival: Arrival, { name, kept }: Seen): string {
  switch (arrival.is) {
    case "queued":
      return kept ? say("file.queued") : say("file.unkept");
    case "sending":
      return kept ? "" : say("file.unkept");
    case "offline":
      return say("file.offline", { why: arrival.why });
    case "prepared":
      return say("file.prepared");
    case "stopped":
      return say("file.stopped", { name });
    case "failed":
      return arrival.why;
    case "refused":
      return name ? say("file.refused", { name, why: arrival.why }) : arrival.why;
    case "lost":
      return name ? say("file.lost.named", { name }) : say("file.lost");
    case "ready":
      return "";
  }
}
