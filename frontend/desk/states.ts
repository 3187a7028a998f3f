// The sentences for where words are (`State` in contracts.ts). Owns the sentences and the times of day in them, which are in
// the live blog's zone.

import type { State } from "./contracts";
import { t } from "./words";
import { inZone } from "./zone";

/** The time of day of an instant in ISO 8601: "14:41:02". */
export const timeOf = (at: string): string =>
  inZone({ hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(at));

/** The same with tenths: "14:41:08.4". */
const tenthsOf = (at: string): string => `${timeOf(at)}.${Math.floor(new Date(at).getUTCMilliseconds() / 100)}`;

export function sentence(state: State): string {
  switch (state.is) {
    case "empty":
      return "";
    case "saving":
      return t("state.saving");
    case "saved":
      return t("state.saved", { at: timeOf(state.at) });
    case "here":
      return t("state.here", { why: state.why });
    case "nowhere":
      return t("state.nowhere", { why: state.why });
    case "waiting":
      return t("state.waiting", { n: state.count });
    case "sending":
      return t("state.sending");
    case "files":
      return t("state.files", { n: state.count });
    case "live": {
      const values = { at: tenthsOf(state.at), n: state.reading };
      return state.atLeast ? t("state.live.least", values) : t("state.live", values);
    }
    case "held":
      return t("state.held", { until: timeOf(state.until) });
    case "refused":
      return t("state.refused", { why: state.why });
  }
}

/** Whether it is shown in red: only if readers see something wrong, or words could be lost. */
export const alarming = (state: State): boolean => state.is === "nowhere" || state.is === "refused";
