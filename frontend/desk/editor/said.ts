// Remarks about a file, shown at it wherever somebody is about to publish it: in red its terms of use, then the remarks from
// checking it.

import type { Media } from "../contracts";
import { element } from "./parts";
import { say } from "./words";

export function said(at: HTMLElement, { found, notes }: Media): void {
  const lines = (["embargo", "instructions", "terms"] as const)
    .filter((name, n, all) => found[name] && all.findIndex((one) => found[one] === found[name]) === n) // each is shown once
    .map((name) => element("p", {}, element("strong", {}, say(`said.${name}`)), ` ${String(found[name])}`));
  if (/AlgorithmicMedia/i.test(found.digital_source_type ?? "")) lines.push(element("p", {}, say("said.made")));
  at.classList.toggle("bad", lines.length > 0);
  at.replaceChildren(...lines, ...notes.map((note) => element("p", { class: "file-noted" }, note)));
  at.hidden = !at.childElementCount;
}
