// The desk listens to the readers' stream by the readers' own code, so the timeline shows what reaches readers. Owns the
// connection and its status; the changed rows are requested from the desk, because they contain more than a frame.

import type { Cursor } from "../reader/cursor";
import type { View } from "../reader/log";
import { type Connection, Supervisor } from "../reader/supervisor";
import { on, tell } from "./bus";
import { t } from "./words";

const TICKET_MS = 60_000; // at most one new ticket a minute to a live blog for members
const STREAM = "stream?desk"; // the same stream, for desks, which are not counted as readers

/**
 * Calls `changed` whenever readers are told something. A live blog that nobody may read has no stream, only the beat.
 * `cursor`: of the rows when a connection begins; it begins anew after a change of audience or address.
 */
export function listen(screen: HTMLElement, cursor: () => Cursor, changed: () => void): void {
  let line: { at: string; end(): void } | undefined;
  const begin = (): void => {
    const { base = "", audience } = screen.dataset;
    const at = audience === "nobody" ? "" : `${audience} ${base}`;
    if (line?.at === at) return;
    line?.end();
    line = { at, end: at ? heard(screen, cursor(), changed) : () => undefined };
  };
  begin();
  on("standing", begin);
}

/** Opens one connection, until the returned function is called. */
function heard(screen: HTMLElement, cursor: Cursor, changed: () => void): () => void {
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
    if (!ended && cursor.epoch) supervisor = new Supervisor(base, cursor, view, connected, STREAM);
  });
  return () => {
    ended = true;
    supervisor?.stop();
    if (said) said.textContent = "";
  };
}
