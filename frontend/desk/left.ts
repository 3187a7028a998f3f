// Drafts that were left behind when a window was closed or killed, here or elsewhere. Owns which of two copies is the later
// one: the copy that was written on top of the other. If both were changed, both stay.

import { send } from "./ask";
import { heard, on, tell } from "./bus";
import { type Copy, Draft, held, isOpen, type Opened } from "./kept";
import { dropRow, items, rows, type Row } from "./device";
import { freshKey, place } from "./place";
import { asked } from "./session";
import { t } from "./words";

const DEADLINE_MS = 3_000; // on a bad network the desk opens with this device's copy
const BRING_MS = 4_000;
const AGAIN_MS = 5_000;
const SLOW_MS = 2_000; // nothing is said about a shorter wait
let looked = false; // whether a composer was already offered the drafts that were left

/**
 * Returns the drafts of a post ("" for new ones) that no window has open, the newest first. For an edit also those that
 * only the server has; drafts of new posts are listed in their tab.
 */
export async function left(post = ""): Promise<Partial<Row>[]> {
  const { here, there } = await settle();
  looked = true;
  const found: Partial<Row>[] = here.filter((row) => row.of === post);
  for (const copy of post ? there : []) if (copy.of === post) found.push(await opened(copy));
  return found.filter((row) => row.words).sort((one, other) => (other.changedAt ?? 0) - (one.changedAt ?? 0));
}

/**
 * Returns a draft of the server by its number: one's own to continue, another person's as a copy. A draft that another
 * window of this browser has open is returned as a copy too: both windows would overwrite this device's one row for it.
 */
export async function take(number: number): Promise<Partial<Row>> {
  const { draft } = await asked(() => send<{ draft: Opened }>(place.drafts, { do: "open", draft: number }));
  const mine = draft.once ? (await left(draft.of)).find((row) => row.key === draft.once && row.dirty) : undefined;
  if (mine) return mine;
  const found = of(draft);
  if (!draft.once) return { ...found, key: freshKey(), seen: 0, dirty: true };
  const id = `${place.name}/${draft.once}`;
  if (isOpen(id) || !(await openElsewhere()).has(held(id))) return found;
  tell("say", { text: t("kept.copy") });
  return { ...found, key: freshKey(), seen: 0 };
}

/** Returns the present state of refused words: meanwhile they may be among the drafts, in another version. */
export async function asOfNow(row: Row): Promise<Partial<Row>> {
  const { here, there } = await settle();
  const mine = here.find(({ key }) => key === row.key);
  const copy = mine ? undefined : there.find(({ once }) => once === row.key);
  return { ...row, ...(mine ?? (copy && (await opened(copy)))), why: row.why };
}

/** Tells that a composer continues a draft. */
export function goOn(row: Partial<Row>): Draft {
  return new Draft(row);
}

/** Sends drafts without an open window to the server if it lacks them, so that they are listed on every machine. */
async function bring(): Promise<void> {
  if (heard("open") && !looked) return;
  const [local, elsewhere] = await Promise.all([rows(place.name).catch(() => []), openElsewhere()]);
  if (!local.some((row) => row.dirty && !isOpen(row.id) && !elsewhere.has(held(row.id)))) return;
  for (const row of (await settle()).here) if (row.dirty && !isOpen(row.id)) await keep(row);
}

/** Stores words as a draft without a composer. Returns whether the server has it; otherwise this device does. */
export async function keep(row: Partial<Row>): Promise<boolean> {
  const { words, more = {}, basedOn = null } = row;
  if (!words) return false;
  const draft = new Draft(row);
  draft.changed(() => ({ words, more, basedOn, empty: false }));
  await draft.finish();
  return draft.isThere();
}

document.addEventListener("click", (event) => {
  const draft = (event.target as Element).closest<HTMLElement>("[data-panel] a[data-draft]")?.dataset.draft;
  if (!draft || event.ctrlKey || event.metaKey || event.shiftKey || !heard("open")) return;
  event.preventDefault();
  tell("open", { draft });
});

if (place.drafts) {
  const one = (): unknown => navigator.locks?.request(`bring ${place.name}`, { ifAvailable: true }, (lock) => lock && bring());
  setTimeout(one, BRING_MS); // after the composer has continued its draft
  setInterval(one, AGAIN_MS); // drafts of a window that was killed meanwhile, or refused ones that nobody continued
  addEventListener("online", () => setTimeout(one, BRING_MS * Math.random()));
}

const notice = document.querySelector<HTMLElement>("[data-lacking]");
if (notice) {
  let timer = 0;
  on("lacking", ({ count }) => {
    clearTimeout(timer);
    const show = (): void => {
      notice.hidden = !count;
      notice.textContent = count ? t("kept.lacking", { n: count }) : "";
    };
    if (count && notice.hidden) timer = window.setTimeout(show, SLOW_MS);
    else show();
  });
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
    writer: "", // its last writer may still have it open, here or elsewhere, and must not be overwritten
    changedAt: Date.parse(draft.saved_at),
  };
}

/** The locks of this browser's windows, which include those of open drafts. */
async function openElsewhere(): Promise<Set<string | undefined>> {
  const locks = await navigator.locks?.query().catch(() => undefined);
  return new Set(locks?.held?.map((lock) => lock.name));
}

/** `here`: this device's drafts without an open window, each the later one of two copies; `there`: the server's others. */
async function settle(): Promise<{ here: Row[]; there: Copy[] }> {
  const [local, waiting, elsewhere, answer] = await Promise.all([
    rows(place.name).catch(() => []),
    items(place.name).catch(() => []),
    openElsewhere(),
    send<{ drafts: Copy[] }>(place.drafts, { do: "mine" }, DEADLINE_MS).catch(() => undefined),
  ]);
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
      await dropRow(row.id).catch(() => undefined); // published or deleted elsewhere: the server had all of it
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
