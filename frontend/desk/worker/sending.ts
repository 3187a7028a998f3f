// Sending the queue when no window is open: the browser wakes the worker when the network is back. The same queue, order,
// locks and keys as in outbox.ts; only the signed-in person's own posts are sent.

/// <reference path="./scope.d.ts" />
import { askAs, look, Refused, send, tokenNow, Unanswered, useToken } from "../ask";
import { bringIn, filesOf } from "../bringing";
import { deliver, filesLock, giveBack, letGo, type Outcome, outboxOf } from "../delivering";
import { allItems, getKnown, type Item, putItem } from "../device";
import { arrivals } from "../upload/upload";
import { who } from "../who";
import { FetchStack } from "./stack";
import type { Told } from "./worker";

const FILES_MS = 240_000; // a browser gives a worker some five minutes
const OUT = ["stale", "signed_out", "another"]; // left to a window, in which somebody can sign in

/** Sends the queue of the person who works here. Throws if something is left, so that the browser wakes the worker again. */
export async function sendAll(told: Told): Promise<void> {
  const { clients } = globalThis as unknown as WorkerScope;
  if ((await clients.matchAll({ type: "window" })).some(({ visibilityState }) => visibilityState === "visible")) return;
  const known = await getKnown();
  const own = (await allItems()).filter(({ place }) => place.split("/")[0] === String(known?.user));
  for (const place of new Set(own.map((item) => item.place))) {
    await navigator.locks.request(outboxOf(place), { ifAvailable: true }, (lock) => (lock ? sendOf(place, known!.user, told) : undefined));
  }
}

async function sendOf(place: string, user: number, told: Told): Promise<void> {
  const items = (await allItems()).filter((item) => item.place === place).sort((one, other) => one.at - other.at);
  const at = /^.*\/live\/[^/]+\//.exec(items[0]?.path ?? "")?.[0];
  if (!at) return;
  askAs(user);
  const found = await who();
  if (found.is === "unknown") throw new Unanswered("the server");
  if (found.is !== "in") return;
  useToken(found.csrf);
  const windows = new BroadcastChannel(outboxOf(place));
  const over = async (item: Item, outcome: Outcome): Promise<void> => {
    windows.postMessage(outcome);
    await letGo(item, outcome);
  };
  for (const item of [...items.filter((one) => !filesOf(one)), ...items.filter(filesOf)]) {
    if (filesOf(item)) {
      const refused = await navigator.locks.request(filesLock(item.id), { signal: AbortSignal.timeout(FILES_MS) }, () => brought(item, at, told));
      if (refused) await over(item, refused);
      if (refused) continue;
    }
    const outcome = await deliver(item, () => send(item.path, item.fields).catch(unlessOut));
    if (!outcome) throw new Unanswered(item.id);
    await over(item, outcome);
  }
}

async function brought(item: Item, at: string, told: Told): Promise<Outcome | undefined> {
  const files = arrivals({
    address: `${at}media/`,
    chunk: told.piece,
    place: item.place,
    token: tokenNow,
    look,
    signedIn: () => new Promise(() => undefined),
    say: (name) => told.words[name] ?? name,
    stack: new FetchStack(),
  });
  try {
    await bringIn(item, files, AbortSignal.timeout(FILES_MS), () => undefined);
  } catch (error) {
    if (error instanceof Refused) return giveBack(item, error);
    throw error;
  }
  await putItem(item);
  return undefined;
}

function unlessOut(error: unknown): never {
  throw error instanceof Refused && OUT.some((code) => error.has(code)) ? new Unanswered(error.message) : error;
}
