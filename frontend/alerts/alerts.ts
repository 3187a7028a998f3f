// Turns alerts of one live blog on and off for this device. Fetched when the button is first pressed. Owns the request for
// permission, the subscription, and its end. Stores nothing on the device beside the browser's own subscription; the server
// knows whether the device gets the alerts.

const SCOPE = "/alerts/";
const WORKER = SCOPE + "worker.js";

/** The server's answer: whether the device gets the alerts, and the server's public key. */
interface Answer {
  on: boolean;
  key: string;
}

/** Handles a press of the button: turns the alerts on or off, and shows the result. */
export async function press(box: HTMLElement): Promise<void> {
  const button = box.querySelector("button");
  if (!button || button.disabled) return;
  button.disabled = true;
  try {
    show(box, await (box.dataset.is === "on" ? stop(box) : start(box)));
  } catch {
    show(box, "failed");
  }
  button.disabled = false;
}

function show(box: HTMLElement, state: string): void {
  box.dataset.is = state;
  for (const text of box.querySelectorAll<HTMLElement>("[data-when]")) text.hidden = text.dataset.when !== state;
  const button = box.querySelector("button");
  if (button) button.textContent = (state === "on" ? button.dataset.stop : button.dataset.start) ?? "";
}

async function start(box: HTMLElement): Promise<string> {
  // First of all, because a browser allows the question only directly after a press.
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
  let subscription = await registration.pushManager.getSubscription();
  const { on, key } = await send(box, "look", subscription);
  if (on) return "on";
  if (subscription && !sameKey(subscription, key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  await active(registration);
  subscription ??= await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(key),
  });
  return (await send(box, "start", subscription)).on ? "on" : "failed";
}

async function stop(box: HTMLElement): Promise<string> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await send(box, "stop", subscription);
  return "off";
}

async function send(box: HTMLElement, what: string, subscription: PushSubscription | null): Promise<Answer> {
  const { endpoint = "", keys = {} } = subscription?.toJSON() ?? {};
  const response = await fetch(box.dataset.alerts ?? "", {
    method: "POST",
    credentials: "omit",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ do: what, endpoint, ...(what === "start" ? { p256dh: keys.p256dh, auth: keys.auth } : {}) }),
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return (await response.json()) as Answer;
}

/** Waits until the worker is active, as a subscription requires. `navigator.serviceWorker.ready` never resolves here,
    because no page is in the worker's scope. */
function active(registration: ServiceWorkerRegistration): Promise<void> {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return Promise.resolve();
  return new Promise((done) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && done());
  });
}

function sameKey(subscription: PushSubscription, key: string): boolean {
  const own = subscription.options.applicationServerKey;
  return !own || String(new Uint8Array(own)) === String(bytes(key));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
}
