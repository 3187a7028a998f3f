// Choosing files on this device, and telling pictures, films and sounds apart.

import { element } from "./parts";

/** The `accept` attribute of a file input. */
export type Accepts = "image/*" | "video/*" | "audio/*" | ".vtt,text/vtt" | "image/*,video/*,audio/*";

/** Lets the person choose files. `camera`: on a phone, opens the camera. Works only within a click or a key event. */
export function choose(accepts: Accepts, several: boolean, chosen: (files: File[]) => void, camera = false): void {
  const capture = camera ? "environment" : undefined;
  const input = element("input", { type: "file", accept: accepts, multiple: several, capture, class: "visually-hidden", tabindex: -1 });
  const done = (): void => input.remove();
  input.addEventListener("change", () => {
    chosen([...(input.files ?? [])]);
    done();
  });
  input.addEventListener("cancel", done);
  document.body.append(input); // one browser drops an input that is not in the page
  input.click();
}

const NAMES: Record<string, RegExp> = {
  image: /\.(jpe?g|png|webp|avif|gif|hei[cf])$/i,
  video: /\.(mp4|m4v|webm|mov)$/i,
  audio: /\.(mp3|m4a|ogg|oga|wav|weba|aac|flac)$/i,
};

/** The expected kind of a file, by its type or, if the system gives none, its name. The server decides the real kind. */
export function kindOf(file: File): "image" | "video" | "audio" | null {
  const [family = ""] = file.type.split("/");
  if (family in NAMES) return family as "image";
  const named = Object.keys(NAMES).find((name) => NAMES[name]!.test(file.name));
  return (named as "image" | undefined) ?? null;
}
