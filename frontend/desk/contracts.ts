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
  destroy(): void;
}
export interface EditorOptions {
  doc: Doc;
  /** The accessible name, and what stands in it while it is empty. */
  label: string;
  placeholder: string;
  language: string;
  changed(): void;
  /** Chosen in the slash menu or by key, and not the editor's own to do: "key", "summary", "update", "publish". */
  command(name: string): void;
  /** What a paste left out, as a sentence, and how to have it as it was. */
  pasted(sentence: string, asItWas: () => void): void;
}
export type Mount = (at: HTMLElement, options: EditorOptions) => BodyEditor;

/** The one vocabulary for where words are. */
export type State =
  | { is: "empty" }
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "here"; why: string } // only on this device
  | { is: "nowhere"; why: string } // cannot even be kept here
  | { is: "waiting"; count: number } // to be sent, when the network is back
  | { is: "sending" }
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
