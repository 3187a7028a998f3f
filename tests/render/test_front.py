"""The front page: what stands around live blogs in each language, and what is said of each in its own."""

import pytest

from asithappened.core.state import Status
from asithappened.render.front import entry, layout
from tests.render.blogs import NOON, blog


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("de", "ltr"), ("ar", "rtl")])
def test_what_stands_around_the_blogs_is_in_the_houses_language(language: str, way: str) -> None:
    made = layout(language)
    assert f'lang="{language}" dir="{way}"' in made.whole
    assert len(made.sections) == 2
    assert layout("de").empty != layout("en").empty


def test_a_live_blog_says_when_it_moved_last_and_a_closed_one_which_day_it_was_of() -> None:
    live = entry(blog(title="Sturm <b>", language="de", zone="Europe/Berlin"), "en").decode()
    assert "Sturm &lt;b&gt;" in live
    assert "13:00" in live
    closed = entry(blog(status=Status.CLOSED, opened_at=NOON, updated_at=None), "en").decode()
    assert ">22 November 2026<" in closed
