// Keeping what somebody types: on this device at once, on the server every two seconds. Owns a draft while it is open in
// this window; what it finds is told on the bus (`state`). A keystroke costs a timer: words are read when one runs out.

import { Refused, send, sendBehind, Unanswered } from "./ask";
import { on, tell } from "./bus";
import type { Snapshot } from "./contracts";
import { CannotKeep, dropRow, onWiped, putRow, type Row } from "./device";
import { freshKey, place } from "./place";
import { asked, isOut } from "./session";
import { t } from "./words";

const DEVICE_MS = 150; // a burst of keystrokes is one write
const SERVER_MS = 1_800; // with the way there, two seconds
const EMPTY_MS = 10_000; // whoever empties a composer may want it back
const PATIENCE_MS = 10_000;
const MOST_MS = 30_000;

/** A copy on the server, as it is told (docs/desk.md). */
export interface Copy {
  number: number;
  once?: string;
  of: string;
  version: number;
  writer: string;
  saved_at: string;
  words: string;
}
export interface Opened extends Copy {
  based_on: number | null;
  form: { title: string; body: { type: "doc" }; kind: Row["words"]["kind"]; bylines: string[]; more: Record<string, unknown> };
}

const open = new Set<Draft>();

/** Whether a composer of this window has a draft open. */
export function isOpen(id: string): boolean {
  return [...open].some((draft) => draft.id === id);
}

/** What is written in one composer of this window. Its `key` is what it is published with, and may change (see `fork`). */
export class Draft {
  private row: Row;
  private read: (() => Snapshot) | undefined;
  private stamp = 0; // rises with each change
  private saved = 0; // the stamp that the server has
  private device = 0;
  private server = 0;
  private saving = false;
  private pause = SERVER_MS;
  private readonly before: string; // the writer that it was when its window was closed or killed
  private notHere = "";
  private notThere = "";
  private letGo: (() => void) | undefined;
  private closed = false;
  private finishing = false;

  /** `from`: what was found and goes on; its composer shows it already. */
  constructor(from: Partial<Row> & { of?: string; basedOn?: number | null } = {}) {
    const key = from.key ?? freshKey();
    this.row = {
      key,
      of: "",
      basedOn: null,
      words: { title: "", body: { type: "doc" }, kind: "update", bylines: [] },
      more: {},
      changedAt: 0,
      seen: 0,
      dirty: false,
      why: "",
      ...from,
      id: `${place.name}/${key}`,
      place: place.name,
      writer: freshKey(),
      turn: 0,
    };
    this.before = from.writer ?? "";
    if (from.dirty) this.stamp = 1;
    open.add(this);
    this.hold();
  }

  get id(): string {
    return this.row.id;
  }

  get key(): string {
    return this.row.key;
  }

  get of(): string {
    return this.row.of;
  }

  /** Takes note that something was typed. `read`: called when it is time to keep it, returns all that there is. */
  changed(read: () => Snapshot): void {
    if (this.closed || this.finishing) return;
    this.read = read;
    this.stamp += 1;
    if (this.stamp === this.saved + 1) this.say();
    this.device ||= window.setTimeout(() => void this.keepHere(), DEVICE_MS);
    this.soon(this.pause);
  }

  /** What the post that is edited was when it was seen: after both texts were looked at, the newer one. */
  rebase(basedOn: number): void {
    this.row.basedOn = basedOn;
  }

  /** Writes what there is to this device now. */
  async keepHere(): Promise<void> {
    clearTimeout(this.device);
    this.device = 0;
    const found = this.read?.();
    if (this.closed || !found) return;
    if (found.empty) return void setTimeout(() => !this.closed && this.read?.().empty && void this.empty(), EMPTY_MS);
    const { words, more, basedOn = this.row.basedOn } = found;
    Object.assign(this.row, { words, more, basedOn, changedAt: Date.now(), dirty: this.saved < this.stamp });
    try {
      await putRow({ ...this.row });
      this.notHere = "";
    } catch (error) {
      const why = error instanceof CannotKeep && error.full ? t("kept.full") : t("kept.nodevice");
      if (!this.notHere) tell("say", { text: why, bad: true }); // at once, and once
      this.notHere = why;
    }
    this.say();
  }

  /** Sends what there is to the server now. */
  async keepThere(): Promise<void> {
    clearTimeout(this.server);
    this.server = 0;
    if (this.saving || this.closed || !this.read || this.saved === this.stamp) return;
    if (this.read().empty) return;
    this.saving = true;
    let sent = this.stamp;
    try {
      const { draft } = await asked(() => {
        if (this.closed) throw new Unanswered("let go of"); // while its person was signed out: the composer holds others now
        sent = this.stamp;
        return sendBehind<{ draft: Copy }>(place.drafts, this.copy(), PATIENCE_MS);
      });
      if (this.closed) return;
      this.row.seen = draft.version;
      this.saved = sent;
      this.notThere = "";
      this.pause = SERVER_MS;
      tell("state", { key: this.key, state: { is: "saved", at: draft.saved_at } });
      if (sent === 1 || draft.version === 1) tell("waiting", { tab: "drafts" });
      if (this.finishing && this.saved === this.stamp) this.close();
      else await this.keepHere(); // what the server has need not be sent again after this window ends
    } catch (error) {
      if (!this.closed) this.failed(error);
    } finally {
      this.saving = false;
      if (!this.closed && this.saved < this.stamp) this.soon(this.pause);
    }
  }

  /** Lets go of it: it is done with, and this device keeps no copy. */
  close(): void {
    if (this.closed) return; // handed over, it is another's to drop
    this.end();
    dropRow(this.row.id).catch(() => undefined);
  }

  /** Lets go of it for whoever sends it, and returns what there is: this device's copy stays until that is done with. */
  handOver(): Row {
    const row = this.taken();
    this.end();
    return row;
  }

  /**
   * Lets go of it as soon as the server has all of it, however long that takes, and returns after the first try. What its
   * composer holds from now on is no more its own.
   */
  async finish(): Promise<void> {
    const last = this.read?.();
    if (this.isThere() || last?.empty) return this.close();
    if (!last) return this.end(); // as it was found: what is on this device is as new
    this.read = () => last;
    this.finishing = true;
    this.pause = SERVER_MS;
    lacking();
    await Promise.all([this.keepHere(), this.keepThere()]);
  }

  private end(): void {
    this.closed = true;
    clearTimeout(this.device);
    clearTimeout(this.server);
    open.delete(this);
    this.letGo?.();
    lacking();
  }

  /** Has it go on in another live blog, where this person's composer finds it; or leaves it among the drafts. */
  async goAlong(blog: number): Promise<void> {
    const row = this.taken();
    const there = `${place.user}/${blog}`;
    try {
      await putRow({ ...row, id: `${there}/${row.key}`, place: there, dirty: true, why: "" });
    } catch {
      return this.finish(); // this browser keeps nothing: the server's copy is what there is
    }
    this.close();
    dropRow(row.id).catch(() => undefined);
    // Of what went along already nothing is found here any more, and nothing has to be.
    await send(place.drafts, { do: "delete", once: row.key }).catch(() => undefined);
  }

  /** Throws away what there is, here and on the server, and begins anew. */
  async empty(): Promise<void> {
    const { seen, key } = this.row;
    this.rename();
    this.saved = this.stamp;
    tell("state", { key: this.key, state: { is: "empty" } });
    if (!seen) return;
    await send(place.drafts, { do: "delete", once: key }).catch(() => undefined);
    tell("waiting", { tab: "drafts" });
  }

  /** As it stands, for whoever sends it. */
  taken(): Row {
    const { words, more, basedOn = this.row.basedOn } = this.read?.() ?? { ...this.row, empty: false };
    return { ...this.row, words, more, basedOn, changedAt: Date.now() };
  }

  /** Whether anything of it is neither here nor on the server. */
  isNowhere(): boolean {
    return this.notHere !== "" && this.saved < this.stamp;
  }

  /** Whether the server has all of it. */
  isThere(): boolean {
    return this.saved === this.stamp;
  }

  /** Whether nobody sees it any more, and the server still lacks something of it. */
  isLacking(): boolean {
    return this.finishing && !this.isThere();
  }

  private copy(): Record<string, unknown> {
    const { words, more, key, of, basedOn, writer, seen } = this.taken();
    this.row.turn += 1;
    const known = { author: place.user, once: key, of, based_on: basedOn, writer, turn: this.row.turn, seen };
    return { do: "save", ...words, more, ...known };
  }

  private failed(error: unknown): void {
    if (!(error instanceof Refused)) {
      this.notThere = t("kept.offline");
      this.pause = Math.min(2 * this.pause, MOST_MS);
    } else if (error.has("moved") && (error.told.now as Copy).writer === this.before) {
      this.row.seen = (error.told.now as Copy).version; // saved by this window before it was loaded anew, and unheard
      return;
    } else if (error.has("moved") || error.has("sent_before")) {
      this.fork(error.has("sent_before"));
      return;
    } else if (error.has("erased")) {
      const { key } = this;
      this.close(); // nothing of an erased post is kept
      tell("state", { key, state: { is: "refused", why: error.message } });
      return;
    } else {
      this.notThere = error.message;
      this.pause = MOST_MS;
    }
    this.say();
  }

  /** Goes on as a draft of its own: another window saved this one, or published it. Nothing of either is overwritten. */
  private fork(sent: boolean): void {
    const before = this.key;
    this.rename();
    this.saved = this.stamp - 1;
    void this.keepHere();
    tell("forked", { from: before, to: this.key });
    tell("say", { text: t(sent ? "kept.sent" : "kept.moved"), bad: true });
    tell("waiting", { tab: "drafts" });
  }

  private rename(): void {
    dropRow(this.row.id).catch(() => undefined);
    this.letGo?.();
    const key = freshKey();
    Object.assign(this.row, { key, id: `${place.name}/${key}`, seen: 0, turn: 0 });
    this.hold();
  }

  /** Shows other windows that this one has it. */
  private hold(): void {
    const { id } = this.row;
    void navigator.locks?.request(held(id), () => {
      if (this.closed || this.id !== id) return undefined; // let go of before it was had
      return new Promise<void>((resolve) => (this.letGo = resolve));
    });
  }

  private soon(ms: number): void {
    this.server ||= window.setTimeout(() => void this.keepThere(), ms);
  }

  private say(): void {
    if (this.closed || this.saved === this.stamp) return;
    const there = isOut() ? t("kept.out") : this.notThere;
    const state = !there
      ? ({ is: "saving" } as const)
      : this.notHere
        ? ({ is: "nowhere", why: this.notHere } as const)
        : ({ is: "here", why: there } as const);
    tell("state", { key: this.key, state });
  }

  /** Tries again at once, because something changed. */
  hurry(): void {
    if (this.saved === this.stamp) return;
    this.pause = SERVER_MS;
    clearTimeout(this.server);
    this.server = 0;
    void this.keepThere();
  }

  resay(): void {
    this.say();
  }
}

/** Tells of how many drafts that no composer shows any more the server lacks something. */
function lacking(): void {
  tell("lacking", { count: [...open].filter((draft) => draft.isLacking()).length });
}

/** The lock by which a window shows that it has a draft open. */
export function held(id: string): string {
  return `draft ${id}`;
}

for (const name of ["visibilitychange", "pagehide"]) {
  addEventListener(name, () => {
    if (name === "pagehide" || document.visibilityState === "hidden") open.forEach((draft) => void draft.keepHere());
  });
}
addEventListener("online", () => open.forEach((draft) => draft.hurry()));
addEventListener("beforeunload", (event) => {
  if ([...open].some((draft) => draft.isNowhere())) event.preventDefault();
});
on("signed", () => open.forEach((draft) => draft.resay()));
// Whoever signs out leaves nothing behind, on the screen of another window either; but what is nowhere else is not lost.
onWiped(String(place.user), (all) => {
  if (!all && ![...open].every((draft) => draft.isThere())) return;
  for (const draft of [...open]) draft.close();
  if (!document.body.hasAttribute("data-signing-out")) location.reload();
});
