// How the parts of the desk hear of one another without knowing one another. Owns the names of what can be told.

import type { Back, Beat, State } from "./contracts";
import type { Row } from "./device";

export interface Told {
  /** The server answered a beat: who is here, who holds what, how many readers, how far the log is. */
  beat: Beat;
  /** A post may have changed on the server: its id. The timeline fetches it anew. */
  changed: { post: string };
  /** All readers have what this session published of a post, since then. */
  live: { post: string; at: string; reading: number; atLeast: boolean };
  /** Something in a tab of the right column changed: its name, or "" for any. */
  waiting: { tab: string };
  /** What a composer has to say of its words. `key`: the draft's once-key. */
  state: { key: string; state: State };
  /** Somebody asks for a post to be edited in place: inside its row, which the timeline leaves alone as long as a
      `form[data-composer]` is in it. Whoever takes the form out again tells `changed`. `version`: the fact whose words
      are gone on with, instead of those of now. */
  edit: { post: string; version?: number };
  /** A sentence for the one status line: what was done, or why not. `undo`: takes it back. */
  say: { text: string; bad?: boolean; undo?: () => void };
  /** How many drafts that no composer shows any more are not, or not wholly, on the server yet. */
  lacking: { count: number };
  /** A draft goes on under another key: another window has the first. */
  forked: { from: string; to: string };
  /** Whether this page's person is still signed in, or somebody else is. */
  signed: { is: "in" | "out" | "another" };
  /** What waited to be sent was refused, and is a draft again, with the reason. No composer waits for it. */
  returned: { row: Row };
  /** What the screen's frame shows of the live blog may be out of date: closed, renamed, for other readers. */
  outdated: Record<string, never>;
  /** The frame was brought up to date; what it stands for is in the screen's own data. */
  standing: Record<string, never>;
  /** The server knows nothing here that this person may see. */
  noMember: Record<string, never>;
  /** What this person may do on the live blog is another. `role`: in the screen's own data; "" for whoever is on it no more. */
  role: { role: string };
  /** What was scheduled or held was taken back: its words, and the number under which they wait until they are elsewhere. */
  back: { words: Back; number: number };
  /** The work goes on at another page: a live blog that was opened, by its number; or somebody's list of them. */
  goTo: { to: string; blog?: number };
  /** A page is to be opened in a sheet over the screen. */
  sheet: { href: string };
  /** How much waits to be sent. */
  outbox: { count: number };
  /** Somebody wants words in the composer that stays open, or, of an edit, in the row of its post. */
  take: { row: Partial<Row> };
  /** Pictures were taken, for the composer that stays open. */
  pictures: { files: File[] };
  /** Somebody asks for a draft to be opened in the composer that stays open: its number. */
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

/** Whether anybody would hear it: what nobody hears is left to the page without scripts. */
export function heard(name: keyof Told): boolean {
  return !!hearers[name]?.length;
}
