// Somebody else was first: the three versions side by side in the composer (the server's own view of them), with whose
// words go on. What is then saved is put together by the server from what is chosen (desk/merging.py).

import type { Refused } from "./ask";
import type { Words } from "./contracts";
import type { PostForm } from "./form";

interface Told {
  meeting?: string;
  mine?: Words;
  now?: { based_on: number };
}

/** Shows it, and returns what the form is based on from now on; null if there is nothing to show. */
export function meet(form: PostForm, error: Refused): number | null {
  const { meeting, mine, now } = error.told as Told;
  const place = form.form.querySelector<HTMLElement>("[data-meeting]");
  if (!meeting || !mine || !now || !place) return null;
  const began = form.number("based_on");
  form.fill(mine, {}); // as it was put together, where two were met before
  if (began !== null) form.put("began", began);
  form.put("based_on", now.based_on);
  place.innerHTML = meeting; // rendered and cleaned by the server, as every preview is
  const heading = place.querySelector<HTMLElement>("h3");
  if (heading) heading.tabIndex = -1;
  heading?.focus();
  return now.based_on;
}
