// The reader's own time beside the blog's, where the two differ: on which day, too, if it is another there.

import { speaking, words } from "./words";

const { lang, dir, dataset } = document.documentElement;
const zone = { timeZone: dataset.zone };
const hour: Intl.DateTimeFormatOptions = { timeStyle: "short" }; // the CLDR's, as the server has it
const day: Intl.DateTimeFormatOptions = { weekday: "long" };
/** The reader's own day, if it is another there, and time, if that is; the day is one of our words. */
let yours = (_: Date): [string, string] => ["", ""];
try {
  const print = (how: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(how.weekday ? words.lang : words.dates, how);
  const [hourHere, hourThere, dayHere, dayThere] = [hour, { ...hour, ...zone }, day, { ...day, ...zone }].map(print);
  yours = (at) => {
    const [time, on] = [hourHere!.format(at), dayHere!.format(at)];
    if (on !== dayThere!.format(at)) return [on + " ", time];
    return ["", time === hourThere!.format(at) ? "" : time];
  };
} catch {
  // A zone that this browser does not know: the blog's time alone is right.
}

/** Puts the reader's time into every instant below a node: our words, around a time in the blog's language. */
export function localise(scope: ParentNode): void {
  for (const time of scope.querySelectorAll("time[datetime*=T]")) {
    const at = new Date(time.getAttribute("datetime")!);
    if (!+at || time.querySelector(".yours")) continue;
    const [on, printed] = yours(at);
    if (!printed) continue;
    const span = document.createElement("span"); // runs as the blog does, so that it stands where the time ends
    const phrase = speaking(document.createElement("span"));
    const clock = Object.assign(document.createElement("bdi"), { lang, dir, textContent: printed });
    const [before, after] = words.yours.split("%(time)s");
    phrase.append(before!, on, clock, after!);
    span.className = "yours";
    span.append(phrase);
    time.append(span);
  }
}
