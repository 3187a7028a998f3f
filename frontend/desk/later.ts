// Times of scheduled posts, shown in the editor's own zone beside the live blog's if the two differ; and the line that
// asks, after three quiet hours, whether the coverage is over.

import { on } from "./bus";
import { t } from "./words";
import { zoneNow } from "./zone";

const QUIET_MS = 3 * 3_600_000;
const MINUTE_MS = 60_000;
const language = document.documentElement.lang || "en";
const own = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The local time of a zone at an instant, as if it were UTC. */
function shownIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  }).formatToParts(at);
  const of = (name: string): number => Number(parts.find((part) => part.type === name)?.value);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
}

/** The instant of a typed time; undefined if it is none, or may be two: the server asks about that. */
function instant(typed: string, zone: string): number | undefined {
  const found = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2})[:.](\d{2})\s*$/.exec(typed);
  if (!found) return undefined;
  const [year, month, day, hour, minute] = found.slice(1).map(Number) as [number, number, number, number, number];
  const local = Date.UTC(year, month - 1, day, hour, minute);
  const hours = [-1, 0, 1].map((by) => local + by * 24 * 3_600_000);
  const meant = new Set(hours.map((at) => at - shownIn(zone, at) + local).filter((at) => shownIn(zone, at) === local));
  return meant.size === 1 ? [...meant][0] : undefined;
}

function here(at: number, zone: string): string {
  const same = shownIn(zone, at) === shownIn(Intl.DateTimeFormat().resolvedOptions().timeZone, at);
  return same ? "" : t("when.own", { time: own.format(at) });
}

function beside(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-own]")) {
    const said = here(Date.parse(time.dateTime), zoneNow() || "UTC");
    const next = time.nextElementSibling;
    const note = next?.matches(".own-time") ? next : document.createElement("span");
    note.className = "own-time meta";
    note.textContent = said && ` (${said})`;
    if (said && note !== next) time.after(note);
  }
}

document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  if (!field.matches("input[data-when]")) return;
  const at = instant(field.value, field.dataset.when!);
  const next = field.nextElementSibling;
  const note = next?.matches(".own-time") ? next : document.createElement("output");
  note.className = "own-time meta";
  note.textContent = at === undefined ? "" : here(at, field.dataset.when!);
  if (note !== next) field.after(note);
});

document.addEventListener("htmx:after:swap", beside);
beside();

function look(): void {
  const quiet = document.querySelector<HTMLElement>("[data-quiet]");
  if (!quiet) return;
  // A row's order begins with its post's time in microseconds.
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].map((row) => parseInt(row.dataset.o ?? "") / 1000);
  const since = Math.max(Date.parse(quiet.dataset.quiet ?? "") || 0, ...rows.filter((at) => at > 0));
  quiet.hidden = !since || Date.now() - since < QUIET_MS;
}

look();
setInterval(look, MINUTE_MS);
on("standing", look);
