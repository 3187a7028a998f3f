// Shows what another app handed over: a link, a text, pictures. Owns that it becomes a draft only when the person says so,
// on the live blog that they choose; from then on it is a draft like any other.

import { askAs, send, useToken } from "../ask";
import { freshKey as freshFileKey } from "../awaited";
import type { Doc, Look } from "../contracts";
import { dropShared, type Known, putFile, putRow, putShared, type Shared } from "../device";
import { freshKey } from "../once";
import { who } from "../who";

const LOOK_MS = 6_000; // for looking up an address; after that it stays a link, which the composer can still look up
const ADDRESS = /https?:\/\/[^\s<>"]+/;

type Blog = Known["blogs"][number];

/** Lets somebody choose a live blog. */
export function chosen(place: HTMLElement, { blogs }: Known, then: (blog: Blog) => void): void {
  const list = place.querySelector<HTMLElement>("[data-blogs]")!;
  list.replaceChildren(
    ...blogs.map((blog) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "primary";
      button.textContent = blog.title;
      button.addEventListener("click", () => then(blog));
      return button;
    }),
  );
}

async function keep({ title = "", text = "", url = "" }: Record<string, string>): Promise<void> {
  await putShared({ id: freshKey(), place: "0/shared", title, text, url, files: [], at: Date.now() }).catch(() => undefined);
}

function show(place: HTMLElement, all: Shared[], known: Known, unkept: boolean): void {
  const [one] = all.sort((a, b) => b.at - a.at);
  place.querySelector<HTMLElement>("[data-unkept]")!.hidden = !unkept;
  const shown = place.querySelector<HTMLElement>("[data-shared]")!;
  if (!one) return shown.replaceChildren();
  const lines = [one.title, one.text, one.url].filter((line, n, every) => line.trim() && every.indexOf(line) === n);
  shown.replaceChildren(
    ...one.files.map((file) => (file.type.startsWith("image/") ? picture(file) : paragraph(file.name))),
    ...lines.map(paragraph),
  );
  chosen(place, known, (blog) => void put(one, known, blog, place));
  const drop = place.querySelector<HTMLButtonElement>("[data-drop]")!;
  drop.hidden = false;
  drop.onclick = async () => {
    await dropShared(one.id);
    location.replace("/desk/app/");
  };
}

function picture(file: File): HTMLElement {
  const seen = document.createElement("img");
  seen.src = URL.createObjectURL(file);
  seen.alt = file.name;
  return seen;
}

function paragraph(words: string): HTMLElement {
  const made = document.createElement("p");
  made.dir = "auto";
  made.textContent = words;
  return made;
}

/** Makes it a draft on a live blog, and goes there. If it cannot be stored, it stays where it is. */
async function put(one: Shared, known: Known, blog: Blog, place: HTMLElement): Promise<void> {
  for (const button of place.querySelectorAll("button")) button.disabled = true;
  const at = `${known.user}/${blog.id}`;
  const key = freshKey();
  const files = one.files.map((file) => ({ key: freshFileKey(), file }));
  const words = { title: "", body: await bodyOf(one, files, known, blog), kind: "update" as const, bylines: [known.byline].filter(Boolean) };
  const now = Date.now();
  try {
    for (const { key: id, file } of files) {
      await putFile({ id: `${at}/${id}`, place: at, name: file.name, type: file.type, url: "", whole: false, unchecked: [], at: now, file });
    }
    await putRow({ id: `${at}/${key}`, place: at, key, of: "", basedOn: null, words, more: {}, changedAt: now, writer: "", turn: 0, seen: 0, dirty: true, why: "" });
    await dropShared(one.id);
  } catch {
    place.querySelector<HTMLElement>("[data-unkept]")!.hidden = false;
    for (const button of place.querySelectorAll("button")) button.disabled = false;
    return;
  }
  location.replace(`/desk/live/${blog.slug}/?do=write`);
}

async function bodyOf({ title, text, url }: Shared, files: { key: string; file: File }[], known: Known, blog: Blog): Promise<Doc> {
  const kinds: Record<string, string> = { image: "image", video: "video", audio: "audio" };
  const blocks: object[] = files.map(({ key, file }) => ({ type: kinds[file.type.split("/")[0]!] ?? "image", attrs: { id: key } }));
  const address = url || (ADDRESS.exec(text)?.[0] ?? "");
  const rest = text.replace(address, "").trim();
  for (const run of rest.split(/\n\s*\n/)) if (run.trim()) blocks.push(plain(run.trim().replace(/\s*\n\s*/g, " ")));
  if (address) blocks.push((await looked(address, known, blog)) ?? linked(address, title));
  else if (title && title !== rest) blocks.unshift(plain(title));
  return { type: "doc", content: blocks };
}

const plain = (text: string): object => ({ type: "paragraph", content: [{ type: "text", text }] });
function linked(address: string, title: string): object {
  if (!ADDRESS.test(address)) return plain(address);
  const marks = [{ type: "link", attrs: { href: address } }];
  return { type: "paragraph", content: [{ type: "text", text: title.trim() || address, marks }] };
}

/** Looks up an address, as the composer would. */
async function looked(address: string, known: Known, blog: Blog): Promise<object | undefined> {
  try {
    askAs(known.user);
    const found = await who();
    if (found.is !== "in") return undefined;
    useToken(found.csrf);
    const at = `/desk/live/${blog.slug}/links/`;
    const { block, card, unread } = await send<Awaited<ReturnType<Look>>>(at, { do: "look", url: address }, LOOK_MS);
    return block ?? (unread ? undefined : card) ?? undefined;
  } catch {
    return undefined;
  }
}

export const shared = { keep, show };
