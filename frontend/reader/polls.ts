// Polls on an open page: a vote is sent without leaving it, and how the poll stands comes in the place of its options.
// Part of moving.ts. Whoever neither votes nor asks has nothing fetched for them, and nothing is kept on the device.

import { words } from "./words";

const FIRST_MS = 10_000;
const LAST_MS = 160_000; // who leaves a page open with a poll in sight asks for it twenty times an hour
const FORMS = ".poll form";

/** By the address of each poll that this reader voted in or asked about: what stands in its place. */
const shown = new Map<string, string>();

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
  const [note, said] = [form.querySelector(".count"), form.querySelector(".count")?.textContent ?? ""];
  const vote = option === undefined ? {} : { method: "POST", body: new URLSearchParams({ option }) };
  try {
    const told = await answer(address, vote);
    if (told === null) return;
    shown.set(address, told);
    place(form.contains(document.activeElement) ? form : null);
    wait(address, FIRST_MS);
  } catch {
    if (note) note.textContent = words.reconnecting; // nothing was counted: the options stay, to be tapped again
    setTimeout(() => note && (note.textContent = said), FIRST_MS);
  }
}

/** What the server says of a poll; null for one that is not to be found any more. */
async function answer(address: string, request: RequestInit): Promise<string | null> {
  const credentials = document.querySelector(".badge-rehearsal") ? "same-origin" : "omit"; // members are known by theirs
  const got = await fetch(`${address}?part`, { ...request, credentials });
  if (got.status === 404) return null;
  if (!got.ok && got.status !== 409 && got.status !== 429) throw new Error(String(got.status));
  return got.text();
}

/** Puts what was told in the place of the options, wherever the post stands. `from`: where the focus was. */
function place(from: HTMLFormElement | null = null): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(FORMS)) {
    const told = shown.get(addressOf(form));
    if (told === undefined) continue;
    let box = form.nextElementSibling as HTMLElement | null;
    if (!box) {
      box = document.createElement("div");
      box.setAttribute("role", "status");
      box.tabIndex = -1;
      form.after(box);
    }
    if (box.dataset.told !== told) {
      box.innerHTML = told;
      box.dataset.told = told;
    }
    form.hidden = true;
    form.previousElementSibling!.toggleAttribute("hidden", true); // the results say what was asked
    if (form === from) box.focus();
  }
}

function wait(address: string, ms: number): void {
  setTimeout(() => void again(address, ms), ms * (0.8 + 0.4 * Math.random()));
}

/** Asks again while the poll is in sight, less often each time. */
async function again(address: string, ms: number): Promise<void> {
  const forms = [...document.querySelectorAll(FORMS)].filter((form) => addressOf(form) === address);
  if (!forms.length) return void shown.delete(address); // closed, or gone with its post
  if (!document.hidden && forms.some((form) => inSight(form.parentElement!))) {
    try {
      const told = await answer(address, {});
      if (told === null) return;
      shown.set(address, told);
      place();
    } catch {
      // what stands there stays
    }
  }
  wait(address, Math.min(2 * ms, LAST_MS));
}

function inSight(figure: Element): boolean {
  const { top, bottom } = figure.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

/** Puts back what a changed post has taken from the page. */
export function polls(): void {
  place();
}
