// Adds the reader's own time beside the blog's if the two differ, with the weekday if that differs too.

import { setLanguage, words } from "./words";

const { lang, dir, dataset } = document.documentElement;
const zone = { timeZone: dataset.zone };
const hour: Intl.DateTimeFormatOptions = { timeStyle: "short" }; // the CLDR's pattern, as on the server
const day: Intl.DateTimeFormatOptions = { weekday: "long" };
/** The reader's weekday and time, each "" if the same as the blog's. The weekday is in the interface's language. */
let readersTime = (_: Date): [string, string] => ["", ""];
try {
  const print = (how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(how.weekday ? words.lang : words.dates, how);
  const [hourHere, hourThere, dayHere, dayThere] = [hour, { ...hour, ...zone }, day, { ...day, ...zone }].map(print);
  readersTime = (at) => {
    const [time, on] = [hourHere!.format(at), dayHere!.format(at)];
    if (on !== dayThere!.format(at)) return [on + " ", time];
    return ["", time === hourThere!.format(at) ? "" : time];
  };
} catch {
  // This browser does not know the zone: only the blog's time is shown.
}

/** Adds the reader's time to every time below a node: a phrase in the interface's language, the time in the blog's. */
export function localise(scope: ParentNode): void {
  for (const time of scope.querySelectorAll("time[datetime*=T]")) {
    const at = new Date(time.getAttribute("datetime")!);
    if (!+at || time.querySelector(".yours")) continue;
    const [on, printed] = readersTime(at);
    if (!printed) continue;
    const span = document.createElement("span"); // has the blog's direction, so that it stands after the time
    const phrase = setLanguage(document.createElement("span"));
    const clock = Object.assign(document.createElement("bdi"), { lang, dir, textContent: printed });
    const [before, after] = words.yours.split("%(time)s");
    phrase.append(before!, on, clock, after!);
    span.className = "yours";
    span.append(phrase);
    time.append(span);
  }
}
