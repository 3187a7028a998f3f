// Delivering one post of the queue, by whoever does it: a window, or the service worker when there is none. Owns what an
// answer means for it, and that it leaves the device only when it is published, or stands among the drafts again.

import { Refused } from "./ask";
import { dropItem, dropRow, type Item, putRow, type Row } from "./device";
import { freshKey } from "./once";

const TRIES = 5; // of what breaks the server: then it is for a person

/** What became of one, as windows tell one another. */
export interface Outcome {
  key: string;
  told?: unknown;
  /** Nothing: it was taken out of the queue. */
  out?: boolean;
  refused?: { row: Row; status: number; problems: Refused["problems"]; told: Record<string, unknown> };
}

/** The lock under which the queue of a place (user/blog) is sent, and the channel on which outcomes are told. */
export const outboxOf = (place: string): string => `outbox ${place}`;

/** The lock under which the files of a post are brought in. */
export const filesLock = (item: string): string => `files ${item}`;

/** Sends one; undefined if nobody knows what was done: then it is sent again. */
export async function deliver(item: Item, send: () => Promise<unknown>): Promise<Outcome | undefined> {
  try {
    return { key: item.key, told: await send() };
  } catch (error) {
    if (!(error instanceof Refused)) return undefined;
    if (error.has("broken")) item.tries += 1;
    if (error.has("busy") || (error.status >= 500 && item.tries < TRIES)) return undefined;
    return giveBack(item, error);
  }
}

/** Makes a draft of it again, with the reason. */
export async function giveBack(item: Item, error: Refused): Promise<Outcome> {
  const row: Row = { ...item.row, dirty: true, why: error.message };
  if (error.has("sent_before")) {
    const key = freshKey(); // that key's post is out, of other words
    Object.assign(row, { key, id: `${item.place}/${key}`, seen: 0 });
  }
  await putRow(row).catch(() => undefined);
  if (row.id !== item.id) await dropRow(item.id).catch(() => undefined);
  return { key: item.key, refused: { row, status: error.status, problems: error.problems, told: error.told } };
}

/** Forgets what is done with. */
export async function letGo(item: Item, { refused }: Outcome): Promise<void> {
  await dropItem(item.id).catch(() => undefined);
  if (!refused) await dropRow(item.row.id).catch(() => undefined);
}
