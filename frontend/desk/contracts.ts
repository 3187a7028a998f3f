// What the parts of the desk, and the desk and the server, have agreed on. Types alone.

/** A body as core.body has it (core/body.schema.json): ProseMirror's JSON. Checked by the server, whatever stands here. */
export interface Doc {
  type: "doc";
  content?: unknown[];
}

/** What a composer holds: the fields of the post's form (docs/desk.md), as they are sent. */
export interface Words {
  title: string;
  body: Doc;
  kind: "update" | "key_event" | "summary";
  bylines: string[];
}

/** Words that were taken back before readers had them. */
export interface Back extends Words {
  pin: boolean;
  graphic: boolean;
  rows: string;
}

/** All that a composer holds when it is asked. `more`: its other fields; `basedOn`: of a post that is edited. */
export interface Snapshot {
  words: Words;
  more: Record<string, unknown>;
  basedOn?: number | null;
  /** Whether there is nothing worth keeping. */
  empty: boolean;
}

/** The editor of a body. Made by `mount` in editor/editor.ts, which is a bundle of its own. */
export interface BodyEditor {
  doc(): Doc;
  set(doc: Doc): void;
  focus(): void;
  empty(): boolean;
  /** Shows what the server found wrong at the fields of nodes ("body.content[3].attrs.alt"); returns what it could not. */
  wrong(problems: Problem[]): Problem[];
  /** Puts files in: where they were dropped, or where the cursor is. `first`: the field that is asked for first. */
  take(files: File[], at?: { left: number; top: number } | null, first?: "caption" | "alt"): void;
  /** How many files are on their way. */
  waiting(): number;
  /** Underlines words, and those alone. */
  mark(found: Marked[]): void;
  /** What of its files stands in the way of publishing: not described, refused, to be chosen again. */
  missing(): Problem[];
  destroy(): void;
}
/** Words of a block of the body: those of that number within it, from 0. `block`: -1 for none that an editor shows. */
export interface Marked {
  key: string;
  block: number;
  exact: string;
  nth: number;
  tone: "offered" | "ticked" | "against";
  current: boolean;
}
/** What the list of suggestions is given. Made by `suggesting` in ledger/suggesting.ts, which is a bundle of its own. */
export interface Room {
  form: HTMLFormElement;
  editor: BodyEditor;
  words(): Words;
  /** What was accepted is another: it is kept like words. */
  changed(): void;
  /** Asks what nobody waits for; does what somebody pressed. */
  ask(fields: Record<string, unknown>): Promise<{ suggested: unknown[]; contradicts: unknown[]; busy?: boolean }>;
  act(fields: Record<string, unknown>): Promise<{ done?: string }>;
  say(text: string, undo?: () => void): void;
  t(name: string, values?: Record<string, string>): string;
}
export interface Suggesting {
  look(): void;
}
export interface EditorOptions {
  doc: Doc;
  /** The accessible name, and what stands in it while it is empty. */
  label: string;
  placeholder: string;
  language: string;
  /** How much of what is in view something lies over, in px: the cursor is not left there. */
  covered(): { top: number; bottom: number };
  changed(): void;
  /** Chosen in the slash menu or by key, and not the editor's own to do: "key", "summary", "update", "publish". */
  command(name: string): void;
  /** What a paste left out or became, as a sentence, and how to have it otherwise. */
  pasted: Pasted;
  /** Asks what an address holds. */
  look: Look;
  /** What reads a clipboard, a bundle of its own. */
  reading(): Promise<typeof import("./editor/paste/reading")>;
  /** A file came in, or will not: the body is another, by nobody's typing. */
  arrived(): void;
  /** What takes files in; loaded when the first is there. */
  arrivals(): Promise<Arrivals>;
}
/** `choices`: what can be done with it, `key` what chooses the next of them. "" takes back what was said. */
export type Pasted = (sentence: string, choices?: Choice[], key?: string) => void;
/** `chosen`: of several of which one holds. Says whether it went somewhere itself; else whoever writes is back in the text. */
export interface Choice {
  label: string;
  chosen?: boolean;
  does(): boolean | void;
}
/**
 * What an address holds, as a body has it: `block`, null where it was asked nothing or `card` is all; `card`: of the same.
 * `unread`: why nothing more was learned of it.
 */
export type Look = (url: string) => Promise<{ block: object | null; card: object | null; unread: string }>;
export type Mount = (at: HTMLElement, options: EditorOptions) => BodyEditor;

/** Where a file that was put into a body is, on its way to being part of it. */
export type Arrival =
  | { is: "queued" }
  | { is: "sending"; share: number }
  | { is: "offline"; share: number; why: string } // goes on by itself
  | { is: "prepared" } // all of it is there: it is looked at, and its sizes are made
  | { is: "ready"; media: Media }
  | { is: "stopped" }
  | { is: "failed"; why: string } // may be tried again
  | { is: "refused"; why: string } // never will be taken
  | { is: "lost" }; // this device has not got it (any more): it has to be chosen again

/** What the file says of itself, as far as it says it. Nobody has checked any of it. */
export interface Found {
  caption?: string;
  credit?: string;
  alt?: string;
  terms?: string;
  instructions?: string;
  embargo?: string;
  digital_source_type?: string;
}

/** A file that was taken in: GET /desk/live/SLUG/media/ID/ (docs/desk.md). */
export interface Media {
  id: string;
  state: "uploading" | "waiting" | "ready" | "refused";
  refusal: string;
  kind: "" | "picture" | "video" | "audio" | "captions";
  found: Found;
  /** What was noticed as it was taken in, as sentences. */
  notes: string[];
  /** Of the node that shows it: media, digest, width, height, … and what the file says for its fields. */
  attrs: Record<string, unknown>;
  /** Where the desk sees it. */
  shown: string;
}

/** Takes files in. Made by `arrivals` in upload/upload.ts, which is a bundle of its own. A file is known by a key. */
export interface Arrivals {
  take(key: string, file: File): void;
  /** Tells how it stands, now and whenever that changes, until what is returned is called. */
  watch(key: string, hear: (arrival: Arrival, file: Seen) => void): () => void;
  stop(key: string): void;
  again(key: string): void;
  /** Finds what this device knows of one that came in before the page was loaded. */
  remember(key: string): Promise<void>;
  /** Which of what the file said nobody has looked at, by the names of fields. */
  unchecked(key: string): string[];
  check(key: string, names: string[]): void;
  /** Says that a file is not on this device (any more). */
  lost(name: string): string;
  /** What is known of a file that was taken in; null if it cannot be known. */
  about(media: string): Promise<Media | null>;
}
/** What can be shown of a file before anybody has taken it in. `kept`: whether this device keeps it until it is in. */
export interface Seen {
  name: string;
  type: string;
  address: string;
  kept: boolean;
}

/** The one vocabulary for where words are. */
export type State =
  | { is: "empty" }
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "here"; why: string } // only on this device
  | { is: "nowhere"; why: string } // cannot even be kept here
  | { is: "waiting"; count: number } // to be sent, when the network is back
  | { is: "sending" }
  | { is: "files"; count: number } // to be sent, when they have come in
  | { is: "live"; at: string; reading: number; atLeast: boolean }
  | { is: "held"; until: string }
  | { is: "refused"; why: string };

/** The answer to a beat: POST /desk/live/SLUG/beat/ (docs/desk.md). Instants are ISO 8601 with milliseconds. */
export interface Beat {
  now: string;
  head: number;
  /** What the frame of the screen shows of the live blog: the same as long as nothing in it is another. */
  standing: string;
  here: { name: string; me: boolean; post: string; since: string; away: boolean }[];
  /** `mine`: held by this very tab; `me`: by this person, perhaps in another. */
  leases: { post: string; name: string; me: boolean; mine: boolean; since: string }[];
  /** By the name of a tab: what waits there. */
  counts: Record<string, number>;
  /** By the name of a tab: a number that is another when what it lists changed. */
  marks: Record<string, number>;
  /** `head`: the newest that all readers have, `since` when. `written`: the newest heads, oldest first. */
  readers: {
    reading: number;
    atLeast: boolean;
    head: number;
    since: string;
    written: { head: number; since: string }[];
  };
  /** What somebody else did that this tab has to know: `name` edits `post` now, or would like to. */
  told: { id: number; what: "taken" | "asked"; name: string; post: string; at: string }[];
}

export interface Problem {
  code: string;
  message: string;
  field: string;
}
