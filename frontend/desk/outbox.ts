// Sending what is to be published: once, in order, come what may. Owns the queue of what no answer came for, kept on this
// device; one window sends it, all show how much waits. What is refused becomes a draft again, with the reason.

import { Refused, send } from "./ask";
import { on, tell } from "./bus";
import { dropItem, dropRow, type Item, items, putItem, putRow, type Row } from "./device";
import type { Draft } from "./kept";
import { freshKey, place } from "./place";
import { asked, isOut } from "./session";
import { t } from "./words";

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const TRIES = 5; // of what breaks the server: then it is for a person
const LOCK = `outbox ${place.name}`;

/** The server said no. The words are `row`, to go on with. */
export class Returned extends Refused {
  constructor(
    readonly row: Row,
    status: number,
    problems: Refused["problems"],
    told: Record<string, unknown>,
  ) {
    super(status, problems, told);
  }
}

/** Somebody took it out of the queue before it was answered for. */
export class TakenOut extends Error {}

/** What became of one, as windows tell one another. */
interface Outcome {
  key: string;
  told?: unknown;
  /** Nothing: it was taken out of the queue. */
  out?: boolean;
  refused?: { row: Row; status: number; problems: Refused["problems"]; told: Record<string, unknown> };
}

/** What the device keeps, as last read: reading it for each post would cost a publish some milliseconds. */
let known: Map<string, Item> | undefined;
const here = new Map<string, Item>(); // of this window; on the device too, unless that keeps nothing
const stored = new Map<string, Promise<boolean>>();
const asking = new Map<string, { resolve(told: unknown): void; reject(error: unknown): void }>();
const windows = new BroadcastChannel(LOCK);
let draining = false;
let failures = 0;
let timer = 0;
let unkept = 0;

/**
 * Publishes a draft by what its composer sends, and returns the answer, however long that takes. Throws `Returned`.
 * `fields`: with the draft's key as `once`, or what an edit is based on. The composer goes on with another draft.
 */
export function dispatch<T>(draft: Draft, path: string, fields: Record<string, unknown>): Promise<T> {
  const row = draft.taken();
  draft.close(true); // this device's copy stays until it is done with
  const item: Item = { id: row.id, place: place.name, key: row.key, path, fields, row, at: Date.now(), tries: 0 };
  here.set(item.id, item);
  unkept += 1;
  stored.set(
    item.id,
    putItem(item).then(
      () => {
        unkept -= 1;
        windows.postMessage({ key: "" }); // there is more in the queue
        return true;
      },
      () => false,
    ),
  );
  tell("state", { key: item.key, state: { is: "sending" } });
  const answer = new Promise<T>((resolve, reject) =>
    asking.set(item.key, { resolve: resolve as (told: unknown) => void, reject }),
  );
  void drain();
  if (isOut()) void show(); // it waits from the beginning
  return answer;
}

async function drain(): Promise<void> {
  if (draining) return;
  draining = true;
  clearTimeout(timer);
  let empty = false;
  try {
    await alone(async () => {
      for (;;) {
        const [item] = await queue();
        if (!item) return void (empty = true);
        if (!(await done(item))) return;
        failures = 0;
      }
    });
  } finally {
    draining = false;
    failures = empty ? 0 : failures + 1;
    await show();
  }
  if (!empty) timer = window.setTimeout(() => void drain(), PAUSES_MS[failures - 1] ?? 15_000);
  else if (here.size) void drain(); // came as the last one left
}

/** Runs while no other window of this person's on this live blog sends. */
function alone(act: () => Promise<void>): Promise<void> {
  return navigator.locks ? navigator.locks.request(LOCK, act) : act();
}

async function queue(): Promise<Item[]> {
  known ??= new Map((await items(place.name).catch(() => [])).map((item) => [item.id, item]));
  const found = new Map(known);
  for (const item of here.values()) found.set(item.id, item);
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** Sends one, and says whether it is done with: published or refused. */
async function done(item: Item): Promise<boolean> {
  try {
    const told = await asked(() => send(item.path, item.fields));
    tellAll({ key: item.key, told }); // first: if it is not forgotten it is sent once more, and changes nothing
    await forget(item);
    await dropRow(item.row.id).catch(() => undefined);
  } catch (error) {
    if (!(error instanceof Refused)) return false; // nobody knows what was done: it is sent again
    if (error.has("broken")) item.tries += 1;
    if (error.has("busy") || (error.status >= 500 && item.tries < TRIES)) return false;
    const row: Row = { ...item.row, dirty: true, why: error.message };
    if (error.has("sent_before")) Object.assign(row, renamed()); // that key's post is out, of other words
    await putRow(row).catch(() => undefined);
    if (row.id !== item.id) await dropRow(item.id).catch(() => undefined);
    await forget(item);
    tellAll({ key: item.key, refused: { row, status: error.status, problems: error.problems, told: error.told } });
  }
  return true;
}

/** Returns what waits, the first to be sent first. */
export function waiting(): Promise<Item[]> {
  return queue();
}

/** Takes one out of the queue; false if it is being sent just now, or is there no more. Its words are the caller's then. */
export async function takeOut(id: string): Promise<boolean> {
  const act = async (): Promise<boolean> => {
    known = undefined;
    const item = (await queue()).find((one) => one.id === id);
    if (!item) return false;
    await forget(item);
    tellAll({ key: item.key, out: true });
    return true;
  };
  if (!navigator.locks) return draining ? false : act();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? act() : false));
}

function renamed(): Partial<Row> {
  const key = freshKey();
  return { key, id: `${place.name}/${key}`, seen: 0 };
}

async function forget(item: Item): Promise<void> {
  here.delete(item.id);
  known?.delete(item.id);
  if ((await stored.get(item.id)) === false) unkept -= 1;
  stored.delete(item.id);
  await dropItem(item.id).catch(() => undefined);
}

function tellAll(outcome: Outcome): void {
  windows.postMessage(outcome);
  settle(outcome, true);
  void show();
}

function settle({ key, told, refused, out }: Outcome, sender: boolean): void {
  const waiting = asking.get(key);
  asking.delete(key);
  if (out) return waiting?.reject(new TakenOut());
  if (!refused) {
    waiting?.resolve(told);
    return tell("waiting", { tab: "drafts" });
  }
  const error = new Returned(refused.row, refused.status, refused.problems, refused.told);
  waiting?.reject(error);
  tell("state", { key, state: { is: "refused", why: error.message } });
  if (!waiting && sender) tell("returned", { row: refused.row });
}

/** Shows how much waits. What is sent and answered at once never waited. */
async function show(): Promise<void> {
  const found = await queue();
  const count = failures || isOut() || found.length > 1 ? found.length : 0;
  const place = document.querySelector<HTMLElement>("[data-outbox]");
  const line = place?.querySelector("p");
  if (place && line) {
    place.hidden = !count;
    line.textContent = count ? t("outbox.waiting", { n: count }) : "";
  }
  tell("outbox", { count: found.length });
  if (!count) return;
  for (const { key } of found) if (asking.has(key)) tell("state", { key, state: { is: "waiting", count } });
}

if (place.drafts) {
  windows.addEventListener("message", ({ data }: MessageEvent<Outcome>) => {
    known = undefined;
    if (data.key) settle(data, false);
    void show();
  });
  addEventListener("online", () => void drain());
  addEventListener("beforeunload", (event) => unkept && event.preventDefault());
  on("signed", () => void show());
  void drain();
}
