// The page with which the app opens, and which replaces a screen that the network cannot deliver. The page itself names
// nobody: this script fills it with what this device knows. Online it leads to the desk; without a network it is a composer,
// with the drafts and the queue of the desk (desk.ts, loaded into it).

import { allShared, getKnown, type Known } from "../device";
import { Refused } from "../ask";
import { install, learn } from "../installed";
import { chosen, shared } from "./shared";

const PATIENCE_MS = 2_500; // until the server says who is signed in; after that it counts as away
const root = document.querySelector<HTMLElement>("[data-app]")!;
const asked = new URLSearchParams(location.search);
const slug = /^\/desk\/live\/([^/]+)\/$/.exec(location.pathname)?.[1];

/** What the server says: who is signed in, that nobody is, or nothing. */
async function told(): Promise<Known | "out" | undefined> {
  if (!navigator.onLine) return undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS));
  const learnt = learn(root.dataset.known!).catch((error: unknown) =>
    error instanceof Refused && error.has("signed_out") ? ("out" as const) : undefined,
  );
  return Promise.race([learnt, late]);
}

function show(name: string): HTMLElement {
  for (const part of root.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== name;
  return root.querySelector(`[data-when="${name}"]`)!;
}

const deskOf = (slug: string, query = ""): string => `/desk/live/${slug}/${query}`;

async function begin(): Promise<void> {
  install();
  const handed = document.getElementById("handed-over")?.textContent; // by the server, if no worker took it
  if (handed) await shared.keep(JSON.parse(handed) as Record<string, string>);
  const answer = await told();
  if (answer === "out") return void show("nobody");
  const known = answer ?? (await getKnown().catch(() => undefined));
  if (!known) return void show(navigator.onLine ? "nobody" : "unknown");
  const waiting = (await allShared().catch(() => [])).filter(({ place }) => ["0", String(known.user)].includes(place.split("/")[0]!));
  if (asked.get("do") === "share" || handed) {
    if (waiting.length || asked.has("unkept")) return shared.show(show("shared"), waiting, known, asked.has("unkept"));
  }
  const blog = known.blogs.find((one) => one.slug === slug) ?? known.blogs.find(({ id }) => id === known.last);
  const only = blog ?? (known.blogs.length === 1 ? known.blogs[0] : undefined);
  if (answer && !slug) return location.replace(only ? deskOf(only.slug, asked.has("do") ? `?do=${asked.get("do")}` : "") : "/desk/");
  if (only) return compose(known, only);
  chosen(show(known.blogs.length ? "choose" : "unknown"), known, (one) => compose(known, one));
}

/** Turns the page's elements into a composer for a live blog; the desk's scripts do the rest. */
function compose(known: Known, blog: Known["blogs"][number]): void {
  const template = root.querySelector<HTMLTemplateElement>(`template[data-composer-of="${blog.may}"]`)!;
  const made = template.content.cloneNode(true) as DocumentFragment;
  const form = made.querySelector("form")!;
  const at = (address: string): string => address.replace("/live/-/", `/live/${blog.slug}/`);
  form.setAttribute("action", at(form.getAttribute("action")!));
  form.dataset.media = at(form.dataset.media!);
  form.dataset.language = form.querySelector("textarea")!.lang = blog.language;
  form.querySelector<HTMLTextAreaElement>("[name=bylines]")!.value = known.byline;
  for (const name of made.querySelectorAll("[data-title]")) name.textContent = blog.title;
  for (const me of made.querySelectorAll("[data-me]")) me.textContent = known.byline;
  for (const link of made.querySelectorAll<HTMLAnchorElement>("[data-desk]")) link.href = deskOf(blog.slug);
  Object.assign(document.body.dataset, { user: known.user, blog: blog.id, drafts: `${deskOf(blog.slug)}drafts/`, zone: blog.zone });
  document.title = blog.title;
  history.replaceState(history.state, "", deskOf(blog.slug)); // so that relative requests of the desk's scripts go there
  root.replaceWith(made);
  const script = document.createElement("script");
  script.src = root.dataset.script!;
  document.body.append(script);
}

void begin();
