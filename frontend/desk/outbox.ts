// Sending posts: once, in order, also over a bad network. Owns the queue of posts without an answer, which this device
// stores; one window sends it, and all show how much waits. A refused post becomes a draft again, with the reason. A post
// whose files are not uploaded yet lets others go first.

import { Refused, send } from "./ask";
import { bringIn, filesOf } from "./bringing";
import { on, tell } from "./bus";
import { deliver, filesLock, giveBack, letGo, type Outcome, outboxOf } from "./delivering";
import { dropItem, type Item, items, putItem, type Row } from "./device";
import { arrivals } from "./files";
import { sendLater } from "./installed";
import type { Draft } from "./kept";
import { place } from "./place";
import { asked, isOut } from "./session";
import { t } from "./words";

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const LONGEST_MS = 15_000;
const LOCK = outboxOf(place.name);
const SLOW_MS = 2_000; // a post that is answered sooner is not shown as waiting
const LATER_MS = 15_000; // then another window's post is sent from here, because that window may have been killed

/** The server refused. `row`: the words, to be continued. */
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

/** Somebody took it out of the queue before the answer. */
export class TakenOut extends Error {}

/** The device's queue as last read, because reading it for each post would cost a publish some milliseconds. */
let known: Map<string, Item> | undefined;
const here = new Map<string, Item>(); // of this window; also on the device, unless it cannot store anything
const stored = new Map<string, Promise<boolean>>();
const bringing = new Map<string, AbortController>(); // posts whose files this window uploads
const begun = new Map<string, Promise<unknown>>(); // posts that were sent at once, because nothing else waited
const asking = new Map<string, { resolve(told: unknown): void; reject(error: unknown): void }>();
const windows = new BroadcastChannel(LOCK);
let draining = false;
let failures = 0;
let timer = 0;
let unkept = 0;

/**
 * Publishes a draft with its composer's fields, and returns the answer, however long that takes. Throws `Returned`.
 * `fields`: with the draft's key as `once`, or an edit's `based_on`. The composer continues with another draft.
 */
export function dispatch<T>(draft: Draft, path: string, fields: Record<string, unknown>): Promise<T> {
  const row = draft.handOver();
  const item: Item = { id: row.id, place: place.name, key: row.key, path, fields, row, at: Date.now(), tries: 0 };
  here.set(item.id, item);
  atOnce(item);
  unkept += 1;
  stored.set(
    item.id,
    putItem(item).then(
      () => {
        unkept -= 1;
        windows.postMessage({ key: "" }); // tells that the queue grew
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
  if (isOut()) void show(); // without a sign-in it waits from the beginning
  return answer;
}

/**
 * Sends a new post in the same task in which the button was pressed, if nothing waits before it. The lock among windows
 * and the copy on this device follow while it is on its way: its once-key makes it one post even if it is sent twice, and
 * only the queue sends it again, which this device has stored by then. An edit has no such key, and waits for its turn.
 */
function atOnce(item: Item): void {
  if (draining || isOut() || known?.size !== 0 || here.size !== 1 || filesOf(item) || !("once" in item.fields)) return;
  const answer = send(item.path, item.fields);
  answer.catch(() => undefined); // handled when it is its turn
  begun.set(item.id, answer);
}

async function drain(): Promise<void> {
  if (draining) return;
  draining = true;
  clearTimeout(timer);
  const slow = setTimeout(() => void show(), SLOW_MS);
  let empty = false;
  try {
    await alone(LOCK, async () => {
      for (;;) {
        const item = (await queue()).find((one) => !filesOf(one));
        if (!item) return void (empty = true);
        if (!(await done(item))) return;
        failures = 0;
      }
    });
  } finally {
    draining = false;
    clearTimeout(slow);
    failures = empty ? 0 : failures + 1;
    for (const item of await queue()) if (filesOf(item)) void bring(item);
    await show();
  }
  if (!empty) timer = window.setTimeout(() => void drain(), PAUSES_MS[failures - 1] ?? LONGEST_MS);
  else if ([...here.values()].some((item) => !filesOf(item))) void drain(); // queued while the last one was being finished
}

/** Uploads the files of a post, in one window; then the post is sent. */
async function bring(item: Item): Promise<void> {
  if (bringing.has(item.id)) return;
  const stop = new AbortController();
  const { signal } = stop;
  bringing.set(item.id, stop);
  let unloaded = false;
  try {
    await alone(filesLock(item.id), () => broughtIn(item.id, signal), { signal });
  } catch (error) {
    if (error instanceof Refused) await settled(item, await giveBack(item, error));
    else unloaded = !signal.aborted; // the uploader could not be loaded: tried again
  } finally {
    bringing.delete(item.id);
  }
  setTimeout(() => void drain(), unloaded ? LONGEST_MS : 0);
}

async function broughtIn(id: string, signal: AbortSignal): Promise<void> {
  known = undefined; // another window may have uploaded them, or sent the post
  const item = (await queue()).find((one) => one.id === id);
  const form = document.querySelector<HTMLFormElement>("form[data-upload]");
  if (!item || !filesOf(item)) return;
  if (!form) throw new Error("no composer here");
  let said = false;
  await bringIn(item, await arrivals(form), signal, () => {
    if (!said) tell("say", { text: t("editor.file.unkept"), bad: true });
    said = true;
  });
  if (here.has(id)) here.set(id, item); // of the two copies, the one that names its files
  await putItem(item).catch(() => undefined);
}

/** Runs while no other window of this person on this live blog does the same. */
function alone(lock: string, act: () => Promise<void>, how: LockOptions = {}): Promise<void> {
  return navigator.locks ? navigator.locks.request(lock, how, act) : act();
}

async function queue(): Promise<Item[]> {
  known ??= new Map((await items(place.name).catch(() => [])).map((item) => [item.id, item]));
  const found = new Map(known);
  for (const item of here.values()) found.set(item.id, item);
  return [...found.values()].sort((one, other) => one.at - other.at);
}

/** Sends one, and returns whether it is finished: published or refused. */
async function done(item: Item): Promise<boolean> {
  const own = here.has(item.id);
  const outcome = await deliver(item, () => asked(() => taken(item) ?? send(item.path, item.fields)));
  if (own && !here.has(item.id)) return true; // another window sent it, and told the outcome
  if (!outcome) return false;
  await settled(item, outcome);
  return true;
}

/** Continues with a post that was sent at once. */
function taken({ id }: Item): Promise<unknown> | undefined {
  const answer = begun.get(id);
  begun.delete(id);
  return answer;
}

async function settled(item: Item, outcome: Outcome): Promise<void> {
  if (!outcome.refused) tellAll(outcome); // first: if deleting it fails, it is sent once more, which changes nothing
  await forget(item);
  await letGo(item, outcome);
  if (outcome.refused) tellAll(outcome);
}

/** Returns what waits, the first to be sent first. */
export function waiting(): Promise<Item[]> {
  return queue();
}

/** Takes one out of the queue, and the caller gets its words; false if it is being sent now, or is not there any more. */
export async function takeOut(id: string): Promise<boolean> {
  const act = async (): Promise<boolean> => {
    bringing.get(id)?.abort();
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

async function forget(item: Item): Promise<void> {
  here.delete(item.id);
  begun.delete(item.id);
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

/** Shows how much waits. A post that is answered at once is not counted. */
async function show(): Promise<void> {
  const found = await queue();
  const slow = found.some(({ at }) => Date.now() - at > SLOW_MS);
  const count = failures || isOut() || slow || found.length > 1 || found.some(filesOf) ? found.length : 0;
  const place = document.querySelector<HTMLElement>("[data-outbox]");
  const line = place?.querySelector("p");
  if (place && line) {
    place.hidden = !count;
    line.textContent = count ? t("outbox.waiting", { n: count }) : "";
  }
  tell("outbox", { count: found.length });
  if (!count) return;
  sendLater();
  for (const item of found) {
    const files = filesOf(item);
    const state = files ? ({ is: "files", count: files } as const) : ({ is: "waiting", count } as const);
    if (asking.has(item.key)) tell("state", { key: item.key, state });
  }
}

if (place.drafts) {
  windows.addEventListener("message", ({ data }: MessageEvent<Outcome>) => {
    known = undefined;
    for (const item of here.values()) if (item.key === data.key) here.delete(item.id); // another window finished it
    if (data.key) settle(data, false);
    if (!data.key && !draining && !failures) {
      clearTimeout(timer);
      timer = window.setTimeout(() => void drain(), LATER_MS);
    }
    void show();
  });
  addEventListener("online", () => void drain());
  on("answering", () => void drain());
  addEventListener("beforeunload", (event) => unkept && event.preventDefault());
  on("signed", () => void show());
  void drain();
}
