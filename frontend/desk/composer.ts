// One composer, wherever it is on the page: its words are stored, sent once, and given back in place if they are refused.
// Owns the order of these steps. Look next: form.ts for the fields, kept.ts for storing, outbox.ts for sending.

import { Refused, send } from "./ask";
import { on, tell } from "./bus";
import { changeOf, lettersOf } from "./changed";
import { meet } from "./conflict";
import type { Problem, State } from "./contracts";
import type { Row } from "./device";
import { PostForm } from "./form";
import { Draft } from "./kept";
import { asOfNow, goOn } from "./left";
import { dispatch, Returned, TakenOut } from "./outbox";
import { type Answer, Proof } from "./proof";
import { alarming, sentence } from "./states";
import { t } from "./words";

const DECIDES_NOTHING = new Set(["return", "reject"]); // buttons that send no words of a submission
const LOOK_MS = 300; // after the last key, until it is checked how much an edit changes

export interface Place {
  /** The post that is edited; "" for a new one. */
  of: string;
  /** Whether it stays open, empty, after each post; otherwise `gone` removes it. */
  stays: boolean;
  /** Whether words are stored, and sent when the network is back. A submission's words are stored by its author's desk. */
  keeps: boolean;
  gone(): void;
}

const composers = new Set<Composer>();

export class Composer {
  readonly form: PostForm;
  private draft: Draft;
  private readonly was: string;
  private readonly stateLine: HTMLElement | null;
  private readonly refusal: HTMLElement | null; // shown until the person acts on it, even if the words change meanwhile
  private readonly sent: HTMLElement | null;
  /** Counts the changes. */
  changes = 0;
  private looking = 0;
  private sending = "";
  private lastWhy = "";
  private awaited: { act: () => void; left: () => number } | undefined; // what is done once the files are uploaded

  constructor(
    readonly element: HTMLFormElement,
    private readonly place: Place,
  ) {
    const command = (name: string): void => void (name === "publish" && this.publish());
    this.form = new PostForm(element, () => this.typed(), command, () => this.arrived());
    this.stateLine = element.querySelector("[data-state]");
    this.refusal = element.querySelector("[data-refusal]");
    this.sent = element.querySelector("[data-sent]");
    this.draft = this.begun();
    this.was = lettersOf(this.form.words());
    element.addEventListener("submit", (event) => this.submitted(event));
    element.addEventListener("keydown", (event) => this.pressed(event));
    if (place.of) this.look();
    if (!place.keeps) this.draft.close();
    composers.add(this);
  }

  private begun(): Draft {
    return new Draft({ of: this.place.of, basedOn: this.form.number("based_on") });
  }

  get key(): string {
    return this.draft.key;
  }

  /** Whether its content equals its post's, or an empty post's. */
  get untouched(): boolean {
    return this.place.of ? lettersOf(this.form.words()) === this.was : this.form.empty;
  }

  private typed(): void {
    this.changes += 1;
    this.form.suggest();
    if (this.awaited) this.goOnTyping();
    this.changed();
  }

  private changed(): void {
    this.draft.changed(() => ({
      words: this.form.words(),
      more: this.form.more(),
      basedOn: this.form.number("based_on"),
      empty: this.untouched,
    }));
    if (!this.place.of) return;
    clearTimeout(this.looking);
    this.looking = window.setTimeout(() => this.look(), LOOK_MS);
  }

  /** Offers "minor" for a small edit, and asks for a reason if a figure or a name changed. */
  private look(): void {
    const change = changeOf(this.was, lettersOf(this.form.words()));
    const minor = this.element.querySelector<HTMLElement>("[data-minor]");
    const box = minor?.querySelector("input");
    if (!minor || !box) return;
    if (change !== "small") box.checked = false;
    minor.hidden = change !== "small";
    box.disabled = minor.hidden;
    const why = this.element.querySelector<HTMLElement>("[data-telling]");
    if (why) why.textContent = change === "telling" ? t("composer.why") : "";
  }

  // --- waiting for files

  /**
   * Says whether files have to be uploaded or described first; then it waits for them and calls `act` once.
   * `left`: returns how many are missing.
   */
  private awaits(act: () => void, left: () => number): boolean {
    const { missing } = this.form;
    if (missing.length) {
      this.stopWaiting();
      this.refused(missing, "");
      return true;
    }
    const count = left();
    if (!count) return false;
    this.awaited = { act, left };
    this.say({ is: "files", count });
    this.ways([[t("composer.nowait"), () => this.stopWaiting()]]);
    return true;
  }

  private stopWaiting(): void {
    if (!this.awaited) return;
    this.awaited = undefined;
    this.ways([]);
    this.say({ is: "empty" });
  }

  /** Typing cancels the waiting, so that no half sentence is sent: the person presses the button again. */
  private goOnTyping(): void {
    this.stopWaiting();
    tell("say", { text: t("composer.typedon") });
  }

  private arrived(): void {
    this.changed();
    const { awaited } = this;
    if (!awaited || this.awaits(awaited.act, awaited.left)) return;
    this.stopWaiting();
    awaited.act();
  }

  // --- sending

  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const name = (event.submitter as HTMLButtonElement | null)?.value ?? "publish";
    if (name === "publish") void this.publish();
    else if (name === "preview") void this.preview();
    else if (name !== "keep") void this.other(name);
  }

  private pressed(event: KeyboardEvent): void {
    // ProseMirror handles every Escape; a part with a use for Escape has moved the focus or stopped the event.
    const taken = event.defaultPrevented && !(event.key === "Escape" && event.target === document.activeElement);
    if (event.isComposing || taken) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.shiftKey) void this.preview();
      else void this.publish();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (this.place.stays) (document.activeElement as HTMLElement | null)?.blur(); // so that the screen's keys work
      else this.leave();
    }
  }

  /** Publishes, saves or hands in. The main composer is empty at once, and has the focus. */
  async publish(): Promise<void> {
    if (this.sending) return;
    if (!this.place.keeps) return this.other("publish");
    if (this.form.empty) return this.refused([{ code: "empty", message: t("composer.empty"), field: "" }], "");
    // The queue uploads its pictures even if this window is closed, but it does not know a film's captions.
    if (this.awaits(() => void this.publish(), () => this.form.beside)) return;
    const { draft } = this;
    const once = this.once();
    const fields = { do: "publish", ...this.form.fields(), ...once };
    this.sending = this.place.stays ? "" : draft.key;
    const answer = dispatch<Answer>(draft, this.element.action, fields); // first, so that the request runs while the screen changes
    const proof = new Proof(this.sent);
    this.actedOn();
    this.element.toggleAttribute("aria-busy", !this.place.stays);
    proofs.set(draft.key, proof);
    proof.say({ is: "sending" });
    if (this.place.stays) this.renew();
    try {
      const told = await answer;
      this.lastWhy = "";
      proof.done(told, this.place.stays);
      const { sweep } = told;
      if (sweep) proof.offer(sweep.says, () => tell("sheet", { href: sweep.href }));
      tell("changed", { post: told.receipt?.post ?? "" });
      tell("waiting", { tab: "" });
      if (!this.place.stays) {
        tell("say", { text: told.done });
        this.gone();
      }
    } catch (error) {
      if (error instanceof TakenOut) return proof.remove();
      if (!(error instanceof Returned)) throw error;
      proof.remove();
      this.returned(error);
    } finally {
      proofs.delete(draft.key);
      this.sending = "";
      this.element.removeAttribute("aria-busy");
    }
  }

  /** The once-key of a new post; an edit and a submission have `based_on` instead. */
  private once(): { once?: string } {
    return this.form.number("based_on") === null ? { once: this.draft.key } : {};
  }

  private renew(): void {
    this.form.clear();
    this.element.querySelector("[data-preview]")?.replaceChildren();
    this.actedOn();
    this.say({ is: "empty" });
    this.draft = this.begun();
    this.form.focus();
  }

  /** Puts refused words back into their composer and then says why; words that were begun meanwhile are kept. */
  returned(error: Returned): void {
    const { row } = error;
    if (!this.element.isConnected) return tell("returned", { row }); // another composer is in its place
    if (this.place.stays && !this.form.empty) {
      const proof = new Proof(this.sent);
      proof.say({ is: "refused", why: error.message });
      proof.offer(t("composer.takeup"), async () => {
        const before = this.changes;
        const now = await asOfNow(row);
        if (this.changes !== before) return tell("say", { text: t("composer.wrote") });
        proof.remove();
        this.takeUp(now);
        this.why(error);
      });
      return;
    }
    if (this.place.stays) this.form.fill(row.words, row.more);
    this.draft.close();
    this.draft = goOn(row);
    this.changed(); // the server stores it too, as a draft that could not be published yet
    this.say({ is: "saving" });
    this.why(error);
  }

  private why(error: Returned): void {
    const met = error.has("moved") ? meet(this.form, error) : null;
    if (met !== null) {
      this.draft.rebase(met);
      this.typed();
      return this.say({ is: "refused", why: error.message });
    }
    this.refused(error.problems, String(error.told.post ?? ""));
  }

  private refused(problems: Problem[], post: string): void {
    const why = problems.map((problem) => problem.message).join(" ");
    const again = why === this.lastWhy;
    this.lastWhy = why;
    const unplaced = this.form.wrong(problems);
    this.say({ is: "refused", why: unplaced.map((problem) => problem.message).join(" ") || t("composer.mend") });
    const ways: [string, () => void][] = [];
    if (problems.some((problem) => problem.code === "said_before")) {
      const say = (): void => {
        this.form.put("again", post);
        void this.publish().then(() => this.form.put("again", ""));
      };
      ways.push([t("composer.again"), say]);
    }
    if (again && this.place.stays) ways.push([t("composer.draft"), () => void this.setAside()]);
    this.ways(ways);
    const field = this.element.querySelector<HTMLElement>("[aria-invalid=true], [data-mend]");
    if (field && !field.hidden) field.focus();
    else this.form.focus();
  }

  /** Offers buttons to go on, in place of the former ones. */
  private ways(ways: [label: string, act: () => void][]): void {
    const buttons = ways.map(([label, act]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "small";
      button.textContent = label;
      button.addEventListener("click", act);
      return button;
    });
    this.element.querySelector("[data-ways]")?.replaceChildren(...buttons);
  }

  /** Moves the words to another live blog, whose composer continues them. */
  async goAlong(blog: number): Promise<void> {
    if (this.untouched) return;
    const { draft } = this;
    await draft.goAlong(blog);
    this.form.clear();
    this.draft = this.begun();
  }

  /** Leaves the words as a draft, and begins an empty one. */
  private async setAside(): Promise<void> {
    await this.draft.keepThere();
    void this.draft.finish();
    this.ways([]);
    this.lastWhy = "";
    this.renew();
    tell("waiting", { tab: "drafts" });
    tell("say", { text: t("composer.kept") });
  }

  /** Continues a draft. The present words become a draft of their own. */
  takeUp(row: Partial<Row>): void {
    this.putAside();
    this.actedOn();
    if (row.words) this.form.fill(row.words, row.more ?? {});
    if (this.place.of && row.basedOn) this.form.put("based_on", row.basedOn);
    this.draft = goOn(row);
    if (row.dirty) this.typed();
    if (row.why) this.say({ is: "refused", why: row.why });
    if (row.dirty) this.say({ is: "saving" });
    else if (row.changedAt) this.say({ is: "saved", at: new Date(row.changedAt).toISOString() });
    this.look();
  }

  /** Shows a preview; pressed again, hides it. */
  private async preview(): Promise<void> {
    const place = this.element.querySelector<HTMLElement>("[data-preview]");
    if (!place) return;
    if (place.childElementCount) return place.replaceChildren();
    try {
      const once = this.once();
      const { preview } = await send<{ preview: string }>(this.element.action, { do: "preview", ...this.form.fields(), ...once });
      place.innerHTML = preview; // rendered and sanitised by the server
      for (const one of place.querySelectorAll("[id]")) one.removeAttribute("id");
      place.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.failed(error);
    }
  }

  /** Presses another button of the form. The words stay until the answer comes. */
  private async other(name: string): Promise<void> {
    if (!DECIDES_NOTHING.has(name) && this.awaits(() => void this.other(name), () => this.form.waiting)) return;
    this.actedOn();
    try {
      const once = this.once();
      const told = await send<Answer>(this.element.action, { do: name, ...this.form.fields(), ...once });
      tell("say", { text: told.done });
      tell("waiting", { tab: "" });
      if (name === "embargo") return; // the words stay in the composer
      if (this.place.keeps) void this.draft.empty(); // the button has put the words elsewhere
      this.draft.close();
      if (this.place.stays) this.renew();
      else this.gone();
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.has("moved") && meet(this.form, error) !== null) {
      this.say({ is: "refused", why: error.message }); // it has both people's words now
    } else if (error instanceof Refused) this.refused(error.problems, "");
    else this.say({ is: "refused", why: t("composer.unanswered") });
  }

  // --- leaving

  /** Closes a composer in a row. Changes are kept as a draft, and found when the post is next edited. */
  leave(): void {
    if (!this.place.keeps) this.draft.close();
    else if (!this.sending && this.putAside()) {
      tell("say", { text: t("composer.kept") });
      tell("waiting", { tab: "drafts" });
    }
    this.gone();
  }

  /** Makes room for another composer, which continues the returned words. */
  retire(): Row | undefined {
    if (this.untouched) this.draft.close();
    const row = this.untouched ? undefined : { ...this.draft.handOver(), dirty: true };
    this.gone();
    return row;
  }

  /** Closes its draft; says whether the draft has anything that is stored. */
  private putAside(): boolean {
    const { draft, untouched } = this;
    if (untouched) draft.close();
    else void draft.finish();
    return !untouched;
  }

  private gone(): void {
    clearTimeout(this.looking);
    composers.delete(this);
    this.form.destroy();
    this.place.gone();
  }

  /** Acting on a refusal removes it: the person has read it. */
  private actedOn(): void {
    this.refusal?.replaceChildren();
  }

  say(state: State): void {
    if (state.is === "refused") return this.refusal?.replaceChildren(sentence(state));
    if (!this.stateLine || (this.awaited && state.is !== "files" && !alarming(state))) return;
    this.stateLine.textContent = sentence(state);
    this.stateLine.classList.toggle("bad", alarming(state));
  }
}

const proofs = new Map<string, Proof>();

on("state", ({ key, state }) => {
  const proof = proofs.get(key);
  if (proof && state.is !== "refused") return proof.say(state);
  for (const composer of composers) if (composer.key === key) composer.say(state);
});
