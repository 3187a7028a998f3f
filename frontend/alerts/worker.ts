// The service worker of readers' alerts: shows an alert that arrives, opens its post, and stops the alerts from the alert
// itself. No page is in its scope, so it intercepts no request of a page. It stores nothing.

/// <reference path="./scope.d.ts" />

/** The notification in a push message (alerts/messages.py). */
export interface Pushed {
  title: string;
  body: string;
  navigate: string;
  lang: string;
  dir: NotificationDirection;
  tag: string;
  icon: string;
  data: { stop: string; blog: string; again: boolean };
}

const worker = globalThis as unknown as AlertScope;
const STOP = "stop";

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener("push", (event) => {
  const { notification } = event.data?.json() as { notification: Pushed };
  const { title, navigate, data, ...options } = notification;
  const all = {
    ...options,
    renotify: data.again, // a correction replaces the wrong alert, and sounds again
    data: { navigate, blog: data.blog },
    actions: [{ action: STOP, title: data.stop }],
  };
  event.waitUntil(worker.registration.showNotification(title, all));
});

worker.addEventListener("notificationclick", (event) => {
  const { navigate, blog } = event.notification.data as { navigate: string; blog: string };
  event.notification.close();
  event.waitUntil(event.action === STOP ? stop(blog) : worker.clients.openWindow(navigate));
});

worker.addEventListener("pushsubscriptionchange", (event) => {
  const [was, now] = [event.oldSubscription, event.newSubscription];
  if (!was || !now) return;
  const { endpoint, keys = {} } = now.toJSON();
  event.waitUntil(post("/alerts/moved/", { was: was.endpoint, endpoint, p256dh: keys.p256dh, auth: keys.auth }));
});

async function stop(blog: string): Promise<void> {
  const subscription = await worker.registration.pushManager.getSubscription();
  if (subscription) await post(`/alerts/live/${blog}/`, { do: "stop", endpoint: subscription.endpoint });
}

function post(address: string, message: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(address, { method: "POST", credentials: "omit", headers, body: JSON.stringify(message) });
}
