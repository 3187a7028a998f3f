// The beat of an open desk: every two seconds this tab says where it is and is told what changed (docs/desk.md, "The
// beat"). Owns when it is sent, and the requests about leases, one after the other; the bus tells it as `beat`.

import { Refused, send, sendBehind, sendLeaving } from "./ask";
import { tell } from "./bus";
import type { Beat } from "./contracts";
import { editedHere } from "./editing";
import { freshKey } from "./place";
import { asked } from "./session";

const IN_VIEW_MS = 2_000;
const OUT_OF_VIEW_MS = 5_000;
const REFUSED_MS = 30_000;
const DEADLINE_MS = 10_000;
const IDLE_MS = 180_000; // without a key or a pointer; then the person is away although the page is in view

export type LeaseVerb = "take" | "take_over" | "ask" | "release";

const tab = freshKey();
const todo: { lease: LeaseVerb; post: string }[] = [];
let heard = 0;
let touched = Date.now();
let beating = false;
let unanswered = false;
let timer = 0;

/** Takes, asks for or releases the lease of a post with the next beat, which is sent at once. */
export function lease(verb: LeaseVerb, post: string): void {
  if (!todo.some((one) => one.lease === verb && one.post === post)) todo.push({ lease: verb, post });
  void beat();
}

/** Since when all readers have a fact; "" if they do not yet. */
export function liveSince({ readers }: Beat, seq: number): string {
  if (readers.head < seq) return "";
  return readers.written.find((one) => one.head >= seq)?.since ?? readers.since;
}

async function beat(): Promise<void> {
  if (beating) return;
  beating = true;
  clearTimeout(timer);
  let pause = document.hidden ? OUT_OF_VIEW_MS : IN_VIEW_MS;
  const doing = todo.shift();
  const said = { tab, at: editedHere().at, active: !document.hidden && Date.now() - touched < IDLE_MS, heard, ...doing };
  let told: Beat | undefined;
  let lost = false;
  try {
    told = await asked(() => (doing ? send<Beat>("beat/", said) : sendBehind<Beat>("beat/", said, DEADLINE_MS)));
  } catch (error) {
    // Repeated with the next beat, unless it was refused: then the lease cannot be had, and the next beat shows why.
    if (!(error instanceof Refused)) {
      lost = true;
      todo.unshift(...(doing ? [doing] : []));
    } else if (!doing) {
      pause = REFUSED_MS;
      if (error.has("not_found")) tell("noMember", {});
    }
  }
  beating = false;
  if (unanswered && !lost) tell("answering", {});
  unanswered = lost;
  if (told) {
    heard = Math.max(heard, ...told.told.map(({ id }) => id));
    tell("beat", told);
  }
  clearTimeout(timer);
  timer = window.setTimeout(() => void beat(), told && todo.length ? 0 : pause);
}

if (document.querySelector("[data-screen]")) {
  for (const name of ["keydown", "pointerdown"]) addEventListener(name, () => (touched = Date.now()), { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => {
    touched = Date.now();
    clearTimeout(timer);
    // A page that is being closed goes out of view first; a beat then would show the person as here again.
    if (document.hidden) timer = window.setTimeout(() => void beat(), IN_VIEW_MS);
    else void beat();
  });
  addEventListener("online", () => void beat());
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    sendLeaving("beat/", { tab, bye: true });
  });
  addEventListener("pageshow", (event) => event.persisted && void beat());
  void beat();
}
