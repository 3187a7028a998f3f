// Choosing files on this device, and which of those that somebody brings are pictures, films and sounds.

import { element } from "./parts";

/** What may be chosen: what a file input accepts. */
export type Accepts = "image/*" | "video/*" | "audio/*" | ".vtt,text/vtt" | "image/*,video/*,audio/*";

/** Lets somebody choose files. `camera`: on a phone, takes a picture now. Called from a click or a key, or nothing opens. */
export function choose(accepts: Accepts, several: boolean, chosen: (files: File[]) => void, camera = false): void {
  const capture = camera ? "environment" : undefined;
  const input = element("input", { type: "file", accept: accepts, multiple: several, capture, class: "visually-hidden", tabindex: -1 });
  const done = (): void => input.remove();
  input.addEventListener("change", () => {
    chosen([...(input.files ?? [])]);
    done();
  });
  input.addEventListener("cancel", done);
  document.body.append(input); // one browser forgets an input that is in no page
  input.click();
}

const NAMES: Record<string, RegExp> = {
  image: /\.(jpe?g|png|webp|avif|gif|hei[cf])$/i,
  video: /\.(mp4|m4v|webm|mov)$/i,
  audio: /\.(mp3|m4a|ogg|oga|wav|weba|aac|flac)$/i,
};

/** What a file is taken for, by its type or, where a system knows none, its name; whether it is that is the server's to say. */
export function kindOf(file: File): "image" | "video" | "audio" | null {
  const [family = ""] = file.type.split("/");
  if (family in NAMES) return family as "image";
  const named = Object.keys(NAMES).find((name) => NAMES[name]!.test(file.name));
  return (named as "image" | undefined) ?? null;
}
