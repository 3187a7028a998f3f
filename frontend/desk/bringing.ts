// Uploading the files of a post that waits to be sent: it is sent with all of them, or returned to its author. Owns what
// the outcome of an upload means for the post. Uses no page, because the service worker uploads files too.

import { Refused } from "./ask";
import { awaiting, type Block, given } from "./awaited";
import type { Arrivals, Doc, Media } from "./contracts";
import type { Item } from "./device";

const AGAIN = 3; // tries of an upload that failed without a reason, before a person is asked

/** How many files a post still waits for. */
export function filesOf({ fields }: Item): number {
  const body = fields.body as Doc | undefined;
  return body ? [...awaiting(body)].length : 0;
}

/** Returns once its files are uploaded and the post names them. Throws `Refused` if one never will be. */
export async function bringIn(item: Item, arrivals: Arrivals, stop: AbortSignal, unkept: () => void): Promise<void> {
  const blocks = [...awaiting(item.fields.body as Doc)];
  const files = await Promise.all(blocks.map(({ attrs }) => come(arrivals, String(attrs.id), stop, unkept)));
  blocks.forEach((block, n) => become(block, files[n]!));
}

const TYPES: Partial<Record<Media["kind"], string>> = { picture: "image", video: "video", audio: "audio" };

/** Puts a file into its block. If it is of another kind than expected, the block keeps the attributes of both kinds. */
function become(block: Block & { attrs: Record<string, unknown> }, { kind, attrs }: Media): void {
  const type = TYPES[kind] ?? block.type;
  const { id, caption, credit } = block.attrs;
  if (type !== block.type) Object.assign(block, { type, attrs: { id, ...(caption ? { caption } : {}), ...(credit ? { credit } : {}) } });
  Object.assign(block.attrs, given(type, block.attrs, attrs).attrs);
}

function come(arrivals: Arrivals, key: string, stop: AbortSignal, unkept: () => void): Promise<Media> {
  let tries = 0;
  let leave: (() => void) | undefined;
  const never = (message: string): Refused => new Refused(422, [{ code: "file", message, field: "" }], {});
  const came = new Promise<Media>((resolve, reject) => {
    stop.addEventListener("abort", () => reject(new Error("stopped")));
    leave = arrivals.watch(key, (arrival, file) => {
      if (!file.kept && arrival.is !== "ready") unkept();
      if (arrival.is === "ready") resolve(arrival.media);
      else if (arrival.is === "refused") reject(never(arrival.why));
      else if (arrival.is === "lost" || arrival.is === "stopped") reject(never(arrivals.lost(file.name)));
      else if (arrival.is === "failed" && ++tries < AGAIN) setTimeout(() => arrivals.again(key), 1_000 * tries);
      else if (arrival.is === "failed") reject(never(arrival.why));
    });
  });
  return came.finally(() => leave?.());
}
