// Somebody else changed the post first: shows the server's three-way view in the composer, with a choice for each block.
// The server merges what is then saved, by these choices (desk/merging.py).

import type { Refused } from "./ask";
import type { Words } from "./contracts";
import type { PostForm } from "./form";

interface Told {
  meeting?: string;
  mine?: Words;
  now?: { based_on: number };
}

/** Shows the view, and returns what the form is based on from now on; null if there is nothing to show. */
export function meet(form: PostForm, error: Refused): number | null {
  const { meeting, mine, now } = error.told as Told;
  const place = form.form.querySelector<HTMLElement>("[data-meeting]");
  if (!meeting || !mine || !now || !place) return null;
  const began = form.number("based_on");
  form.fill(mine, {}); // the merged words, if it was merged before
  if (began !== null) form.put("began", began);
  form.put("based_on", now.based_on);
  place.innerHTML = meeting; // rendered and sanitised by the server, like every preview
  const heading = place.querySelector<HTMLElement>("h3");
  if (heading) heading.tabIndex = -1;
  heading?.focus();
  return now.based_on;
}
