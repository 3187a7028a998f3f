// The frame of the screen: the live blog's name, state, menu, and the lines above the composer. Owns that it is up to date:
// a beat or the stream says that something changed, and the frame is requested again.

import { morph, toElement } from "../reader/nodes";
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
    show(screen, toElement(await answer.text()) as HTMLElement);
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
  // The former address of a renamed live blog redirects, but from here on requests use the new one.
  if (at !== location.pathname) history.replaceState(history.state, "", at + location.search + location.hash);
  if (was !== data.status) tell("say", { text: t(`line.${data.status}`), bad: data.status === "gone" });
  tell("standing", {});
  if (role === data.role) return;
  tell("role", { role: data.role ?? "" });
  tell("say", { text: t(`role.${data.role}`) });
}

/** Says that this person has no rights here any more. Typed words are on this device, and can be copied. */
function gone(screen: HTMLElement): void {
  if (!screen.dataset.role) return;
  Object.assign(screen.dataset, { role: "", standing: "" }); // so that the frame is out of date if the person is added again
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
