// The live blog's zone, in which the screen shows every time of day. Owns that it is up to date, because it may be changed
// while the screen is open.

import { language } from "./words";

const screen = document.querySelector<HTMLElement>("[data-screen]");
const made = new Map<string, Intl.DateTimeFormat>();

export const zoneNow = (): string => (screen ?? document.body).dataset.zone ?? "";

/** Formats times in the live blog's zone, or in the person's own if this browser does not know the zone. */
export function inZone(shown: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const zone = zoneNow();
  const key = `${zone} ${JSON.stringify(shown)}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = formatOf(shown, zone)));
  return format;
}

function formatOf(shown: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const all: Intl.DateTimeFormatOptions = { hourCycle: "h23", ...shown };
  try {
    return new Intl.DateTimeFormat(language, timeZone ? { ...all, timeZone } : all);
  } catch {
    return new Intl.DateTimeFormat(language, all);
  }
}
