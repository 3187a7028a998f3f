// What of a service worker's global scope is used here. TypeScript's own library for it cannot stand beside that for pages.

interface AlertExtendable extends Event {
  waitUntil(until: Promise<unknown>): void;
}
interface AlertPush extends AlertExtendable {
  readonly data: { json(): unknown } | null;
}
interface AlertClick extends AlertExtendable {
  readonly action: string;
  readonly notification: Notification;
}
interface AlertMoved extends AlertExtendable {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}
interface AlertScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(address: string): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", hear: (event: AlertExtendable) => void): void;
  addEventListener(type: "push", hear: (event: AlertPush) => void): void;
  addEventListener(type: "notificationclick", hear: (event: AlertClick) => void): void;
  addEventListener(type: "pushsubscriptionchange", hear: (event: AlertMoved) => void): void;
}
