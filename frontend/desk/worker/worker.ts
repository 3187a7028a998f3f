// The desk's service worker. Owns what of the desk can be had without a network: the built files and one page that is
// nobody's (app/app.ts), of this version alone. It keeps no answer that was meant for a person, and answers for nothing but
// its own list, the screens that the network does not give, and what another app hands over.

/// <reference path="./scope.d.ts" />
import { sendAll } from "./sending";
import { keepShared } from "./sharing";

export interface Told {
  /** A digest of all that is kept. */
  version: string;
  shell: string;
  share: string;
  assets: string[];
  piece: number;
  words: Record<string, string>;
}

const told = (globalThis as unknown as { TOLD: Told }).TOLD; // before this script, by the server
const worker = globalThis as unknown as WorkerScope;
const PREFIX = "desk-";
const NAME = PREFIX + told.version;
const PATIENCE_MS = 10_000; // with a network that is there and brings nothing
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

/** Keeps what there is of this version; asked for without cookies, so that nothing in it can be anybody's. */
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

/** The network's answer, whatever it is; where there is none, the page that is nobody's. */
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

/** What another app hands over is kept on this device, and shown: what becomes of it a person says there. */
async function handedOver(request: Request): Promise<Response> {
  const kept = await keepShared(await request.formData()).then(
    () => "",
    () => "&unkept",
  );
  return Response.redirect(`${new URL(told.shell, location.origin).pathname}?do=share${kept}`, 303);
}
