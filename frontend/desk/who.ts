// Who is signed in by this browser's session: asked before anything is sent in somebody's name. Without a page: the
// service worker asks too.

import { look, Refused } from "./ask";

const ME = "/desk/me/"; // which everybody has who is signed in, wherever they work

/** Who is asked for, with a token; somebody else, by name ("" if that is not known); or nobody. */
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
