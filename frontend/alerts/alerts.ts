// A reader's alerts of one live blog, on this device. Asked for when the button on the page is first pressed, and owns what
// that does: the browser's own question, the subscription, and stopping it. Nothing is kept on the device but what the
// browser keeps; whether it gets the alerts is the server's to say.

const SCOPE = "/alerts/";
const WORKER = SCOPE + "worker.js";

interface Told {
  on: boolean;
  key: string;
}

/** Shows how it stands; a first press where it is off asks the browser, and turns it on. */
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
  for (const said of box.querySelectorAll<HTMLElement>("[data-when]")) said.hidden = said.dataset.when !== state;
  const button = box.querySelector("button");
  if (button) button.textContent = (state === "on" ? button.dataset.stop : button.dataset.start) ?? "";
}

async function start(box: HTMLElement): Promise<string> {
  // First of all, while the browser still holds it for the reader's own wish.
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE, updateViaCache: "none" });
  let subscription = await registration.pushManager.getSubscription();
  const told = await ask(box, "look", subscription);
  if (told.on) return "on";
  if (subscription && !sameKey(subscription, told.key)) {
    await subscription.unsubscribe();
    subscription = null;
  }
  await active(registration);
  subscription ??= await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(told.key),
  });
  return (await ask(box, "start", subscription)).on ? "on" : "failed";
}

async function stop(box: HTMLElement): Promise<string> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await ask(box, "stop", subscription);
  return "off";
}

async function ask(box: HTMLElement, what: string, subscription: PushSubscription | null): Promise<Told> {
  const { endpoint = "", keys = {} } = subscription?.toJSON() ?? {};
  const answer = await fetch(box.dataset.alerts ?? "", {
    method: "POST",
    credentials: "omit",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ do: what, endpoint, ...(what === "start" ? { p256dh: keys.p256dh, auth: keys.auth } : {}) }),
  });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return (await answer.json()) as Told;
}

/** A subscription needs a worker that is at work; `ready` is of pages that one answers for, which ours answers for none. */
function active(registration: ServiceWorkerRegistration): Promise<void> {
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return Promise.resolve();
  return new Promise((done) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && done());
  });
}

function sameKey(subscription: PushSubscription, key: string): boolean {
  const given = subscription.options.applicationServerKey;
  return !given || String(new Uint8Array(given)) === String(bytes(key));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
}
