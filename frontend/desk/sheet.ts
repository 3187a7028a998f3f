// Pages of the desk in a sheet over the screen: settings, people, closing, a post's history. Owns that their forms are sent
// and answered in the sheet (`views/in_sheet.py`), and that nothing typed in them is lost by accident.

import { askPage, Refused } from "./ask";
import { on, tell } from "./bus";
import { asked } from "./session";
import { t } from "./words";

/** What was done, and the address to which a browser without script would be redirected. */
interface Done {
  done: string;
  to: string;
  receipt?: { blog: number; slug: string; post?: string };
  /** The sheet continues with another page. */
  sheet?: boolean;
}

const dialog = document.querySelector<HTMLDialogElement>("[data-sheet-dialog]");
const inside = dialog?.querySelector<HTMLElement>("[data-sheet-in]");
const said = dialog?.querySelector<HTMLElement>("[data-sheet-said]");
const A_DESK = /^\/desk\/live\/([^/]+)\/(.*)$/;

/** The desk of an address, and the path within it: "" for its screen. */
function partsOf(path: string): { slug: string; rest: string } | undefined {
  const found = A_DESK.exec(path);
  return found ? { slug: found[1]!, rest: found[2]! } : undefined;
}

class Sheet {
  private at = new URL(location.href);
  private from: HTMLElement | null = null;
  private typed = false;
  private busy = false;

  constructor(
    private dialog: HTMLDialogElement,
    private inside: HTMLElement,
    private said: HTMLElement,
  ) {
    inside.addEventListener("input", () => (this.typed = true));
    inside.addEventListener("submit", (event) => this.submitted(event));
    inside.addEventListener("click", (event) => this.clicked(event));
    dialog.addEventListener("cancel", (event) => this.leaving(event));
    dialog.addEventListener("submit", (event) => !this.inside.contains(event.target as Node) && this.leaving(event));
    dialog.addEventListener("close", () => {
      this.inside.replaceChildren(); // its ids are also in the screen
      this.said.textContent = "";
      this.from?.focus({ preventScroll: true });
    });
  }

  open(href: string, from: HTMLElement | null): void {
    this.from = from;
    void this.load(new URL(href, location.href));
  }

  private async load(to: URL): Promise<void> {
    try {
      const page = await asked(() => askPage<Done>(to.href));
      if (page.html !== undefined) this.show(page.html, to);
    } catch (error) {
      this.say(error instanceof Refused ? error.message : t("sheet.failed"), true);
    }
  }

  private show(page: string, at: URL): void {
    this.at = at;
    this.typed = false;
    this.said.textContent = "";
    this.inside.innerHTML = page; // the server's own page
    const heading = this.inside.querySelector<HTMLElement>("h1");
    if (heading) {
      heading.id = "sheet-title";
      heading.tabIndex = -1;
    }
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.scrollTop = 0;
    const section = this.named(at.hash);
    if (section) section.scrollIntoView();
    (this.inside.querySelector<HTMLElement>("[autofocus], [role=status]:has(input) input") ?? heading)?.focus({ preventScroll: !!section });
  }

  private named(hash: string): HTMLElement | null {
    return hash ? this.inside.querySelector<HTMLElement>(`[id="${CSS.escape(hash.slice(1))}"]`) : null;
  }

  private submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-act]") || event.defaultPrevented) return;
    event.preventDefault();
    const to = new URL(form.getAttribute("action") || this.at.href, this.at);
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields.append(name, value);
    }
    if (form.method === "get") {
      to.search = String(fields);
      void this.load(to);
    } else if (!this.busy) void this.send(to, fields);
  }

  private async send(to: URL, fields: URLSearchParams): Promise<void> {
    this.busy = true;
    this.inside.setAttribute("aria-busy", "true");
    this.said.textContent = "";
    try {
      const answer = await asked(() => askPage<Done>(to.href, fields));
      if (answer.html !== undefined) this.show(answer.html, this.at);
      else this.done(answer.told);
    } catch (error) {
      this.say(error instanceof Refused ? error.message : t("row.unanswered"), true);
    } finally {
      this.busy = false;
      this.inside.removeAttribute("aria-busy");
    }
  }

  private done(told: Done): void {
    this.typed = false;
    const to = new URL(told.to, location.href);
    const [was, now] = [partsOf(this.at.pathname), partsOf(to.pathname)];
    if (!now || (now.rest === "" && now.slug !== was?.slug)) return tell("goTo", { to: to.href, blog: told.receipt?.blog });
    if (told.receipt?.post) tell("changed", { post: told.receipt.post });
    tell("outdated", {});
    tell("waiting", { tab: "" });
    if (now.rest === was?.rest || told.sheet) void this.load(to).then(() => this.say(told.done));
    else {
      this.dialog.close();
      tell("say", { text: told.done });
    }
  }

  /** Shows a sentence in the sheet, because an open sheet covers the status line. */
  private say(text: string, bad = false): void {
    if (!this.dialog.open) return tell("say", { text, bad });
    this.said.textContent = text;
    this.said.classList.toggle("error", bad);
    this.said.scrollIntoView({ block: "nearest" });
  }

  private clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
    if (!link || link.target || link.hasAttribute("download") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.getAttribute("href")!, this.at);
    const parts = to.origin === location.origin ? partsOf(to.pathname) : undefined;
    const { post, version } = link.dataset;
    if (post && version) {
      event.preventDefault();
      this.dialog.close();
      tell("edit", { post, version: Number(version) });
    } else if (to.pathname === this.at.pathname && to.hash && to.search === this.at.search) {
      event.preventDefault();
      this.named(to.hash)?.focus();
    } else if (parts?.rest === "" && parts.slug === partsOf(this.at.pathname)?.slug) {
      event.preventDefault();
      this.dialog.close();
    } else if (to.pathname === this.at.pathname) {
      event.preventDefault();
      void this.load(to);
    }
  }

  /** Typed words are dropped only by a second press. */
  private leaving(event: Event): void {
    if (!this.typed) return;
    event.preventDefault();
    this.typed = false;
    this.say(t("sheet.typed"), true);
  }
}

const AROUND = 32; // characters before and after selected words (views/correcting.py)
/** What one run of a post's words is in: a paragraph, a caption, a name. */
const RUN = "p, li, h1, h2, h3, h4, h5, h6, td, th, caption, figcaption, cite, bdi, .caption, .credit, .media-title";

/** The words that are selected within an element, and those before and after: the same may stand there twice. */
function selectedIn(element: Element | null): { words: string; before?: string; after?: string } | undefined {
  const chosen = getSelection();
  if (!chosen?.rangeCount || !element?.contains(chosen.anchorNode)) return undefined;
  const words = String(chosen).trim();
  const range = chosen.getRangeAt(0);
  const run = runOf(range.startContainer);
  if (!run || run !== runOf(range.endContainer)) return { words };
  const before = range.cloneRange();
  before.setStart(run, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = range.cloneRange();
  after.setEnd(run, run.childNodes.length);
  after.setStart(range.endContainer, range.endOffset);
  const behind = after.cloneContents();
  for (const inner of behind.querySelectorAll("ul, ol, p, blockquote")) inner.remove(); // of a list in a list
  return { words, before: [...String(before)].slice(-AROUND).join(""), after: [...(behind.textContent ?? "")].slice(0, AROUND).join("") };
}

function runOf(node: Node): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest(RUN) ?? null;
}

if (dialog && inside && said) {
  const sheet = new Sheet(dialog, inside, said);
  on("sheet", ({ href }) => sheet.open(href, document.activeElement as HTMLElement | null));
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-sheet]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("[data-menu][open]")) menu.open = false;
    const to = new URL(link.href);
    const { selected } = link.dataset;
    const found = selected ? selectedIn(link.closest("[data-row]")) : undefined;
    if (selected && found?.words) {
      to.searchParams.set(selected, found.words);
      if (found.before !== undefined) to.searchParams.set("before", found.before);
      if (found.after !== undefined) to.searchParams.set("after", found.after);
    }
    sheet.open(to.href, link.closest<HTMLElement>("[data-row]") ?? link.closest("[data-menu]")?.querySelector("summary") ?? link);
  });
}
