// Polls on an open page: sends a vote without leaving it, and shows the results in place of the options. Part of moving.ts.
// Fetches nothing for a reader who neither votes nor asks for the results, and stores nothing on the device.

import { words } from "./words";

const FIRST_MS = 10_000;
const LONGEST_MS = 160_000; // some twenty requests an hour from a page that is left open with a poll in view
const FORMS = ".poll form";

/** The HTML of the results of each poll that this reader voted in or asked about, by the poll's address. */
const results = new Map<string, string>();

const addressOf = (form: Element): string => form.getAttribute("action") ?? "";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches(FORMS)) return;
  event.preventDefault();
  void ask(form, (event.submitter as HTMLButtonElement | null)?.value);
});
document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>(`${FORMS} a`);
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  void ask(link.closest("form")!);
});

async function ask(form: HTMLFormElement, option?: string): Promise<void> {
  const address = addressOf(form);
  const note = form.querySelector(".count");
  const text = note?.textContent ?? "";
  const vote = option === undefined ? {} : { method: "POST", body: new URLSearchParams({ option }) };
  try {
    const html = await request(address, vote);
    if (html === null) return;
    results.set(address, html);
    replaceOptions(form.contains(document.activeElement) ? form : null);
    schedule(address, FIRST_MS);
  } catch {
    if (note) note.textContent = words.reconnecting; // nothing was counted, and the options stay for another try
    setTimeout(() => note && (note.textContent = text), FIRST_MS);
  }
}

/** Returns the HTML of a poll's results; null if the poll is gone. */
async function request(address: string, init: RequestInit): Promise<string | null> {
  const credentials = document.querySelector(".badge-rehearsal") ? "same-origin" : "omit"; // a rehearsal is for members
  const response = await fetch(`${address}?part`, { ...init, credentials });
  if (response.status === 404) return null;
  if (!response.ok && response.status !== 409 && response.status !== 429) throw new Error(String(response.status));
  return response.text();
}

/** Puts the results in place of the options, also after an edit of the post has brought these back. `focused`: the form
    that has the focus. */
export function replaceOptions(focused: HTMLFormElement | null = null): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(FORMS)) {
    const html = results.get(addressOf(form));
    if (html === undefined) continue;
    let box = form.nextElementSibling as HTMLElement | null;
    if (!box) {
      box = document.createElement("div");
      box.setAttribute("role", "status");
      box.tabIndex = -1;
      form.after(box);
    }
    if (box.dataset.told !== html) {
      box.innerHTML = html;
      box.dataset.told = html;
    }
    form.hidden = true;
    form.previousElementSibling!.toggleAttribute("hidden", true); // the results repeat the question
    if (form === focused) box.focus();
  }
}

function schedule(address: string, ms: number): void {
  setTimeout(() => void refresh(address, ms), ms * (0.8 + 0.4 * Math.random()));
}

/** Requests the results again if the poll is in view, and plans the next time, less often each time. */
async function refresh(address: string, ms: number): Promise<void> {
  const forms = [...document.querySelectorAll(FORMS)].filter((form) => addressOf(form) === address);
  if (!forms.length) return void results.delete(address); // closed, or removed with its post
  if (!document.hidden && forms.some((form) => inView(form.parentElement!))) {
    try {
      const html = await request(address, {});
      if (html === null) return;
      results.set(address, html);
      replaceOptions();
    } catch {
      // the last results stay
    }
  }
  schedule(address, Math.min(2 * ms, LONGEST_MS));
}

function inView(figure: Element): boolean {
  const { top, bottom } = figure.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
