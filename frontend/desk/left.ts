// What was left behind when a window was closed or killed, here or elsewhere. Owns which of two copies is the later one:
// one that goes on from the other. Where both were changed both stay.

import { send } from "./ask";
import { heard, tell } from "./bus";
import { type Copy, Draft, held, isOpen, type Opened } from "./kept";
import { dropRow, items, rows, type Row } from "./device";
import { freshKey, place } from "./place";
import { asked } from "./session";

const DEADLINE_MS = 3_000; // whoever opens the desk on a bad line has what is here
const BRING_MS = 4_000;

/**
 * Returns what was left of a post (of a new one: "") and no window has open, the newest first. Of an edit also what only
 * the server has; drafts of new posts stand in their tab.
 */
export async function left(post = ""): Promise<Partial<Row>[]> {
  const { here, there } = await settle();
  const found: Partial<Row>[] = here.filter((row) => row.of === post);
  for (const copy of post ? there : []) if (copy.of === post) found.push(await opened(copy));
  return found.filter((row) => row.words).sort((one, other) => (other.changedAt ?? 0) - (one.changedAt ?? 0));
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
  return new Draft(row);
}

/** Brings to the server what it lacks and no window has open, so that it stands among the drafts, on every machine. */
async function bring(): Promise<void> {
  for (const row of (await settle()).here) if (row.dirty && !isOpen(row.id)) await keep(row);
}

/** Keeps words as a draft that no composer has open. Says whether the server has it; otherwise this device does. */
export async function keep(row: Partial<Row>): Promise<boolean> {
  const { words, more = {}, basedOn = null } = row;
  if (!words) return false;
  const draft = new Draft(row);
  draft.changed(() => ({ words, more, basedOn, empty: false }));
  await draft.keepHere();
  await draft.keepThere();
  const kept = draft.isThere();
  draft.close(true);
  return kept;
}

document.addEventListener("click", (event) => {
  const draft = (event.target as Element).closest<HTMLElement>("[data-panel] a[data-draft]")?.dataset.draft;
  if (!draft || event.ctrlKey || event.metaKey || event.shiftKey || !heard("open")) return;
  event.preventDefault();
  tell("open", { draft });
});

if (place.drafts) {
  const one = (): unknown => navigator.locks?.request(`bring ${place.name}`, { ifAvailable: true }, (lock) => lock && bring());
  setTimeout(one, BRING_MS); // after the composer took up what it goes on with
  addEventListener("online", () => setTimeout(one, BRING_MS * Math.random()));
}

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

/** `here`: this device's copies that no window has open, each made the later one of it and the server's; `there`: the rest. */
async function settle(): Promise<{ here: Row[]; there: Copy[] }> {
  const [local, waiting, locks, answer] = await Promise.all([
    rows(place.name).catch(() => []),
    items(place.name).catch(() => []),
    navigator.locks?.query().catch(() => undefined),
    send<{ drafts: Copy[] }>(place.drafts, { do: "mine" }, DEADLINE_MS).catch(() => undefined),
  ]);
  const elsewhere = new Set(locks?.held?.map((lock) => lock.name));
  const sending = new Set(waiting.map((item) => item.key));
  const busy = (key: string): boolean => {
    const id = `${place.name}/${key}`;
    return elsewhere.has(held(id)) || isOpen(id) || sending.has(key);
  };
  const here: Row[] = [];
  for (const row of local) {
    if (busy(row.key)) continue;
    const copy = answer?.drafts.find((one) => one.once === row.key);
    if (answer && !copy && !row.dirty) {
      await dropRow(row.id).catch(() => undefined); // published or thrown away elsewhere: the server had all of it
      continue;
    }
    if (copy && copy.version > row.seen && copy.writer === row.writer) row.seen = copy.version; // its answer was lost
    if (copy && copy.version > row.seen && !row.dirty) Object.assign(row, await opened(copy));
    here.push(row);
  }
  const known = new Set(here.map((row) => row.key));
  return { here, there: answer?.drafts.filter(({ once = "" }) => !known.has(once) && !busy(once)) ?? [] };
}

async function opened(copy: Copy): Promise<Partial<Row>> {
  const answer = await send<{ draft: Opened }>(place.drafts, { do: "open", draft: copy.number }).catch(() => undefined);
  return answer ? of(answer.draft) : {};
}
