// The feed's keys (ARIA), which move from post to post, and a post's history shown below it. A separate script, fetched when
// the reader first focuses a post or opens a history. Without it the link leads to the history's page.

const posts = document.querySelector("[data-posts]")!;
const FOCUSABLE = "a[href],button,summary,input,select,textarea,iframe,audio[controls],video[controls]";

posts.addEventListener("keydown", (event) => {
  const { key, ctrlKey, target, altKey, metaKey, shiftKey, defaultPrevented } = event as KeyboardEvent;
  const from = target as Element;
  if (defaultPrevented || altKey || metaKey || shiftKey || from.matches("input,select,textarea,audio,video")) return;
  const post = from.closest("[data-posts] > *");
  let to: Element | null | undefined;
  if (ctrlKey) to = key === "End" ? outside(1) : key === "Home" ? outside(-1) : null;
  else to = key === "PageDown" ? post?.nextElementSibling : key === "PageUp" ? post?.previousElementSibling : null;
  if (!to) return; // at either end the page scrolls as usual
  event.preventDefault();
  if (to.parentElement === posts) (to as HTMLElement).tabIndex = -1;
  (to as HTMLElement).focus({ preventScroll: true });
  to.scrollIntoView({ block: ctrlKey ? "nearest" : "start", behavior: "instant" });
});

/** Finds the first focusable element after the feed (1), or the last before it (-1). */
function outside(way: 1 | -1): Element | undefined {
  const side = way === 1 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const all = [...document.querySelectorAll(FOCUSABLE)].filter(
    (one) => posts.compareDocumentPosition(one) === side && one.getClientRects().length,
  );
  return all[way === 1 ? 0 : all.length - 1];
}

/** Shows a post's public history below it, or removes it again, as the next edit of the post does. `shown`: the class of
    elements that this script adds. */
export async function toggleHistory(link: HTMLAnchorElement, shown: string): Promise<void> {
  const post = link.closest("article")!;
  const open = post.querySelector(`.${shown} > .history`);
  link.setAttribute("aria-expanded", String(!open));
  if (open) return open.parentElement!.remove();
  try {
    const answer = await fetch(link.pathname);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const history = document.importNode(page.getElementById("history")!, true);
    const box = document.createElement("div");
    for (const one of [history, ...history.querySelectorAll("[id]")]) one.id += `-${post.id}`;
    history.setAttribute("aria-labelledby", `history-title-${post.id}`);
    box.className = shown;
    box.append(history);
    post.querySelector(".annotations")!.before(box);
  } catch {
    location.href = link.href; // without a network, or if the post is gone; the page says which
  }
}
