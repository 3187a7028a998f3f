"""Where posts of a plain page end, and which boundaries are a guess."""

from asithappened.core.events import PostKind
from tests.importers.formats.page_text.pages import read, shape


def test_posts_end_at_updated_and_begin_at_headlines() -> None:
    found = read()
    assert [post.place for post in found.posts] == ["line 7", "line 17", "line 23", "line 27", "line 38"]
    assert [post.updated for post in found.posts] == [True, False, True, True, True]
    assert [post.title for post in found.posts] == ["Summary", "Ferries stop until Sunday", "", "", ""]
    assert found.posts[0].kind is PostKind.SUMMARY
    assert shape(found.posts[0]) == ["Paragraph", "BulletList"]


def test_a_guessed_boundary_is_reported_with_its_line() -> None:
    assert any(problem.startswith("uncertain boundary before line 23: ") for problem in read().problems)
