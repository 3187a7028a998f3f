// The desk listens to readers' own stream, by the reader's own code: what reaches them is what the timeline shows.
// Owns the line to it and what is said of that line; what changed is asked of the desk, whose rows hold more than a frame.

import type { View } from "../reader/log";
import { type Connection, Supervisor } from "../reader/supervisor";
import type { Place } from "../reader/place";
import { on, tell } from "./bus";
import { t } from "./words";

const TICKET_MS = 60_000; // a new ticket to a blog of its members alone at most once a minute
const STREAM = "stream?desk"; // the same for whoever is no reader, and is not counted as one

/**
 * Calls `changed` whenever readers are told something. For a blog that nobody may read there is no stream: `beat`.
 * `place`: where the rows stand when a line begins, which it does anew for other readers and at another address.
 */
export function listen(screen: HTMLElement, place: () => Place, changed: () => void): void {
  let line: { at: string; end(): void } | undefined;
  const begin = (): void => {
    const { base = "", audience } = screen.dataset;
    const at = audience === "nobody" ? "" : `${audience} ${base}`;
    if (line?.at === at) return;
    line?.end();
    line = { at, end: at ? heard(screen, place(), changed) : () => undefined };
  };
  begin();
  on("standing", begin);
}

/** Hears one line, until the function that is returned is called. */
function heard(screen: HTMLElement, place: Place, changed: () => void): () => void {
  const { base = "" } = screen.dataset;
  let asked = 0;
  let ended = false;
  let supervisor: Supervisor | undefined;
  const ticket = async (): Promise<void> => {
    const { enter } = screen.dataset;
    if (!enter || Date.now() - asked < TICKET_MS) return;
    asked = Date.now();
    await fetch(enter, { cache: "no-store" }).catch(() => {});
  };
  const view: View = {
    path: base,
    isMain: () => true,
    state: () => screen.dataset.status || "live",
    apply: changed,
    part({ n, h }) {
      const status = n === "status" && /data-status="(\w+)"/.exec(h)?.[1];
      if (status && status !== screen.dataset.status) tell("outdated", {});
    },
    async reconcile() {
      changed();
    },
    gone: () => tell("outdated", {}),
  };
  const said = screen.ownerDocument.querySelector<HTMLElement>("[data-line]");
  const connected = (now: Connection): void => {
    if (ended) return;
    screen.dataset.connection = now;
    if (now === "reconnecting") void ticket();
    if (said) said.textContent = now === "reconnecting" ? t("line.reconnecting") : "";
  };
  void ticket().then(() => {
    if (!ended && place.epoch) supervisor = new Supervisor(base, place, view, connected, STREAM);
  });
  return () => {
    ended = true;
    supervisor?.stop();
    if (said) said.textContent = "";
  };
}
