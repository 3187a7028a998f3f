// Whether this page's person is still signed in. Owns the token after a new sign-in, the bar that offers to sign in, and
// that nothing is sent in the name of another person who has signed in meanwhile.

import { Refused, useToken } from "./ask";
import { tell } from "./bus";
import { type Found, who } from "./who";

const EVERY_MS = 3_000;
const AGAIN_MS = 1_000;
const bar = document.querySelector<HTMLElement>("[data-signed-out]");
let returning: Promise<void> | undefined;
let cameBack = 0;

/** Makes a request; if the session has ended, waits until the same person is signed in again, and repeats it. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || !["stale", "signed_out", "another"].some((code) => error.has(code))) throw error;
      await signedIn();
    }
  }
}

/** Returns once the page's person is signed in (again), with a valid token. */
export function signedIn(): Promise<void> {
  return (returning ??= back().finally(() => (returning = undefined)));
}

/** Whether somebody has to sign in before anything is sent. */
export function isOut(): boolean {
  return returning !== undefined;
}

async function back(): Promise<void> {
  if (Date.now() - cameBack < AGAIN_MS) await pause(AGAIN_MS); // if a fresh token is refused, the next one is not requested at once
  for (;;) {
    const found = await who();
    show(found);
    if (found.is === "in") {
      useToken(found.csrf);
      cameBack = Date.now();
      return;
    }
    await pause(EVERY_MS);
  }
}

let shown = "in";
function show(found: Found): void {
  const now = found.is === "another" ? `another ${found.who}` : found.is;
  if (now === shown || found.is === "unknown") return;
  shown = now;
  if (bar) {
    for (const part of bar.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== found.is;
    for (const name of bar.querySelectorAll("[data-who]")) name.textContent = found.is === "another" ? found.who : "";
    bar.hidden = found.is === "in";
  }
  tell("signed", { is: found.is });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      for (const name of ["focus", "online"]) removeEventListener(name, go);
      resolve();
    };
    const timer = setTimeout(go, ms);
    for (const name of ["focus", "online"]) addEventListener(name, go);
  });
}
