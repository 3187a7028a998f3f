// What this device stores: drafts, the queue of posts, and files that are being uploaded. Owns the browser's database. If
// there is none, every function throws `CannotKeep`, and its caller tells the person.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Words } from "./contracts";

const NAME = "asithappened-desk";
const PATIENCE_MS = 3_000; // a database that takes longer to open counts as none, so that words do not wait for it

/** A stored draft. `place`: user/blog. `seen`: the version of the server's copy on top of which it was written. */
export interface Row {
  id: string;
  place: string;
  key: string;
  of: string;
  basedOn: number | null;
  words: Words;
  more: Record<string, unknown>;
  changedAt: number;
  writer: string;
  turn: number;
  seen: number;
  /** Whether the server does not have all of it. */
  dirty: boolean;
  /** Why it was not published; "" if it was never sent. */
  why: string;
}

/** A post of the queue: `path` and `fields` as they are sent, and the draft that it becomes again if it is refused. */
export interface Item {
  id: string;
  place: string;
  key: string;
  path: string;
  fields: Record<string, unknown>;
  row: Row;
  at: number;
  tries: number;
}

/** A file of a body, by its block's key. `url`: the address of its upload on the server. */
export interface KeptFile {
  id: string;
  place: string;
  name: string;
  type: string;
  url: string;
  /** Whether it is uploaded completely; then no `file` is needed here. */
  whole: boolean;
  /** The fields that were filled from its metadata and not checked. */
  unchecked: string[];
  at: number;
  file?: File;
}

/** Who works on this device and on which live blogs, as the server last said; shown before it is asked again. */
export interface Known {
  id: "known";
  place: string;
  user: number;
  byline: string;
  /** Running live blogs; `may`: publish or hand in. */
  blogs: { id: number; slug: string; title: string; zone: string; language: string; may: "write" | "hand_in" }[];
  /** The one that was worked on last. */
  last: number;
}

/** Something that another app handed over. `place`: of the person known at that time, "0/…" for nobody. */
export interface Shared {
  id: string;
  place: string;
  title: string;
  text: string;
  url: string;
  files: File[];
  at: number;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Row; indexes: { place: string } };
  outbox: { key: string; value: Item; indexes: { place: string } };
  files: { key: string; value: KeptFile; indexes: { place: string } };
  shared: { key: string; value: Shared; indexes: { place: string } };
  known: { key: string; value: Known; indexes: { place: string } };
}
const STORES = ["drafts", "outbox", "files", "shared", "known"] as const;

/** This device cannot store it. `full`: because there is no room, which a person can make. */
export class CannotKeep extends Error {
  constructor(
    readonly full: boolean,
    cause: unknown,
  ) {
    super(String(cause));
  }
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

function open(): Promise<IDBPDatabase<Schema>> {
  opened ??= new Promise<IDBPDatabase<Schema>>((resolve, reject) => {
    setTimeout(() => reject(new Error("the database does not open")), PATIENCE_MS);
    openDB<Schema>(NAME, 3, {
      upgrade(database) {
        for (const store of STORES) {
          if (database.objectStoreNames.contains(store)) continue; // an earlier version made it, and it has words
          database.createObjectStore(store, { keyPath: "id" }).createIndex("place", "place");
        }
      },
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
      terminated: () => (opened = undefined),
    }).then(resolve, reject);
  });
  return opened;
}

async function within<T>(act: (database: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await act(await open());
  } catch (error) {
    opened = undefined; // the next function opens it again
    throw new CannotKeep(error instanceof DOMException && error.name === "QuotaExceededError", error);
  }
}

export const putRow = (row: Row): Promise<unknown> => within((database) => database.put("drafts", row));
export const dropRow = (id: string): Promise<void> => within((database) => database.delete("drafts", id));
export const rows = (place: string): Promise<Row[]> =>
  within((database) => database.getAllFromIndex("drafts", "place", place));

export const putItem = (item: Item): Promise<unknown> => within((database) => database.put("outbox", item));
export const dropItem = (id: string): Promise<void> => within((database) => database.delete("outbox", id));
export const items = (place: string): Promise<Item[]> =>
  within((database) => database.getAllFromIndex("outbox", "place", place));

export const putFile = (file: KeptFile): Promise<unknown> => within((database) => database.put("files", file));
export const getFile = (id: string): Promise<KeptFile | undefined> => within((database) => database.get("files", id));
export const dropFile = (id: string): Promise<void> => within((database) => database.delete("files", id));
export const files = (place: string): Promise<KeptFile[]> =>
  within((database) => database.getAllFromIndex("files", "place", place));

export const allItems = (): Promise<Item[]> => within((database) => database.getAll("outbox"));

/** Records who works here now, and forgets the former person. Everybody's words stay their own. */
export const putKnown = (known: Known): Promise<unknown> => within((database) => database.put("known", known));
export const getKnown = (): Promise<Known | undefined> => within((database) => database.get("known", "known"));

export const putShared = (shared: Shared): Promise<unknown> => within((database) => database.put("shared", shared));
export const dropShared = (id: string): Promise<void> => within((database) => database.delete("shared", id));
export const allShared = (): Promise<Shared[]> => within((database) => database.getAll("shared"));

/** What this device stores for a person. `only`: what the server does not have, and the queue. */
async function own(database: IDBPDatabase<Schema>, user: string): Promise<{ store: (typeof STORES)[number]; id: string; only: boolean }[]> {
  const [drafts, outbox, files, shared, known] = await Promise.all([
    database.getAll("drafts"),
    database.getAll("outbox"),
    database.getAll("files"),
    database.getAll("shared"),
    database.getAll("known"),
  ]);
  return [
    ...drafts.map(({ id, place, dirty }) => ({ store: "drafts" as const, id, place, only: dirty })),
    ...outbox.map(({ id, place }) => ({ store: "outbox" as const, id, place, only: true })),
    ...files.map(({ id, place, whole }) => ({ store: "files" as const, id, place, only: !whole })),
    ...shared.map(({ id, place }) => ({ store: "shared" as const, id, place, only: true })),
    ...known.map(({ id, place }) => ({ store: "known" as const, id, place, only: false })),
  ].filter(({ place }) => place.startsWith(`${user}/`));
}

/** Counts a person's words that are on this device only. */
export async function onlyHere(user: string): Promise<number> {
  return within(async (database) => (await own(database, user)).filter(({ only }) => only).length);
}

interface Wiped {
  user: string;
  all: boolean;
}

const windows = new BroadcastChannel(NAME);

/** Deletes a person's words on this device; if not `all`, only those that the server has. Open windows close them. */
export async function wipe(user: string, all: boolean): Promise<void> {
  windows.postMessage({ user, all } satisfies Wiped); // first, so that no window writes them again
  await within(async (database) => {
    for (const { store, id, only } of await own(database, user)) if (all || !only) await database.delete(store, id);
  });
}

/** Calls back when any window of this browser wipes a person's words. */
export function onWiped(user: string, act: (all: boolean) => void): void {
  windows.addEventListener("message", ({ data }: MessageEvent<Wiped>) => data.user === user && act(data.all));
}
