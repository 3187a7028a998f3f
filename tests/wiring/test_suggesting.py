"""Promises of reading a file for suggestions: a page post by post, any other text as one, and code not at all."""

import pytest

from asithappened.importers.found import ImportRefused
from asithappened.wiring.suggesting import blog_in, of_found
from tests.importers.formats.page_text.pages import read


def test_a_page_that_was_saved_as_text_is_its_posts_and_another_text_is_one() -> None:
    found = read()
    view = of_found(found, "de")
    assert [post.number for post in view.posts] == list(range(1, len(found.posts) + 1))
    assert (view.language, view.posts[0].summary) == ("de", True)
    one = blog_in(b"Ada Quill said 12 boats had sunk.", "en")
    assert [post.text for post in one.posts] == ["Ada Quill said 12 boats had sunk."]


def test_a_text_that_begins_with_less_than_a_number_is_no_markup() -> None:
    assert blog_in(b"< 12 homes are dark.", "en").posts[0].text == "< 12 homes are dark."


def test_a_page_of_posts_without_a_headline_loses_none_of_them() -> None:
    page = "Police said 12 were killed.\n\nA mayor said 3 were hurt.\n\nUpdated\n\nPolice said nine were killed.\n"
    first, second = blog_in(page.encode(), "en").posts
    assert ("12" in first.text, "3 were hurt" in first.text) == (True, True)
    assert second.text == "Police said nine were killed."


@pytest.mark.parametrize("raw", [b'{"a": 1}', b"  <html>", b"", b"\x00\x01\x02"])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(ImportRefused):
        blog_in(raw, "en")
