// The parts of a service worker's global scope that are used here. TypeScript's library for it conflicts with that for pages.

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
interface AlertSubscriptionChange extends AlertExtendable {
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
}
interface AlertScope {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(address: string): Promise<unknown> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install", listener: (event: AlertExtendable) => void): void;
  addEventListener(type: "push", listener: (event: AlertPush) => void): void;
  addEventListener(type: "notificationclick", listener: (event: AlertClick) => void): void;
  addEventListener(type: "pushsubscriptionchange", listener: (event: AlertSubscriptionChange) => void): void;
}
