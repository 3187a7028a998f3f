"""A page saved as plain text comes back to life: each line stands as what it is, in the post it belongs to."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.importers.test_recorded import SEED_POSTS, SEED_QUOTES
from tests.journeys.conftest import Open
from tests.journeys.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.data]

SLUG = "seed"
EMBEDS, CAPTIONS, ALTS = (261, 275, 287), (148, 163, 320), (147, 162, 319)
SUMMARIES = (7, 85, 237, 402)  # by the line at which they begin: closing, two in the middle, opening
LAST = "Contributors"
# What a reader sees of each post: its kinds of line, from what the browser made of the page.
SEEN = """() => {
  const kinds = [
    ["caption", ".picture figcaption"], ["alt", ".picture .alt"], ["embed", ".social"], ["quote", "blockquote"],
    ["item", "li"], ["title", "h2"], ["updated", ".updated"], ["words", "p"],
  ];
  return [...document.querySelectorAll("[data-posts] > article")].map((post) => {
    const lines = [];
    const walk = (node) => {
      const kind = kinds.find(([, selector]) => node.matches(selector));
      if (!kind) return [...node.children].forEach(walk);
      const inner = kind[0] === "quote" || kind[0] === "embed" ? [...node.querySelectorAll("p")] : [];
      if (kind[0] === "embed") lines.push(["sender", node.querySelector("figcaption").innerText]);
      for (const each of inner.length ? inner : [node]) lines.push([kind[0], each.innerText]);
    };
    walk(post);
    return {lines, classes: post.className, alts: [...post.querySelectorAll("img")].map((img) => img.alt)};
  });
}"""


def plain(line: str) -> str:
    """Return a line without what is only white space, or a bullet."""
    return re.sub(r"\s+", " ", line).strip().removeprefix("• ")


def test_every_line_of_the_seed_is_what_it_is_and_where_it_belongs(
    shared_data: Path, installation: Installation, read: Open
) -> None:
    (file,) = sorted((shared_data / "seed").glob("*.txt"))
    lines = file.read_text("utf-8").splitlines()
    report = installation.as_json("import", str(file), "--as", "page-text", "--slug", SLUG)
    assert (report["posts"], report["live"]) == (42, False)

    page = read(f"{installation.url}/live/{SLUG}/")
    posts = seen_on(page)
    assert page.locator(".pager [rel=next]").count() == 0, "a page holds so many"
    starts = [int(start) for start in SEED_POSTS.split()]
    assert len(posts) == len(starts)

    end = next(number for number, line in enumerate(lines, 1) if number > starts[-1] and line.strip() == LAST)
    quotes = {number for each in SEED_QUOTES for number in each}
    for post, start, after in zip(posts, starts, [*starts[1:], end], strict=True):
        assert ("post-summary" in post["classes"]) == (start in SUMMARIES), start
        for number in range(start, after):
            line = lines[number - 1]
            if not line.strip() or line.strip() == "Article image" or number in ALTS:
                continue
            if said_by := re.match(r"— (.+) \((@\w+)\) (\w+ \d+), (\d{4})$", line.strip()):
                name, handle, day, year = said_by.groups()
                sender, *_ = [words for kind, words in post["lines"] if kind == "sender" and handle in words]
                assert name in sender, number
                assert " ".join(reversed(day.split())) in sender, number
                assert year in sender, number
                continue
            kinds = [kind for kind, said in post["lines"] if plain(line) in plain(said)]
            if number in quotes:
                assert "quote" in kinds, number
            elif number in EMBEDS:
                assert kinds == ["embed"], number
            elif number in CAPTIONS:
                assert kinds == ["caption"], number
            elif line.lstrip().startswith("•"):
                assert kinds == ["item"], number
            elif line.strip() == "Updated":
                assert kinds == ["updated"], number
            else:
                assert kinds, number

    text = [plain(line) for line in installation.command("page-text", SLUG).splitlines() if line.strip()]
    furniture = {"The GuardianTramp", "Article image"}
    assert text == [plain(line) for line in lines if line.strip() and line.strip() not in furniture]


def seen_on(page: Page) -> list[dict[str, Any]]:
    """Return what a reader sees of each post of a page, which is no wider than a phone or a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    posts: list[dict[str, Any]] = page.evaluate(SEEN)
    return posts
