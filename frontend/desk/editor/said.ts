// What is to be known of a file, at the picture, wherever somebody is about to publish it: in red what it says of how it may be
// used, then what was noticed as it was taken in.

import type { Media } from "../contracts";
import { element } from "./parts";
import { say } from "./words";

export function said(at: HTMLElement, { found, notes }: Media): void {
  const lines = (["embargo", "instructions", "terms"] as const)
    .filter((name, n, all) => found[name] && all.findIndex((one) => found[one] === found[name]) === n) // said once
    .map((name) => element("p", {}, element("strong", {}, say(`said.${name}`)), ` ${String(found[name])}`));
  if (/AlgorithmicMedia/i.test(found.digital_source_type ?? "")) lines.push(element("p", {}, say("said.made")));
  at.classList.toggle("bad", lines.length > 0);
  at.replaceChildren(...lines, ...notes.map((note) => element("p", { class: "file-noted" }, note)));
  at.hidden = !at.childElementCount;
}
