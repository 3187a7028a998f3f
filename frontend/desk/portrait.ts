// Scales a picture that was chosen for a profile down to a small square before it is sent: a phone's photograph is larger
// than a form may be, and nobody else has to see the rest of it. Without this script, or if the browser cannot draw it,
// the file is sent as it is.

const SIDE = 256; // pixels: a page shows it at 48, the densest screens draw those as 192

async function cut(file: File): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.min(SIDE, side);
  const drawn = canvas.getContext("2d")!;
  drawn.fillStyle = "#fff"; // under transparent parts, which JPEG does not have
  drawn.fillRect(0, 0, canvas.width, canvas.height);
  drawn.imageSmoothingQuality = "high";
  // From the middle; from the upper half of an upright picture, because faces are there.
  drawn.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 4, side, side, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
}

async function prepare(input: HTMLInputElement): Promise<void> {
  const button = input.form?.querySelector<HTMLButtonElement>("button.primary");
  const file = input.files?.[0];
  const shown = input.parentElement!.querySelector("canvas");
  if (!file) return shown?.remove();
  if (button) button.disabled = true;
  try {
    const canvas = await cut(file);
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    if (!small || input.files?.[0] !== file) return;
    const chosen = new DataTransfer();
    chosen.items.add(new File([small], "portrait.jpg", { type: "image/jpeg" }));
    input.files = chosen.files;
    canvas.className = "portrait";
    shown?.remove();
    input.before(canvas);
  } catch {
    shown?.remove(); // this browser does not know the format; the server decides
  } finally {
    if (button) button.disabled = false;
  }
}

for (const input of document.querySelectorAll<HTMLInputElement>("input[data-portrait]")) {
  input.addEventListener("change", () => void prepare(input));
}
