// The desk listens to readers' own stream, by the reader's own code: what reaches them is what the timeline shows.
// Owns the line to it and what is said of that line; what changed is asked of the desk, whose rows hold more than a frame.

import type { View } from "../reader/log";
import { type Connection, Supervisor } from "../reader/supervisor";
import type { Place } from "../reader/wire";
import { tell } from "./bus";
import { t } from "./words";

const TICKET_MS = 60_000; // a new ticket to a blog of its members alone at most once a minute

/** Calls `changed` whenever readers are told something. For a blog that nobody may read there is no stream: `beat`. */
export function listen(screen: HTMLElement, place: Place, changed: () => void): void {
  const { base = "", enter, audience } = screen.dataset;
  if (audience === "nobody" || !place.epoch) return;
  let asked = 0;
  const ticket = async (): Promise<void> => {
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
      if (!status || status === screen.dataset.status) return;
      screen.dataset.status = status;
      tell("say", { text: t(`line.${status}`) });
    },
    async reconcile() {
      changed();
    },
    gone: () => tell("say", { text: t("line.gone"), bad: true }),
  };
  const said = screen.ownerDocument.querySelector<HTMLElement>("[data-line]");
  const connected = (now: Connection): void => {
    screen.dataset.connection = now;
    if (now === "reconnecting") void ticket();
    if (said) said.textContent = now === "reconnecting" ? t("line.reconnecting") : "";
  };
  void ticket().then(() => new Supervisor(base, place, view, connected));
}
