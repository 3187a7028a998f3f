// The part of a service worker's global scope that is used here. TypeScript's library for it conflicts with that for pages.

interface ExtendableEvent extends Event {
  waitUntil(until: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}
interface WorkerScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(which: { type: "window" }): Promise<{ visibilityState: string }[]> };
  addEventListener(type: "install" | "activate", hear: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", hear: (event: FetchEvent) => void): void;
  addEventListener(type: "sync", hear: (event: SyncEvent) => void): void;
}
