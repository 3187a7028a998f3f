"""Whether an open page equals a fresh one.

Owns the comparison: each post and part against those of a freshly fetched document, without the attributes that the
script adds (frontend/reader/client-only.ts).
"""

import re
import time
from pathlib import Path

from playwright.sync_api import Page

HANG_S = 40.0
"""Only catches a hang; it is not a deadline."""
_SOURCE = Path(__file__).resolve().parents[2] / "frontend/reader/client-only.ts"


def client_only() -> list[str]:
    """Return the script's own list."""
    found = re.search(r"CLIENT_ONLY[^=]*= (\[[^\]]*\])", _SOURCE.read_text())
    assert found
    return re.findall(r'"([^"]+)"', found[1])


_COMPARE = """async ([names, reveal]) => {
  const button = document.querySelector("button.news");
  if (reveal && button && !button.hidden) button.click();
  const bare = (node) => {
    const copy = node.cloneNode(true);
    copy.querySelectorAll("time > .yours, .shown").forEach((mine) => mine.remove());
    const all = [copy, ...copy.querySelectorAll("*")];
    for (const element of all) for (const name of names) element.removeAttribute(name);
    for (const element of all) for (const name of ["src", "srcset", "poster"]) {
      if (element.hasAttribute("data-" + name)) element.removeAttribute(name);
    }
    return copy.outerHTML;
  };
  const text = async (path) => {
    const answer = await fetch(path, { cache: "no-store" });  // a browser's copy may be some seconds old
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };
  const wrong = [];
  const live = new Map([...document.querySelectorAll("[data-posts] > *")].map((post) => [post.id, post]));
  const order = [...live.keys()];
  const seen = [];
  let path = location.pathname, fresh = await text(path);
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    const mine = document.querySelector(`[data-part="${name}"]`);
    if (bare(mine) !== bare(part)) wrong.push(["part " + name, bare(mine), bare(part)]);
  }
  for (let first = true; ; first = false) {
    for (const post of fresh.querySelectorAll("[data-posts] > *")) {
      const mine = live.get(post.id);
      if (!mine && first) wrong.push(["missing " + post.id]);
      if (mine) {
        seen.push(post.id);
        if (bare(mine) !== bare(post)) wrong.push([post.id, bare(mine), bare(post)]);
        live.delete(post.id);
      }
    }
    const older = fresh.querySelector(".pager [rel=next]");
    if (!live.size || !older) break;
    fresh = await text(older.getAttribute("href"));
  }
  for (const id of live.keys()) wrong.push(["too many " + id]);
  if (String(seen) !== String(order)) wrong.push(["order", order, seen]);
  return wrong;
}"""


def differences(page: Page, *, reveal: bool = True) -> list[list[str]]:
    """Return what differs between the open page, when all is revealed, and the same page fetched afresh.

    What was published may still be on its way to the page, or wait for the screen's next frame: so it returns as soon
    as nothing differs, and what does if that never comes.
    """
    end = time.monotonic() + HANG_S
    while True:
        found: list[list[str]] = page.evaluate(_COMPARE, [client_only(), reveal])
        if not found or time.monotonic() > end:
            return found
        page.wait_for_timeout(50)  # the page's own time has no event to wait on
