// What another app hands over, stored until its person decides about it. Any page can send such a form, so nothing of it
// leaves the device automatically, and the stored amount is limited.

import { allShared, dropShared, getKnown, putShared } from "../device";
import { freshKey } from "../once";

const MOST = 10;
const FILES = 10;
const CHARS = 10_000;
const FORGET_MS = 7 * 24 * 60 * 60 * 1000;

/** Stores a form that was handed over. Throws `CannotKeep`. */
export async function keepShared(form: FormData): Promise<void> {
  const words = (name: string): string => {
    const value = form.get(name);
    return typeof value === "string" ? value.slice(0, CHARS) : "";
  };
  const files = form.getAll("files").filter((one): one is File => one instanceof File && one.size > 0).slice(0, FILES);
  const known = await getKnown();
  const place = `${known?.user ?? 0}/shared`;
  const at = Date.now();
  await putShared({ id: freshKey(), place, title: words("title"), text: words("text"), url: words("url"), files, at });
  const all = (await allShared()).sort((one, other) => other.at - one.at);
  for (const one of all.filter((old, n) => n >= MOST || at - old.at > FORGET_MS)) await dropShared(one.id);
}
