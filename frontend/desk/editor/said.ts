// What a file says of how it may be used: in red, at the picture, wherever somebody is about to publish it.

import type { Found } from "../contracts";
import { element } from "./parts";
import { say } from "./words";

export function said(at: HTMLElement, found: Found): void {
  const lines = (["embargo", "instructions", "terms"] as const)
    .filter((name, n, all) => found[name] && all.findIndex((one) => found[one] === found[name]) === n) // said once
    .map((name) => element("p", {}, element("strong", {}, say(`said.${name}`)), ` ${String(found[name])}`));
  if (/AlgorithmicMedia/i.test(found.digital_source_type ?? "")) lines.push(element("p", {}, say("said.made")));
  at.replaceChildren(...lines);
  at.hidden = !lines.length;
}
