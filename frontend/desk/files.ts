// Files on their way into a composer: loads what takes them in when the first is there, and shows where they may be dropped.
// Owns that a file that misses a composer never takes the page's place.

import { lookBehind, tokenNow } from "./ask";
import type { Arrivals } from "./contracts";
import { place } from "./place";
import { asked, signedIn } from "./session";
import { t } from "./words";
import type { Page } from "./upload/upload";

let loaded: Promise<Arrivals> | undefined;

/** Returns what takes files in, by what a composer's form says of where that is. */
export function arrivals({ dataset }: HTMLFormElement): Promise<Arrivals> {
  loaded ??= load(dataset.upload ?? "", {
    address: dataset.media ?? "",
    chunk: Number(dataset.piece) || 512 * 1024,
    place: place.name,
    token: tokenNow,
    look: (path) => asked(() => lookBehind(path)),
    signedIn,
    say: t,
  });
  loaded.catch(() => (loaded = undefined)); // the network is away: asked for again with the next file
  return loaded;
}

async function load(address: string, page: Page): Promise<Arrivals> {
  const made = (await import(address)) as { arrivals(page: Page): Arrivals };
  return made.arrivals(page);
}

let ours = false; // what is dragged began in this page: a picture that is moved brings its file along in some browsers
document.addEventListener("dragstart", () => (ours = true), true);
document.addEventListener("dragend", () => (ours = false), true);

const hasFiles = (event: DragEvent): boolean => !ours && (event.dataTransfer?.types.includes("Files") ?? false);

/** Lets files be dropped anywhere on a composer, and shows that they may. */
export function droppable(form: HTMLFormElement, take: (files: File[], at: { left: number; top: number }) => void): void {
  let inside = 0; // elements of it that the files are over: each is entered before the last is left
  const show = (change: number): void => {
    inside = Math.max(0, inside + change);
    form.classList.toggle("dropping", inside > 0);
  };
  form.dataset.drop = t("composer.drop");
  form.addEventListener("dragenter", (event) => hasFiles(event) && show(1));
  form.addEventListener("dragleave", (event) => hasFiles(event) && show(-1));
  form.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = "copy";
  });
  form.addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation(); // the editor within it would put them in once more
      show(-inside);
      take([...event.dataTransfer!.files], { left: event.clientX, top: event.clientY });
    },
    true,
  );
}

for (const name of ["dragover", "drop"] as const) {
  document.addEventListener(name, (event) => {
    if (!hasFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = "none";
  });
}
