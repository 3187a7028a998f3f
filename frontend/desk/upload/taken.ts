// Asking for the outcome of a completely uploaded file: the server checks it and makes its sizes, which takes a moment.

import type { Media } from "../contracts";
import type { Page } from "./upload";

const PAUSES_MS = [150, 200, 300, 500, 800, 1_200, 2_000];

/** Returns the file once it is checked; null if the server does not know it, undefined if the caller aborted. */
export async function taken(page: Page, address: string, wanted: () => boolean): Promise<Media | null | undefined> {
  for (let asked = 0; wanted(); asked++) {
    try {
      const { media } = await page.look<{ media: Media }>(address);
      if (media.state === "ready" || media.state === "refused") return media;
    } catch (error) {
      if ((error as { status?: number }).status) return null; // the server refused
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[asked] ?? 2_000));
  }
  return undefined;
}
