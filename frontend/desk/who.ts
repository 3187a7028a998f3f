// Who is signed in by this browser's session: checked before anything is sent in somebody's name. Uses no page, because the
// service worker asks too.

import { look, Refused } from "./ask";

const ME = "/desk/me/"; // everybody who is signed in has this page

/** The expected person, with a token; somebody else, by name ("" if it is not known); or nobody. */
export type Found = { is: "in"; csrf: string } | { is: "another"; who: string } | { is: "out" | "unknown" };

export async function who(): Promise<Found> {
  try {
    return { is: "in", csrf: (await look<{ csrf: string }>(ME)).csrf };
  } catch (error) {
    if (!(error instanceof Refused)) return { is: "unknown" };
    if (error.has("another")) return { is: "another", who: String(error.told.who ?? "") };
    if (error.has("signed_out")) return { is: "out" };
    return { is: "unknown" };
  }
}
