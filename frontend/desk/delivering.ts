// Sending one post of the queue, from a window, or from the service worker if no window is open. Owns what an answer means
// for it, and that it is deleted from the device only once it is published, or is a draft again.

import { Refused } from "./ask";
import { dropItem, dropRow, type Item, putRow, type Row } from "./device";
import { freshKey } from "./once";

const TRIES = 5; // of a request that makes the server fail, before a person is asked

/** The outcome of one, as windows tell one another. */
export interface Outcome {
  key: string;
  told?: unknown;
  /** It was taken out of the queue, and nothing was sent. */
  out?: boolean;
  refused?: { row: Row; status: number; problems: Refused["problems"]; told: Record<string, unknown> };
}

/** The lock under which the queue of a place (user/blog) is sent, and the channel on which outcomes are told. */
export const outboxOf = (place: string): string => `outbox ${place}`;

/** The lock under which the files of a post are uploaded. */
export const filesLock = (item: string): string => `files ${item}`;

/** Sends one; undefined if it is unknown what was done, and then it is sent again. */
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
    const key = freshKey(); // the key has already published other words
    Object.assign(row, { key, id: `${item.place}/${key}`, seen: 0 });
  }
  await putRow(row).catch(() => undefined);
  if (row.id !== item.id) await dropRow(item.id).catch(() => undefined);
  return { key: item.key, refused: { row, status: error.status, problems: error.problems, told: error.told } };
}

/** Deletes it after it was published. */
export async function letGo(item: Item, { refused }: Outcome): Promise<void> {
  await dropItem(item.id).catch(() => undefined);
  if (!refused) await dropRow(item.row.id).catch(() => undefined);
}
