// Turns the HTML of word processors into plain HTML before it is parsed: lists that are paragraphs with typed numbers,
// tracked changes, comments.

import type { Left } from "./left";

/** The declarations of a style attribute, which was renamed before parsing, because a strict policy forbids them. */
export function styleOf(element: Element): Record<string, string> {
  const out: Record<string, string> = {};
  for (const one of (element.getAttribute("data-style") ?? "").split(";")) {
    const colon = one.indexOf(":");
    if (colon > 0) out[one.slice(0, colon).trim().toLowerCase()] = one.slice(colon + 1).trim().toLowerCase();
  }
  return out;
}

export function plainWord(body: HTMLElement, left: Left, whole: boolean): void {
  comments(body, left);
  changes(body, left, whole);
  lists(body);
  listsOfOne(body);
}

function comments(body: HTMLElement, left: Left): void {
  const notes = [...body.querySelectorAll(".msocomanchor, a[href^='#cmnt']")];
  left.comments += notes.filter((note) => !/cmnt_ref/.test(note.getAttribute("href") ?? "")).length;
  for (const note of notes) (note.closest(".MsoCommentReference") ?? note.closest("sup") ?? note).remove();
  for (const element of body.querySelectorAll(".MsoCommentReference, .msocomtxt, .msocomoff")) element.remove();
  for (const element of body.querySelectorAll("[data-style*='mso-element:comment']")) element.remove();
}

function changes(body: HTMLElement, left: Left, whole: boolean): void {
  const tracked = ".msoDel, del[cite], del[datetime], del[data-date], [data-style*='mso-del']";
  for (const element of body.querySelectorAll(tracked)) {
    if (!body.contains(element) || element.parentElement?.closest(tracked)) continue; // the same change, marked twice
    if (element.textContent?.trim()) left.deleted += 1;
    if (!whole) element.remove();
  }
}

// --- lists

interface Item {
  paragraph: Element;
  list: string;
  level: number;
  ordered: boolean;
}

function itemOf(element: Element | null): Item | null {
  if (element?.tagName !== "P") return null;
  const [, list = "", level = "1"] = /mso-list:\s*(l\d+)\s+level(\d)/i.exec(element.getAttribute("data-style") ?? "") ?? [];
  if (!list) return null;
  const marker = [...element.querySelectorAll("span")].find((span) => styleOf(span)["mso-list"] === "ignore");
  const sign = (marker?.textContent ?? "").replace(/[\s\u00a0]+/g, "");
  marker?.remove();
  return { paragraph: element, list, level: Number(level), ordered: /^\(?(?:\d+|[a-z]{1,5})[.)]/i.test(sign) };
}

function lists(body: HTMLElement): void {
  const done = new Set<Element>();
  for (const paragraph of body.querySelectorAll("p[data-style*='mso-list']")) {
    if (done.has(paragraph)) continue;
    const items: Item[] = [];
    for (let next: Element | null = paragraph; next; next = next.nextElementSibling) {
      const item = itemOf(next);
      if (!item) break;
      items.push(item);
      done.add(next);
    }
    if (items.length) build(items);
  }
}

/** In a browser Word writes each item as a list of its own. */
function listsOfOne(body: HTMLElement): void {
  const wrapper = "ListContainerWrapper";
  for (const first of body.querySelectorAll(`.${wrapper}`)) {
    if (!body.contains(first)) continue; // it was already handled with its run
    const run: Element[] = [];
    for (let next: Element | null = first; next?.classList.contains(wrapper); next = next.nextElementSibling) run.push(next);
    const items = run.flatMap((one) => [...one.querySelectorAll("li")]).map((li): Item => {
      const paragraph = body.ownerDocument.createElement("p");
      paragraph.append(...li.childNodes);
      const [list, level] = [li.getAttribute("data-listid") ?? "", Number(li.getAttribute("data-aria-level") ?? 1)];
      return { paragraph, list, level, ordered: li.parentElement?.tagName === "OL" };
    });
    if (items.length) build(items, first);
    for (const one of run) one.remove();
  }
}

/** Puts the items into nested lists, in place of the first. */
function build(items: Item[], first = items[0]!.paragraph): void {
  const page = first.ownerDocument;
  const here = page.createComment("");
  first.before(here);
  const open: { list: HTMLElement; item: Item }[] = []; // the innermost last
  for (const item of items) {
    while (open.length > 1 && open[open.length - 1]!.item.level > item.level) open.pop();
    const at = open[open.length - 1]?.item;
    if (at?.level === item.level && (at.list !== item.list || at.ordered !== item.ordered)) open.pop();
    const innermost = open[open.length - 1];
    if (!innermost || innermost.item.level < item.level) {
      const list = page.createElement(item.ordered ? "ol" : "ul");
      if (innermost) innermost.list.lastElementChild!.append(list);
      else here.before(list);
      open.push({ list, item });
    }
    const li = page.createElement("li");
    open[open.length - 1]!.list.append(li);
    li.append(item.paragraph);
  }
  here.remove();
}
