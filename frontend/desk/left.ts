// What was left behind when a window was closed or killed, here or elsewhere. Owns which of two copies is the later one:
// one that goes on from the other. Where both were changed both stay.

import { send } from "./ask";
import type { Copy, Opened } from "./kept";
import { Draft, held } from "./kept";
import { dropRow, items, rows, type Row } from "./device";
import { freshKey, place } from "./place";
import { asked } from "./session";

/** Returns what this device has of a post (of a new one: ""), not open in another window, the newest first. */
export async function left(of = ""): Promise<Row[]> {
  return (await settled).filter((row) => row.of === of && !taken.has(row.id));
}

/** Returns a draft of the server's by its number: one's own to go on with, anybody else's as a copy. */
export async function take(number: number): Promise<Partial<Row>> {
  const { draft } = await asked(() => send<{ draft: Opened }>(place.drafts, { do: "open", draft: number }));
  const mine = draft.once ? (await left(draft.of)).find((row) => row.key === draft.once && row.dirty) : undefined;
  if (mine) return mine;
  const found = of(draft);
  return draft.once ? found : { ...found, key: freshKey(), seen: 0, writer: "", dirty: true };
}

/** Says that a composer goes on with what was left. */
export function goOn(row: Partial<Row>): Draft {
  if (row.id) taken.add(row.id);
  return new Draft(row);
}

const taken = new Set<string>();
const settled = place.drafts ? settle() : Promise.resolve([]);

function of(draft: Opened): Partial<Row> {
  const { more, ...words } = draft.form;
  return {
    key: draft.once ?? "",
    of: draft.of,
    basedOn: draft.based_on,
    words,
    more,
    seen: draft.version,
    writer: draft.writer,
    changedAt: Date.parse(draft.saved_at),
  };
}

async function settle(): Promise<Row[]> {
  const [local, waiting, locks, answer] = await Promise.all([
    rows(place.name).catch(() => []),
    items(place.name).catch(() => []),
    navigator.locks?.query().catch(() => undefined),
    send<{ drafts: Copy[] }>(place.drafts, { do: "mine" }).catch(() => undefined),
  ]);
  const elsewhere = new Set(locks?.held?.map((lock) => lock.name));
  const sending = new Set(waiting.map((item) => item.key));
  const found: Row[] = [];
  for (const row of local) {
    if (elsewhere.has(held(row.id)) || sending.has(row.key)) continue;
    const copy = answer?.drafts.find((one) => one.once === row.key);
    if (answer && !copy && !row.dirty) {
      await dropRow(row.id).catch(() => undefined); // published or thrown away elsewhere: the server had all of it
      continue;
    }
    if (copy && copy.version > row.seen && copy.writer === row.writer) row.seen = copy.version; // its answer was lost
    if (copy && copy.version > row.seen && !row.dirty) Object.assign(row, await later(copy));
    found.push(row);
  }
  return found.sort((one, other) => other.changedAt - one.changedAt);
}

async function later(copy: Copy): Promise<Partial<Row>> {
  const answer = await send<{ draft: Opened }>(place.drafts, { do: "open", draft: copy.number }).catch(() => undefined);
  return answer ? of(answer.draft) : {};
}
