// The keyboard: a letter presses the control that names it (`data-key`), within the focused row or item (`data-keys`) or
// else on the screen. Owns moving between rows, G and a tab's letter, the list of keys, and whether single letters do
// anything on this device at all (WCAG 2.1.4).

import { tell } from "./bus";
import { t } from "./words";

const KEPT = "asithappened:keys";
const dialog = document.querySelector<HTMLDialogElement>("[data-keys-dialog]");
const single = document.querySelector<HTMLInputElement>("[data-keys-single]");
let on = true;
try {
  on = localStorage.getItem(KEPT) !== "off";
} catch {
  // No storage here: the default applies until this page is closed.
}
let going = false; // G was pressed, and a tab's letter is expected

const typing = (element: Element | null): boolean =>
  !!element?.closest("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable=true],[contenteditable='']");

document.addEventListener("keydown", (event) => {
  const at = event.target as HTMLElement;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && typing(at) && !at.closest("[data-composer],dialog")) return at.blur();
  // Enter opens an item even if single letters are off, because it is no letter.
  if (event.key === "Enter" && at.matches("[data-panel] [data-keys]")) {
    event.preventDefault();
    return at.querySelector<HTMLElement>("a[href]")?.click();
  }
  if (!on || event.key.length !== 1 || typing(at) || document.querySelector("dialog[open]")) return;
  if (does(event.key, at)) event.preventDefault();
});

function does(key: string, at: HTMLElement): boolean {
  if (going) {
    going = false;
    return press(document.querySelector<HTMLElement>(`[data-go="${CSS.escape(key.toLowerCase())}"]`));
  }
  if (key === "g") return (going = true);
  if (key === "j") return move(1, at);
  if (key === "k") return move(-1, at);
  if (key === "n") return write();
  const named = `[data-key="${CSS.escape(key)}"]`;
  const scope = at.closest<HTMLElement>("[data-keys]");
  if (scope && key === "m") return menu(scope);
  const mine = scope?.querySelector<HTMLElement>(named);
  const others = [...document.querySelectorAll<HTMLElement>(named)].find((one) => !one.closest("[data-keys]"));
  return press(mine ?? others ?? null);
}

/** Presses a control, or focuses a field. A tab gets the focus, so that the next key belongs to its panel. */
function press(control: HTMLElement | null): boolean {
  if (!control || control.hidden) return false;
  // A select does something only when it is open: one key opens it, another chooses.
  if (control.matches("[data-choices]:not([open]) :not(summary)")) return false;
  if (typing(control)) {
    control.focus();
    if (control instanceof HTMLInputElement) control.select();
  } else {
    if (control.matches("[role=tab]")) control.focus();
    control.click();
  }
  return true;
}

/** Moves to the next or previous row, or, if the focus is in a tab, to the next or previous item. */
function move(by: number, at: HTMLElement): boolean {
  const beside = at.closest("[data-beside]");
  const all = beside ? "[data-panel] [data-keys]" : "#rows > [data-row]";
  const items = [...document.querySelectorAll<HTMLElement>(all)].filter((item) => item.offsetParent);
  const here = items.findIndex((item) => item.contains(at));
  const top = (document.querySelector("[data-news]")?.parentElement?.querySelector(".timeline-head") ?? document.body)
    .getBoundingClientRect().bottom;
  const seen = beside ? 0 : items.findIndex((item) => item.getBoundingClientRect().bottom > top + 8);
  const next = items[here < 0 ? Math.max(0, seen) : here + by];
  if (!next) {
    if (!beside && here + by < 0) scrollTo({ top: 0 });
    return items.length > 0;
  }
  if (!next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function write(): boolean {
  const place = document.querySelector<HTMLElement>("[data-composer-place]");
  const field =
    place?.querySelector<HTMLElement>("[contenteditable=true]") ??
    place?.querySelector<HTMLElement>("textarea:not([hidden])") ??
    place?.querySelector<HTMLElement>("input:not([type=hidden])");
  field?.focus();
  return !!field;
}

function menu(scope: HTMLElement): boolean {
  const details = scope.querySelector<HTMLDetailsElement>("[data-menu]");
  if (!details) return false;
  details.open = true;
  details.querySelector<HTMLElement>(".act")?.focus();
  return true;
}

if (dialog && single) {
  const opener = document.querySelector<HTMLButtonElement>("[data-keys-open]");
  if (opener) opener.hidden = false;
  opener?.addEventListener("click", () => dialog.showModal());
  const shown = (): void => {
    single.checked = on;
    document.documentElement.toggleAttribute("data-keys-off", !on);
  };
  shown();
  single.addEventListener("change", () => {
    on = single.checked;
    try {
      localStorage.setItem(KEPT, on ? "on" : "off");
    } catch {
      // Then it applies to this page only.
    }
    shown();
    tell("say", { text: on ? t("keys.on") : t("keys.off") });
  });
}
