// The frame of the screen: the live blog's name, how it stands, its menu, what is said above the composer. Owns that each
// is as the server has it: a beat or the stream says that something is another, and the frame is asked for again.

import { html, morph } from "../reader/nodes";
import { on, tell } from "./bus";
import { t } from "./words";

const DEADLINE_MS = 15_000;
const AGAIN_MS = 5_000;
const screen = document.querySelector<HTMLElement>("[data-screen]");
let asking = false;
let again = false;

async function bringUp(screen: HTMLElement): Promise<void> {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  again = false;
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    const answer = await fetch("?part=frame", { headers: { accept: "text/html" }, redirect: "error", cache: "no-store", signal });
    if (!answer.ok) throw new Error(String(answer.status));
    show(screen, html(await answer.text()) as HTMLElement);
  } catch {
    setTimeout(() => tell("outdated", {}), AGAIN_MS);
  } finally {
    asking = false;
  }
  if (again) void bringUp(screen);
}

function show(screen: HTMLElement, fresh: HTMLElement): void {
  const { title = document.title, at = location.pathname, ...data } = fresh.dataset;
  const { status: was, role } = screen.dataset;
  Object.assign(screen.dataset, data);
  for (const part of fresh.querySelectorAll<HTMLElement>("[data-frame]")) {
    const live = document.querySelector(`[data-frame="${part.dataset.frame}"]`);
    if (live) morph(live, part);
  }
  document.title = title;
  // Of a renamed one the former address leads on, but what is asked for from here on is asked for at its own.
  if (at !== location.pathname) history.replaceState(history.state, "", at + location.search + location.hash);
  if (was !== data.status) tell("say", { text: t(`line.${data.status}`), bad: data.status === "gone" });
  tell("standing", {});
  if (role === data.role) return;
  tell("role", { role: data.role ?? "" });
  tell("say", { text: t(`role.${data.role}`) });
}

/** Says that nothing here is this person's to do any more. What was typed is on this device, and may be copied. */
function gone(screen: HTMLElement): void {
  if (!screen.dataset.role) return;
  Object.assign(screen.dataset, { role: "", standing: "" }); // whoever is on it again finds it out of date
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = t("role.none");
  document.querySelector("[data-frame=notice]")?.replaceChildren(notice);
  tell("role", { role: "" });
}

if (screen) {
  on("outdated", () => void bringUp(screen));
  on("noMember", () => gone(screen));
  on("beat", ({ standing }) => standing !== screen.dataset.standing && tell("outdated", {}));
}
