// The desk as an app on this device. Owns registering the service worker if there is a touch screen or an installed app,
// and unregistering it if the server has none; and storing who works here, for when the server cannot be asked.

import { look } from "./ask";
import { getKnown, type Known, putKnown } from "./device";
import { place } from "./place";

const OUTBOX = "outbox"; // the tag with which the browser wakes the worker when the network is back
const LEARN_MS = 500; // after the screen's own requests

const { content: worker = "" } = document.querySelector<HTMLMetaElement>("meta[name=desk-worker]") ?? {};
const standalone = matchMedia("(display-mode: standalone)").matches;
const wanted = standalone || matchMedia("(any-pointer: coarse)").matches;

interface Syncing extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Lets the worker send the queue, if the network comes back when no window is open. */
export function sendLater(): void {
  if (!wanted || !worker) return;
  const asked = async (): Promise<void> => (await navigator.serviceWorker?.getRegistration() as Syncing | undefined)?.sync?.register(OUTBOX);
  asked().catch(() => undefined); // not supported or not allowed here: the queue is sent when the app is opened
}

/** Asks who works here and on which live blogs, and stores that. Throws as `look` does. */
export async function learn(address: string): Promise<Known> {
  const told = await look<{ known: Omit<Known, "id" | "place" | "last"> }>(address);
  const { user } = told.known;
  const before = await getKnown().catch(() => undefined);
  const last = place.blog || (before?.user === user ? before.last : 0);
  const known: Known = { ...told.known, id: "known", place: `${user}/known`, last };
  await putKnown(known).catch(() => undefined);
  return known;
}

/** Registers the worker; if the server has none any more, unregisters it. */
export function install(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined; // undefined without TLS
  if (!worker) void workers?.getRegistrations().then((all) => all.forEach((one) => void one.unregister()));
  else if (wanted) workers?.register(worker, { updateViaCache: "none" }).catch(() => undefined);
  if (wanted && standalone) void navigator.storage?.persist?.().catch(() => false);
}

if (document.querySelector("[data-screen]")) {
  install();
  const { known = "" } = document.body.dataset;
  if (wanted && known) setTimeout(() => void learn(known).catch(() => undefined), LEARN_MS);
}
