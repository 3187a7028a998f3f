// The desk's events, by which its parts hear of one another without importing one another. Owns the names of the events.

import type { Back, Beat, State } from "./contracts";
import type { Row } from "./device";

export interface Told {
  /** The server answered a beat: who is here, leases, the number of readers, the log's head. */
  beat: Beat;
  /** The server answers again, after a beat that it did not answer: what waits to be tried again is tried now. */
  answering: Record<string, never>;
  /** A post may have changed on the server: its id. The timeline fetches it again. */
  changed: { post: string };
  /** Since when all readers have what this session published of a post. */
  live: { post: string; at: string; reading: number; atLeast: boolean };
  /** Something in a tab of the right column changed: its name, or "" for any. */
  waiting: { tab: string };
  /** Where a composer's words are. `key`: the draft's once-key. */
  state: { key: string; state: State };
  /** Somebody wants to edit a post in its row, which the timeline does not replace while a `form[data-composer]` is in
      it. Code that removes the form tells `changed`. `version`: the fact whose words are edited, instead of the
      present ones. */
  edit: { post: string; version?: number };
  /** A sentence for the status line: what was done, or why not. `undo`: takes it back. */
  say: { text: string; bad?: boolean; undo?: () => void };
  /** How many drafts without an open composer are not completely on the server yet. */
  lacking: { count: number };
  /** A draft continues under another key, because another window has the first. */
  forked: { from: string; to: string };
  /** Whether this page's person is still signed in, is signed out, or somebody else is signed in. */
  signed: { is: "in" | "out" | "another" };
  /** A queued post was refused, and is a draft again, with the reason. No composer waits for it. */
  returned: { row: Row };
  /** The screen's frame may be out of date: the live blog was closed, renamed, or has another audience. */
  outdated: Record<string, never>;
  /** The frame is up to date again; its state is in the screen's data attributes. */
  standing: Record<string, never>;
  /** This person may not see this live blog any more. */
  noMember: Record<string, never>;
  /** This person's rights on the live blog changed. `role`: is in the screen's data; "" for a person who left it. */
  role: { role: string };
  /** A scheduled or held post was taken back: its words, and the number under which they are stored until then. */
  back: { words: Back; number: number };
  /** The person goes on to another page: a new live blog, by its number, or the list of live blogs. */
  goTo: { to: string; blog?: number };
  /** A page is to be opened in a sheet over the screen. */
  sheet: { href: string };
  /** How much waits to be sent. */
  outbox: { count: number };
  /** Somebody wants to continue words in the main composer or, for an edit, in the row of its post. */
  take: { row: Partial<Row> };
  /** Pictures were taken, for the main composer. */
  pictures: { files: File[] };
  /** Somebody opens a draft in the main composer: its number. */
  open: { draft: string };
}

type Hearer<N extends keyof Told> = (what: Told[N]) => void;
const hearers: { [N in keyof Told]?: Hearer<N>[] } = {};

export function on<N extends keyof Told>(name: N, hearer: Hearer<N>): void {
  ((hearers[name] ??= []) as Hearer<N>[]).push(hearer);
}

export function tell<N extends keyof Told>(name: N, what: Told[N]): void {
  for (const hearer of (hearers[name] ?? []) as Hearer<N>[]) hearer(what);
}

/** Whether any part listens; if none does, the click is left to the page without script. */
export function heard(name: keyof Told): boolean {
  return !!hearers[name]?.length;
}
