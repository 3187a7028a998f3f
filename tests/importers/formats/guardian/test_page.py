"""A Content API item's HTML: blocks with ids or without, pages from before blocks, and plain articles."""

from asithappened.core import body as b
from tests.importers.files import item
from tests.importers.formats.guardian.read_back import imported


def test_posts_without_ids_are_numbered_from_the_oldest_and_keep_their_ids_when_newer_ones_come() -> None:
    old = "".join(f"<div class='block'><h2 class='block-title'>No {n}</h2><p>Words {n}.</p></div>" for n in (2, 1))
    more = f"<div class='block'><p>Words 3.</p></div>{old}"
    first, second = imported(item(html=old)), imported(item(html=more))
    assert [post.id for post in second.posts][1:] == [post.id for post in first.posts]
    assert first.posts[-1].id.startswith("1-")
    assert first.made_ids


def test_a_page_from_before_blocks_is_divided_at_its_clock_times() -> None:
    html = "<p>Welcome.</p><p><strong>9.05am:</strong> Rain.</p><p>Much of it.</p><p><strong>1.15pm:</strong> Sun.</p>"
    found = imported(item(html=html))
    assert [b.plain(post.body) for post in found.posts] == ["1.15pm: Sun.", "9.05am: Rain.\n\nMuch of it.", "Welcome."]
    assert {post.published_at for post in found.posts} == {None}


def test_an_article_becomes_one_post_and_says_so() -> None:
    found = imported(item(html="<p>One long read.</p>"))
    assert [b.plain(post.body) for post in found.posts] == ["One long read."]
    assert any("article" in problem for problem in found.problems)
