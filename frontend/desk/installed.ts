// The desk as an app on this device. Owns registering the service worker where there is a touch screen or an installed app, and
// taking it away where the server has none; and that the device knows who works here, for when it cannot ask.

import { look } from "./ask";
import { getKnown, type Known, putKnown } from "./device";
import { place } from "./place";

const OUTBOX = "outbox"; // the name under which the worker is woken when the network is back
const LEARN_MS = 500; // after what the screen itself asks for

const { content: worker = "" } = document.querySelector<HTMLMetaElement>("meta[name=desk-worker]") ?? {};
const standalone = matchMedia("(display-mode: standalone)").matches;
const wanted = standalone || matchMedia("(any-pointer: coarse)").matches;

interface Syncing extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

/** Has what waits sent by the worker, if the network comes back when no window is open. */
export function sendLater(): void {
  if (!wanted || !worker) return;
  const asked = async (): Promise<void> => (await navigator.serviceWorker?.getRegistration() as Syncing | undefined)?.sync?.register(OUTBOX);
  asked().catch(() => undefined); // there is no such thing here, or it may not: it is sent when the app is opened
}

/** Asks who works here and on what, and keeps that. Throws as `look` does. */
export async function learn(address: string): Promise<Known> {
  const told = await look<{ known: Omit<Known, "id" | "place" | "last"> }>(address);
  const { user } = told.known;
  const before = await getKnown().catch(() => undefined);
  const last = place.blog || (before?.user === user ? before.last : 0);
  const known: Known = { ...told.known, id: "known", place: `${user}/known`, last };
  await putKnown(known).catch(() => undefined);
  return known;
}

/** Registers the worker; where the server has none any more, whatever is registered goes. */
export function install(): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined; // none without TLS
  if (!worker) void workers?.getRegistrations().then((all) => all.forEach((one) => void one.unregister()));
  else if (wanted) workers?.register(worker, { updateViaCache: "none" }).catch(() => undefined);
  if (wanted && standalone) void navigator.storage?.persist?.().catch(() => false);
}

if (document.querySelector("[data-screen]")) {
  install();
  const { known = "" } = document.body.dataset;
  if (wanted && known) setTimeout(() => void learn(known).catch(() => undefined), LEARN_MS);
}
