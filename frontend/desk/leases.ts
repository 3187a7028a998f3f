// The leases of posts that are edited in this page: taken when the composer appears, released when it goes. Owns the line
// in that composer that says who else edits, who asks for the post, or who took it over. Never touches words.

import { lease } from "./beat";
import { on, tell } from "./bus";
import type { Beat } from "./contracts";
import { composerOf, editedHere } from "./editing";
import { timeOf } from "./presence";
import { t } from "./words";

interface Way {
  label: string;
  act(): void;
}

/** The posts that have a composer here. `mine`: this tab has the lease, by the last beat. */
const edited = new Map<string, { mine: boolean; asked: boolean; taken: boolean; note: string }>();

function look(): void {
  const posts = new Set(editedHere().posts);
  for (const post of posts) {
    if (edited.has(post)) continue;
    edited.set(post, { mine: false, asked: false, taken: false, note: "" });
    lease("take", post);
  }
  for (const [post, { mine }] of edited) {
    if (posts.has(post)) continue;
    edited.delete(post);
    if (mine) lease("release", post);
  }
}

/** Shows a sentence in the composer of a post; "" removes it. The same sentence again changes nothing, not the focus. */
function note(post: string, text: string, ways: Way[] = []): void {
  const form = composerOf(post);
  const state = edited.get(post);
  if (!form || !state || state.note === text) return;
  let place = form.querySelector<HTMLElement>("[data-lease-note]");
  if (!place) {
    place = document.createElement("div");
    place.className = "lease-note";
    place.dataset.leaseNote = "";
    place.append(document.createElement("p"));
    place.firstElementChild!.setAttribute("role", "status");
    form.prepend(place);
  }
  state.note = text;
  place.hidden = !text;
  for (const old of place.querySelectorAll("button")) old.remove();
  const line = place.querySelector("p")!;
  setTimeout(() => (line.textContent = text)); // a live region is announced only if it exists before its words
  for (const { label, act } of ways) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = label;
    button.addEventListener("click", act);
    place.append(button);
  }
}

function takeOver(post: string, label: string): Way {
  return {
    label,
    act: () => {
      const state = edited.get(post);
      if (state) Object.assign(state, { taken: false, asked: false });
      lease("take_over", post);
    },
  };
}

function held(post: string, by: Beat["leases"][number]): void {
  const state = edited.get(post)!;
  const at = timeOf(by.since);
  if (state.taken) return note(post, t("lease.taken", { name: by.name, at }), [takeOver(post, t("lease.back"))]);
  if (by.me) return note(post, t("lease.held_me", { at }), [takeOver(post, t("lease.take"))]);
  if (state.asked) return note(post, t("lease.asked", { name: by.name }), [takeOver(post, t("lease.take"))]);
  const ask: Way = {
    label: t("lease.ask"),
    act: () => {
      state.asked = true;
      lease("ask", post);
      held(post, by);
    },
  };
  note(post, t("lease.held", { name: by.name, at }), [ask, takeOver(post, t("lease.take"))]);
}

on("beat", (beat) => {
  look();
  const by = new Map(beat.leases.map((one) => [one.post, one]));
  for (const [post, state] of edited) {
    const now = by.get(post);
    if (now && !now.mine) {
      state.taken ||= state.mine; // with or without a notice: this tab had it a moment ago
      state.mine = false;
      held(post, now);
    } else if (now) {
      if (!state.mine) note(post, "");
      Object.assign(state, { mine: true, asked: false, taken: false });
    } else {
      state.mine = false; // it expired while this tab was silent, or its holder released it
      lease("take", post);
    }
  }
  for (const { what, name, post } of beat.told) {
    if (what !== "asked" || !edited.get(post)?.mine) continue;
    const done: Way = { label: t("lease.seen"), act: () => note(post, "") };
    if (composerOf(post)) note(post, t("lease.wanted", { name }), [done]);
    else tell("say", { text: t("lease.wanted", { name }) });
  }
});

const timeline = document.querySelector("[data-timeline]");
if (timeline) {
  new MutationObserver(look).observe(timeline, { childList: true, subtree: true });
  addEventListener("pagehide", () => edited.clear()); // the tab releases all of them; see beat.ts
}
