// The tabs beside the timeline, with counts; htmx loads their panels. Owns which is shown, and that a panel is loaded again,
// with focus and fields kept, when its content changed. Without room for a third column the panel is hidden until a tab is
// chosen.

import { on, tell } from "./bus";
import { swapping } from "./swapping";
import { t } from "./words";

const beside = document.querySelector<HTMLElement>("[data-beside]");
const list = document.querySelector<HTMLElement>("[data-tabs]");
const panel = document.querySelector<HTMLElement>("[data-panel]");

if (beside && list && panel) {
  const found = (): HTMLAnchorElement[] => [...list.querySelectorAll<HTMLAnchorElement>("[data-tab]")];
  let tabs = found();
  const wide = matchMedia("(min-width: 1100px)");
  let shown = tabs.find((tab) => tab.hasAttribute("aria-current")) ?? tabs[0]!;

  const draw = (): void => {
    const open = wide.matches || beside.dataset.open !== undefined;
    panel.hidden = !open;
    for (const tab of tabs) {
      const chosen = open && tab === shown;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = tab === shown ? 0 : -1;
    }
    panel.setAttribute("aria-labelledby", shown.id);
    if (open) shown.scrollIntoView({ block: "nearest", inline: "nearest" }); // on a phone the row of tabs is wider than the screen
  };
  const load = async (swap: string): Promise<void> => {
    try {
      const htmx = await swapping();
      await htmx.ajax("GET", shown.dataset.at!, { source: panel, target: panel, swap });
    } catch {
      tell("say", { text: t("tab.failed"), bad: true });
    }
  };
  const choose = (tab: HTMLAnchorElement): void => {
    const again = tab === shown && !panel.hidden;
    const other = tab !== shown;
    shown = tab;
    // Where the panel covers the timeline, choosing its tab again hides it.
    if (again && !wide.matches) delete beside.dataset.open;
    else beside.dataset.open = "";
    draw();
    if (other) void load("innerHTML");
  };

  /** Turns links from the server into tabs. */
  const dress = (): void => {
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", beside.getAttribute("aria-label") ?? "");
    for (const tab of tabs) {
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      tab.removeAttribute("aria-current");
    }
  };
  dress();
  panel.setAttribute("role", "tabpanel");
  panel.tabIndex = 0;
  panel.setAttribute("data-hx-sync", "this:replace");
  if (new URLSearchParams(location.search).has("tab")) beside.dataset.open = "";
  draw();
  wide.addEventListener("change", draw);

  list.addEventListener("click", (event) => {
    const tab = (event.target as Element).closest<HTMLAnchorElement>("[data-tab]");
    if (!tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(tab);
  });
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target as HTMLAnchorElement);
    const back = getComputedStyle(list).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const to =
      event.key === "Home" ? 0
      : event.key === "End" ? tabs.length - 1
      : event.key === "ArrowLeft" || event.key === "ArrowRight" ? (at + (event.key === back ? -1 : 1) + tabs.length) % tabs.length
      : -1;
    if (event.key === " ") event.preventDefault();
    if (event.key === " " && at >= 0) choose(tabs[at]!);
    if (at < 0 || to < 0) return;
    event.preventDefault();
    tabs[to]!.focus();
    if (tabs[to] !== shown) choose(tabs[to]!);
  });
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLElement>("[data-to-tab]");
    const tab = tabs.find((one) => one.dataset.tab === link?.dataset.toTab);
    if (!link || !tab || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest<HTMLDetailsElement>("[data-menu]")?.removeAttribute("open");
    if (tab !== shown || panel.hidden) choose(tab);
    tab.focus();
  });
  document.querySelector("[data-to-timeline]")?.addEventListener("click", () => {
    delete beside.dataset.open;
    draw();
  });

  const fresh = (): void => void load("innerMorph");
  let mark: number | undefined;
  on("standing", () => {
    tabs = found();
    if (!tabs.includes(shown)) shown = tabs[0]!;
    dress();
    draw();
  });
  on("role", ({ role }) => role && fresh());
  on("waiting", ({ tab }) => (!tab || tab === shown.dataset.tab) && fresh());
  on("beat", ({ counts, marks }) => {
    const now = marks[shown.dataset.tab!];
    // Not while somebody uses a select in it: the next beat tries again.
    if (now !== mark && !panel.querySelector("[data-choices][open]")) {
      if (mark !== undefined && now !== undefined) fresh();
      mark = now;
    }
    for (const tab of tabs) {
      const [count, n] = [tab.querySelector<HTMLElement>("[data-count]"), counts[tab.dataset.tab!] ?? 0];
      if (!count || count.textContent === String(n)) continue;
      count.textContent = String(n);
      count.hidden = !n;
      if (tab === shown) fresh();
    }
  });
  panel.addEventListener("htmx:after:swap", () => (panel.dataset.shown = shown.dataset.tab));
  panel.addEventListener("htmx:error", () => tell("say", { text: t("tab.failed"), bad: true }));
  panel.addEventListener("htmx:response:error", () => tell("say", { text: t("tab.failed"), bad: true }));
}
