// The interfaces between the parts of the desk, and between the desk and the server. Types only.

/** A body as in core.body (core/body.schema.json): ProseMirror's JSON. The server checks it in any case. */
export interface Doc {
  type: "doc";
  content?: unknown[];
}

/** A composer's content: the fields of the post's form (docs/desk.md), as they are sent. */
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

/** A composer's whole content. `more`: its other fields; `basedOn`: for a post that is edited. */
export interface Snapshot {
  words: Words;
  more: Record<string, unknown>;
  basedOn?: number | null;
  /** Whether there is nothing worth storing. */
  empty: boolean;
}

/** The editor of a body. `mount` in editor/editor.ts, a separate bundle, makes it. */
export interface BodyEditor {
  doc(): Doc;
  set(doc: Doc): void;
  focus(): void;
  empty(): boolean;
  /** Shows the server's errors at fields of nodes ("body.content[3].attrs.alt"); returns those that have no field. */
  wrong(problems: Problem[]): Problem[];
  /** Inserts files where they were dropped, or at the cursor. `first`: the field that gets the focus. */
  take(files: File[], at?: { left: number; top: number } | null, first?: "caption" | "alt"): void;
  /** How many files are on their way. */
  waiting(): number;
  /** Underlines these words, and no others. */
  mark(found: Marked[]): void;
  /** The problems of its files that prevent publishing: not described, refused, to be chosen again. */
  missing(): Problem[];
  destroy(): void;
}
/** Words in a block of the body. `within`: which occurrence, from 0. `block`: -1 for words outside the editor. */
export interface Marked {
  key: string;
  block: number;
  exact: string;
  nth: number;
  tone: "offered" | "ticked" | "against";
  current: boolean;
}
/** What the list of suggestions gets. `suggesting` in ledger/suggesting.ts, a separate bundle, makes the list. */
export interface Room {
  form: HTMLFormElement;
  editor: BodyEditor;
  words(): Words;
  /** The accepted rows changed; they are stored like words. */
  changed(): void;
  /** `ask` makes background requests; `act` sends what somebody pressed. */
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
  /** The accessible name, and the placeholder. */
  label: string;
  placeholder: string;
  language: string;
  /** How much of the view is covered, in px: the cursor is scrolled out of there. */
  covered(): { top: number; bottom: number };
  changed(): void;
  /** A command from the slash menu or a key that the composer carries out: "key", "summary", "update", "publish". */
  command(name: string): void;
  /** What a paste left out or became, as a sentence, and the other choices. */
  pasted: Pasted;
  /** Asks what is at an address. */
  look: Look;
  /** Reads a clipboard; a separate bundle. */
  reading(): Promise<typeof import("./editor/paste/reading")>;
  /** A file was uploaded, or never will be: the body changed without typing. */
  arrived(): void;
  /** Uploads files; loaded with the first file. */
  arrivals(): Promise<Arrivals>;
}
/** `choices`: what can be done with it; `key`: chooses the next one. "" removes the sentence. */
export type Pasted = (sentence: string, choices?: Choice[], key?: string) => void;
/** `chosen`: whether it is the present one of several. Returns whether it moved the focus; if not, the text gets it. */
export interface Choice {
  label: string;
  chosen?: boolean;
  does(): boolean | void;
}
/**
 * What is at an address, as blocks of a body: `block`, null if nothing was asked or there is only a card; `card`: the same
 * as a card. `unread`: why nothing more was learned.
 */
export type Look = (url: string) => Promise<{ block: object | null; card: object | null; unread: string }>;
export type Mount = (at: HTMLElement, options: EditorOptions) => BodyEditor;

/** The state of a file on its way into a body. */
export type Arrival =
  | { is: "queued" }
  | { is: "sending"; share: number }
  | { is: "offline"; share: number; why: string } // goes on automatically
  | { is: "prepared" } // uploaded: the server checks it and makes its sizes
  | { is: "ready"; media: Media }
  | { is: "stopped" }
  | { is: "failed"; why: string } // can be tried again
  | { is: "refused"; why: string } // will never be accepted
  | { is: "lost" }; // this device does not have it (any more), so it has to be chosen again

/** The file's own metadata, as far as there is any. Nobody has checked it. */
export interface Found {
  caption?: string;
  credit?: string;
  alt?: string;
  terms?: string;
  instructions?: string;
  embargo?: string;
  digital_source_type?: string;
}

/** An accepted file: GET /desk/live/SLUG/media/ID/ (docs/desk.md). */
export interface Media {
  id: string;
  state: "uploading" | "waiting" | "ready" | "refused";
  refusal: string;
  kind: "" | "picture" | "video" | "audio" | "captions";
  found: Found;
  /** Remarks from checking it, as sentences. */
  notes: string[];
  /** Attributes of the node that shows it: media, digest, width, height, … and those from its metadata. */
  attrs: Record<string, unknown>;
  /** Its address at the desk. */
  shown: string;
}

/** Uploads files. `arrivals` in upload/upload.ts, a separate bundle, makes it. A file is identified by a key. */
export interface Arrivals {
  take(key: string, file: File): void;
  /** Reports its state, now and at every change, until the returned function is called. */
  watch(key: string, hear: (arrival: Arrival, file: Seen) => void): () => void;
  stop(key: string): void;
  again(key: string): void;
  /** Finds what this device stores about a file from before the page was loaded. */
  remember(key: string): Promise<void>;
  /** The fields that were filled from metadata and that nobody has checked. */
  unchecked(key: string): string[];
  check(key: string, names: string[]): void;
  /** Records that a file is not on this device (any more). */
  lost(name: string): string;
  /** The description of an accepted file; null if it cannot be had. */
  about(media: string): Promise<Media | null>;
}
/** What can be shown of a file before it is uploaded. `kept`: whether this device stores it until then. */
export interface Seen {
  name: string;
  type: string;
  address: string;
  kept: boolean;
}

/** Where words are, in one vocabulary. */
export type State =
  | { is: "empty" }
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "here"; why: string } // only on this device
  | { is: "nowhere"; why: string } // cannot even be stored here
  | { is: "waiting"; count: number } // sent when the network is back
  | { is: "sending" }
  | { is: "files"; count: number } // sent when they are uploaded
  | { is: "live"; at: string; reading: number; atLeast: boolean }
  | { is: "held"; until: string }
  | { is: "refused"; why: string };

/** The answer to a beat: POST /desk/live/SLUG/beat/ (docs/desk.md). Instants are ISO 8601 with milliseconds. */
export interface Beat {
  now: string;
  head: number;
  /** A stamp of the screen's frame, which changes whenever something in the frame does. */
  standing: string;
  here: { name: string; me: boolean; post: string; since: string; away: boolean }[];
  /** `mine`: held by this tab; `me`: by this person, perhaps in another tab. */
  leases: { post: string; name: string; me: boolean; mine: boolean; since: string }[];
  /** How many items wait, by the name of the tab. */
  counts: Record<string, number>;
  /** A number that changes when a tab's list does, by the name of the tab. */
  marks: Record<string, number>;
  /** `head`: the newest seq that all readers have; `since`: when they had it. `written`: the newest heads, oldest first. */
  readers: {
    reading: number;
    atLeast: boolean;
    head: number;
    since: string;
    written: { head: number; since: string }[];
  };
  /** A notice to this tab: `name` took over `post`, or asks for it. */
  told: { id: number; what: "taken" | "asked"; name: string; post: string; at: string }[];
}

export interface Problem {
  code: string;
  message: string;
  field: string;
}
