// Files for a composer: loads the uploader with the first file, and shows where files may be dropped. Owns that a file
// dropped beside a composer does not replace the page.

import { lookBehind, tokenNow } from "./ask";
import type { Arrivals } from "./contracts";
import { place } from "./place";
import { asked, signedIn } from "./session";
import { t } from "./words";
import type { Page } from "./upload/upload";

let loaded: Promise<Arrivals> | undefined;

/** Returns the uploader, configured by a composer's form. */
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
  loaded.catch(() => (loaded = undefined)); // the network is away: loaded again with the next file
  return loaded;
}

async function load(address: string, page: Page): Promise<Arrivals> {
  const made = (await import(address)) as { arrivals(page: Page): Arrivals };
  return made.arrivals(page);
}

let ours = false; // the drag began in this page: in some browsers a moved picture brings its file along
document.addEventListener("dragstart", () => (ours = true), true);
document.addEventListener("dragend", () => (ours = false), true);

const hasFiles = (event: DragEvent): boolean => !ours && (event.dataTransfer?.types.includes("Files") ?? false);

/** Lets files be dropped anywhere on a composer, and shows that they may. */
export function droppable(form: HTMLFormElement, take: (files: File[], at: { left: number; top: number }) => void): void {
  let inside = 0; // how many of its elements the files are over: one is entered before the last is left
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
      event.stopPropagation(); // otherwise the editor inside would insert them once more
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
