// One composer, wherever it stands: what is typed in it is kept, sent once, and given back where it was if it is refused.
// Owns the order of that. Look next: form.ts for the fields, kept.ts and outbox.ts for the keeping and the sending.

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

const DECIDES_NOTHING = new Set(["return", "reject"]); // of the words that were handed in
const LOOK_MS = 300; // at what an edit changes, after the last key

export interface Place {
  /** The post that is edited; "" for a new one. */
  of: string;
  /** Whether it stays open, empty, after each post; otherwise it is taken away by `gone`. */
  stays: boolean;
  /** Whether what is typed is kept, and sent when the network is back; what was handed in is its author's to keep. */
  keeps: boolean;
  gone(): void;
}

const composers = new Set<Composer>();

export class Composer {
  readonly form: PostForm;
  private draft: Draft;
  private readonly was: string;
  private readonly stateLine: HTMLElement | null;
  private readonly refusal: HTMLElement | null; // until somebody acts on it, whatever becomes of the words meanwhile
  private readonly sent: HTMLElement | null;
  /** How often something was typed here. */
  changes = 0;
  private looking = 0;
  private sending = "";
  private lastWhy = "";
  private awaited: { act: () => void; left: () => number } | undefined; // what is done when files are in

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

  /** Whether there is nothing in it that its post, or an empty one, has not. */
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

  /** Offers "minor" for what is small, and asks for a reason where a figure or a name changed. */
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
   * Says whether files have to come in first, or be described; then it waits for them, and `act` is called once.
   * `left`: how many it has to wait for.
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

  /** Half a sentence is not sent: whoever types on decides anew when. */
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
    // ProseMirror takes every Escape; what was somebody's own has moved the focus, or stopped it.
    const taken = event.defaultPrevented && !(event.key === "Escape" && event.target === document.activeElement);
    if (event.isComposing || taken) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (event.shiftKey) void this.preview();
      else void this.publish();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (this.place.stays) (document.activeElement as HTMLElement | null)?.blur(); // to the keys of the screen
      else this.leave();
    }
  }

  /** Publishes, saves or hands in. A composer that stays is empty at once, and has the focus. */
  async publish(): Promise<void> {
    if (this.sending) return;
    if (!this.place.keeps) return this.other("publish");
    if (this.form.empty) return this.refused([{ code: "empty", message: t("composer.empty"), field: "" }], "");
    // Its pictures are brought in by the queue, whatever becomes of this window; of a film's captions that knows nothing.
    if (this.awaits(() => void this.publish(), () => this.form.beside)) return;
    const { draft } = this;
    const once = this.once();
    const fields = { do: "publish", ...this.form.fields(), ...once };
    this.sending = this.place.stays ? "" : draft.key;
    const answer = dispatch<Answer>(draft, this.element.action, fields); // first: it is on its way while the screen changes
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

  /** The key of a new post; an edit, and what was handed in, say what they are based on instead. */
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

  /** Puts refused words back where they were, first, and then says why; beside what was begun meanwhile. */
  returned(error: Returned): void {
    const { row } = error;
    if (!this.element.isConnected) return tell("returned", { row }); // another composer has its place
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
    this.changed(); // the server is to have it too, as words that nobody could publish yet
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

  /** Offers ways to go on, in place of those that were offered before. */
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

  /** Takes what stands here along to another live blog, whose composer goes on with it. */
  async goAlong(blog: number): Promise<void> {
    if (this.untouched) return;
    const { draft } = this;
    await draft.goAlong(blog);
    this.form.clear();
    this.draft = this.begun();
  }

  /** Keeps what there is as a draft, and begins anew. */
  private async setAside(): Promise<void> {
    await this.draft.keepThere();
    void this.draft.finish();
    this.ways([]);
    this.lastWhy = "";
    this.renew();
    tell("waiting", { tab: "drafts" });
    tell("say", { text: t("composer.kept") });
  }

  /** Goes on with what was left, or is opened; what stands here is kept as a draft of its own. */
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

  /** Shows it as readers would have it; once more, and it is put away. */
  private async preview(): Promise<void> {
    const place = this.element.querySelector<HTMLElement>("[data-preview]");
    if (!place) return;
    if (place.childElementCount) return place.replaceChildren();
    try {
      const once = this.once();
      const { preview } = await send<{ preview: string }>(this.element.action, { do: "preview", ...this.form.fields(), ...once });
      place.innerHTML = preview; // rendered and cleaned by the server, as readers have it
      for (const one of place.querySelectorAll("[id]")) one.removeAttribute("id");
      place.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.failed(error);
    }
  }

  /** Presses another button of the form. The words stay until there is an answer. */
  private async other(name: string): Promise<void> {
    if (!DECIDES_NOTHING.has(name) && this.awaits(() => void this.other(name), () => this.form.waiting)) return;
    this.actedOn();
    try {
      const once = this.once();
      const told = await send<Answer>(this.element.action, { do: name, ...this.form.fields(), ...once });
      tell("say", { text: told.done });
      tell("waiting", { tab: "" });
      if (name === "embargo") return; // the words stay where they are
      if (this.place.keeps) void this.draft.empty(); // its words are where the button put them
      this.draft.close();
      if (this.place.stays) this.renew();
      else this.gone();
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.has("moved") && meet(this.form, error) !== null) {
      this.say({ is: "refused", why: error.message }); // both people's words stand in it now
    } else if (error instanceof Refused) this.refused(error.problems, "");
    else this.say({ is: "refused", why: t("composer.unanswered") });
  }

  // --- leaving

  /** Closes a composer in place. What was changed is kept, and found again when the post is next edited. */
  leave(): void {
    if (!this.place.keeps) this.draft.close();
    else if (!this.sending && this.putAside()) {
      tell("say", { text: t("composer.kept") });
      tell("waiting", { tab: "drafts" });
    }
    this.gone();
  }

  /** Gives its place to another composer, which goes on with what is written here: that is returned. */
  retire(): Row | undefined {
    if (this.untouched) this.draft.close();
    const row = this.untouched ? undefined : { ...this.draft.handOver(), dirty: true };
    this.gone();
    return row;
  }

  /** Lets go of its draft; says whether there is anything in it that is kept. */
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

  /** Whoever does something about a refusal has read it. */
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
