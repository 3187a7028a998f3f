// The service worker of readers' alerts: shows what arrives, leads to its post, and stops the alerts where they are shown.
// Its scope is an address where no page is, so that it stands between no page and the network, and it keeps nothing.

/// <reference path="./scope.d.ts" />

export interface Shown {
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
  const { notification: said } = event.data?.json() as { notification: Shown };
  const { title, navigate, data, ...shown } = said;
  const options = {
    ...shown,
    renotify: data.again, // a correction takes the wrong alert's place, and is heard
    data: { navigate, blog: data.blog },
    actions: [{ action: STOP, title: data.stop }],
  };
  event.waitUntil(worker.registration.showNotification(title, options));
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
  event.waitUntil(tell("/alerts/moved/", { was: was.endpoint, endpoint, p256dh: keys.p256dh, auth: keys.auth }));
});

async function stop(blog: string): Promise<void> {
  const subscription = await worker.registration.pushManager.getSubscription();
  if (subscription) await tell(`/alerts/live/${blog}/`, { do: "stop", endpoint: subscription.endpoint });
}

function tell(address: string, said: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(address, { method: "POST", credentials: "omit", headers, body: JSON.stringify(said) });
}
