// What this device keeps: words that are being written, what waits to be sent, and files on their way. Owns the database in the browser, and
// what it means that there is none: every function throws `CannotKeep`, and whoever called says so.

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Words } from "./contracts";

const NAME = "asithappened-desk";
const PATIENCE_MS = 3_000; // a database that does not open by then is none: nobody's words wait for it

/** A copy of what somebody writes. `place`: user/blog. Of the server's copy it knows the version that it goes on from. */
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
  /** Whether the server lacks something of it. */
  dirty: boolean;
  /** Why it was not published; "" for what was never sent. */
  why: string;
}

/** What is to be published: `path` and `fields` as they are sent, and the row that it becomes again if it is refused. */
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

/** A file that was put into a body, by the key of its place there. `url`: where the server has what it has of it. */
export interface KeptFile {
  id: string;
  place: string;
  name: string;
  type: string;
  url: string;
  /** Whether all of it is on the server; it needs no `file` here then. */
  whole: boolean;
  /** Which fields were filled from it and not looked at. */
  unchecked: string[];
  at: number;
  file?: File;
}

/** Who works on this device and on what, as the server last said: what can be shown before it is asked. */
export interface Known {
  id: "known";
  place: string;
  user: number;
  byline: string;
  /** Running live blogs; `may`: publish there, or hand in. */
  blogs: { id: number; slug: string; title: string; zone: string; language: string; may: "write" | "hand_in" }[];
  /** The one that was worked on last. */
  last: number;
}

/** What another app handed to this one. `place`: of whoever was known here then, "0/…" for nobody. */
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

/** This device keeps nothing. `full`: for want of room, which can be made. */
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
          if (database.objectStoreNames.contains(store)) continue; // made by an earlier version, with words in it
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
    opened = undefined; // a closed connection is opened anew by whoever asks next
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

/** Says who works here now. Of anybody else nothing is known any more; their words stay theirs. */
export const putKnown = (known: Known): Promise<unknown> => within((database) => database.put("known", known));
export const getKnown = (): Promise<Known | undefined> => within((database) => database.get("known", "known"));

export const putShared = (shared: Shared): Promise<unknown> => within((database) => database.put("shared", shared));
export const dropShared = (id: string): Promise<void> => within((database) => database.delete("shared", id));
export const allShared = (): Promise<Shared[]> => within((database) => database.getAll("shared"));

/** What of a person's is here. `only`: what the server lacks, and what waits to be sent. */
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

/** Counts what of a person's is only here. */
export async function onlyHere(user: string): Promise<number> {
  return within(async (database) => (await own(database, user)).filter(({ only }) => only).length);
}

interface Wiped {
  user: string;
  all: boolean;
}

const windows = new BroadcastChannel(NAME);

/** Deletes what a person has on this device; where not `all`, that alone which the server has too. Open windows let go. */
export async function wipe(user: string, all: boolean): Promise<void> {
  windows.postMessage({ user, all } satisfies Wiped); // first: what a window lets go of it does not write again
  await within(async (database) => {
    for (const { store, id, only } of await own(database, user)) if (all || !only) await database.delete(store, id);
  });
}

/** Tells of a `wipe` of a person's words, by whatever window of this browser. */
export function onWiped(user: string, act: (all: boolean) => void): void {
  windows.addEventListener("message", ({ data }: MessageEvent<Wiped>) => data.user === user && act(data.all));
}
