// The desk's service worker. Owns what works without a network: the built files of this version and one page that names
// nobody (app/app.ts). It stores no answer that was meant for a person. It answers only requests for its own list, for
// screens that the network cannot deliver, and what another app hands over.

/// <reference path="./scope.d.ts" />
import { sendAll } from "./sending";
import { keepShared } from "./sharing";

export interface Told {
  /** A digest of all stored files. */
  version: string;
  shell: string;
  share: string;
  assets: string[];
  piece: number;
  words: Record<string, string>;
}

const told = (globalThis as unknown as { TOLD: Told }).TOLD; // the server prepends it to this script
const worker = globalThis as unknown as WorkerScope;
const PREFIX = "desk-";
const NAME = PREFIX + told.version;
const PATIENCE_MS = 10_000; // for a network that is connected but delivers nothing
const SCREENS = /^\/desk\/(app\/|live\/[^/]+\/)?$/;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(clear()));
worker.addEventListener("sync", (event) => event.waitUntil(sendAll(told)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method === "POST" && pathname === told.share) event.respondWith(handedOver(request));
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate" && SCREENS.test(pathname)) event.respondWith(screen(request));
  else if (!search && told.assets.includes(pathname)) event.respondWith(asset(request));
});

/** Stores the files of this version. They are requested without cookies, so that nothing in them is personal. */
async function fill(): Promise<void> {
  const cache = await caches.open(NAME);
  const fetched = async (address: string): Promise<void> => {
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache", redirect: "error" });
    if (!answer.ok) throw new Error(`${answer.status} ${address}`);
    await cache.put(address, answer);
  };
  await Promise.all([told.shell, ...told.assets].map(fetched));
}

async function clear(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.map((name) => caches.delete(name)));
}

/** The network's answer, whatever it is; without one, the page that names nobody. */
async function screen(request: Request): Promise<Response> {
  const answer = fetch(request);
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
  try {
    return await Promise.race([answer, late]);
  } catch {
    return (await caches.match(told.shell, { cacheName: NAME })) ?? answer;
  }
}

async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: NAME })) ?? fetch(request);
}

/** Stores what another app hands over on this device, and shows it; a person decides about it there. */
async function handedOver(request: Request): Promise<Response> {
  const kept = await keepShared(await request.formData()).then(
    () => "",
    () => "&unkept",
  );
  return Response.redirect(`${new URL(told.shell, location.origin).pathname}?do=share${kept}`, 303);
}
