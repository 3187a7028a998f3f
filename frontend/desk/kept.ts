// Storing what somebody types: on this device at once, on the server every two seconds. Owns a draft while it is open in
// this window, and tells its state on the bus (`state`). A keystroke only starts a timer; words are read when it ends.

import { Refused, send, sendBehind, Unanswered } from "./ask";
import { on, tell } from "./bus";
import type { Snapshot } from "./contracts";
import { CannotKeep, dropRow, onWiped, putRow, type Row } from "./device";
import { freshKey, place } from "./place";
import { asked, isOut } from "./session";
import { t } from "./words";

const DEVICE_MS = 150; // a burst of keystrokes is one write
const SERVER_MS = 1_800; // with the way there, two seconds
const EMPTY_MS = 10_000; // a person who empties a composer may want the words back
const PATIENCE_MS = 10_000;
const MOST_MS = 30_000;

/** A copy on the server (docs/desk.md). */
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

/** The draft of one composer of this window. Its `key` publishes it, and may change (see `fork`). */
export class Draft {
  private row: Row;
  private read: (() => Snapshot) | undefined;
  private stamp = 0; // rises with each change
  private saved = 0; // the stamp that the server has
  private device = 0;
  private server = 0;
  private saving = false;
  private pause = SERVER_MS;
  private readonly before: string; // the writer's id from before its window was closed or killed
  private notHere = "";
  private notThere = "";
  private letGo: (() => void) | undefined;
  private closed = false;
  private finishing = false;

  /** `from`: a stored draft that is continued; its composer shows it already. */
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

  /** Records that something was typed. `read`: called when it is time to store it; returns the whole content. */
  changed(read: () => Snapshot): void {
    if (this.closed || this.finishing) return;
    this.read = read;
    this.stamp += 1;
    if (this.stamp === this.saved + 1) this.say();
    this.device ||= window.setTimeout(() => void this.keepHere(), DEVICE_MS);
    this.soon(this.pause);
  }

  /** Sets the version that the edit is based on: after the person saw both texts, the newer one. */
  rebase(basedOn: number): void {
    this.row.basedOn = basedOn;
  }

  /** Stores the content on this device now. */
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

  /** Sends the content to the server now. */
  async keepThere(): Promise<void> {
    clearTimeout(this.server);
    this.server = 0;
    if (this.saving || this.closed || !this.read || this.saved === this.stamp) return;
    if (this.read().empty) return;
    this.saving = true;
    let sent = this.stamp;
    try {
      const { draft } = await asked(() => {
        if (this.closed) throw new Unanswered("let go of"); // while its person was signed out; the composer has other words now
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
      else await this.keepHere(); // so that it is not sent again after this window is closed
    } catch (error) {
      if (!this.closed) this.failed(error);
    } finally {
      this.saving = false;
      if (!this.closed && this.saved < this.stamp) this.soon(this.pause);
    }
  }

  /** Closes it and deletes this device's copy. */
  close(): void {
    if (this.closed) return; // it was handed over, and its new owner deletes it
    this.end();
    dropRow(this.row.id).catch(() => undefined);
  }

  /** Closes it for sending, and returns the content. This device's copy stays until it was sent. */
  handOver(): Row {
    const row = this.taken();
    this.end();
    return row;
  }

  /**
   * Closes it as soon as the server has all of it, however long that takes, and returns after the first try. From now on
   * its composer's words no longer belong to it.
   */
  async finish(): Promise<void> {
    const last = this.read?.();
    if (this.isThere() || last?.empty) return this.close();
    if (!last) return this.end(); // unchanged since it was found: this device's copy is up to date
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

  /** Moves it to another live blog, where this person's composer finds it; or leaves it among the drafts. */
  async goAlong(blog: number): Promise<void> {
    const row = this.taken();
    const there = `${place.user}/${blog}`;
    try {
      await putRow({ ...row, id: `${there}/${row.key}`, place: there, dirty: true, why: "" });
    } catch {
      return this.finish(); // this browser stores nothing: the server's copy is the only one
    }
    this.close();
    dropRow(row.id).catch(() => undefined);
    // A draft that was already moved is not found here any more, which is right.
    await send(place.drafts, { do: "delete", once: row.key }).catch(() => undefined);
  }

  /** Deletes the content, here and on the server, and begins an empty draft. */
  async empty(): Promise<void> {
    const { seen, key } = this.row;
    this.rename();
    this.saved = this.stamp;
    tell("state", { key: this.key, state: { is: "empty" } });
    if (!seen) return;
    await send(place.drafts, { do: "delete", once: key }).catch(() => undefined);
    tell("waiting", { tab: "drafts" });
  }

  /** The stored draft, for sending. */
  taken(): Row {
    const { words, more, basedOn = this.row.basedOn } = this.read?.() ?? { ...this.row, empty: false };
    return { ...this.row, words, more, basedOn, changedAt: Date.now() };
  }

  /** Whether a part of it is stored neither here nor on the server. */
  isNowhere(): boolean {
    return this.notHere !== "" && this.saved < this.stamp;
  }

  /** Whether the server has all of it. */
  isThere(): boolean {
    return this.saved === this.stamp;
  }

  /** Whether no composer shows it any more, and the server does not have all of it yet. */
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
      this.row.seen = (error.told.now as Copy).version; // this window saved it before a reload, and the answer was lost
      return;
    } else if (error.has("moved") || error.has("sent_before")) {
      this.fork(error.has("sent_before"));
      return;
    } else if (error.has("erased")) {
      const { key } = this;
      this.close(); // nothing of an erased post is stored
      tell("state", { key, state: { is: "refused", why: error.message } });
      return;
    } else {
      this.notThere = error.message;
      this.pause = MOST_MS;
    }
    this.say();
  }

  /** Continues as a separate draft, because another window saved or published this one. Neither is overwritten. */
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

  /** Shows other windows that this one has it open. */
  private hold(): void {
    const { id } = this.row;
    void navigator.locks?.request(held(id), () => {
      if (this.closed || this.id !== id) return undefined; // closed before the lock was granted
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

/** Tells how many drafts without a composer are not completely on the server. */
function lacking(): void {
  tell("lacking", { count: [...open].filter((draft) => draft.isLacking()).length });
}

/** The name of the lock by which a window shows that it has a draft open. */
export function held(id: string): string {
  return `draft ${id}`;
}

for (const name of ["visibilitychange", "pagehide"]) {
  addEventListener(name, () => {
    if (name === "pagehide" || document.visibilityState === "hidden") open.forEach((draft) => void draft.keepHere());
  });
}
const hurry = (): void => open.forEach((draft) => draft.hurry());
addEventListener("online", hurry);
on("answering", hurry); // a server that was restarted, to which the network was there all the time
addEventListener("beforeunload", (event) => {
  if ([...open].some((draft) => draft.isNowhere())) event.preventDefault();
});
on("signed", () => open.forEach((draft) => draft.resay()));
// Signing out leaves no words behind, not even in another window; but words that are stored nowhere else are not lost.
onWiped(String(place.user), (all) => {
  if (!all && ![...open].every((draft) => draft.isThere())) return;
  for (const draft of [...open]) draft.close();
  if (!document.body.hasAttribute("data-signing-out")) location.reload();
});
