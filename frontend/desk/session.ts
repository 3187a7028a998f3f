// Whether the person whose page this is is still signed in. Owns the token after a new sign-in, the bar that says how to
// come back, and that nothing is sent in the name of whoever else signed in meanwhile.

import { look, Refused, useToken } from "./ask";
import { tell } from "./bus";
import { place } from "./place";

const EVERY_MS = 3_000;
const AGAIN_MS = 1_000;
const bar = document.querySelector<HTMLElement>("[data-signed-out]");
let returning: Promise<void> | undefined;
let cameBack = 0;

interface Form {
  csrf: string;
  forms: { draft: { author: number } };
}

/** Asks, and where the page's session is over waits until the same person is signed in again, and asks again. */
export async function asked<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Refused) || !["stale", "signed_out", "another"].some((code) => error.has(code))) throw error;
      await (returning ??= back().finally(() => (returning = undefined)));
    }
  }
}

/** Whether somebody has to sign in before anything is sent. */
export function isOut(): boolean {
  return returning !== undefined;
}

async function back(): Promise<void> {
  if (Date.now() - cameBack < AGAIN_MS) await pause(AGAIN_MS); // a fresh token that is refused is not asked for in a loop
  for (;;) {
    const found = await who();
    if (found?.forms.draft.author === place.user) {
      useToken(found.csrf);
      show("in");
      cameBack = Date.now();
      return;
    }
    show(found === null ? "unknown" : found ? "another" : "out");
    await pause(EVERY_MS);
  }
}

/** Returns what the server tells whoever is signed in; undefined if nobody is, null if it cannot be known now. */
async function who(): Promise<Form | undefined | null> {
  try {
    return await look<Form>(place.drafts);
  } catch (error) {
    if (!(error instanceof Refused)) return null;
    if (error.has("signed_out")) return undefined;
    return { csrf: "", forms: { draft: { author: 0 } } }; // somebody who may not come here: not who wrote this
  }
}

let shown = "in";
function show(is: "in" | "out" | "another" | "unknown"): void {
  if (is === shown || is === "unknown") return;
  shown = is;
  if (bar) {
    bar.hidden = is === "in";
    for (const part of bar.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== is;
  }
  tell("signed", { is });
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
