"""What the bytes of posts depend on: a language that is printed in its own way or in English, and paths that stay."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from asithappened.published.layout import ADDRESS_SLOT
from asithappened.render.edition import Edition, absolute, comma, spoken
from asithappened.render.times import moment

WINTER = datetime(2026, 1, 4, 14, 1, tzinfo=UTC)


def edition(language: str, zone: str) -> Edition:
    """Return an edition of no blog in particular."""
    return Edition(slug="s", language=language, zone=zone)


@pytest.mark.parametrize("language", ["en-GB-oxendict", "zh-Hant-TW", "xx", "abcdefgh-1", "iw"])
def test_any_language_tag_that_a_blog_may_have_prints_something(language: str) -> None:
    assert moment(WINTER, edition(language, "UTC")) is not None


@pytest.mark.parametrize(
    ("language", "furniture", "foreign"), [("de-AT", "de", False), ("AR-eg", "ar", False), ("fa", "en", True)]
)
def test_the_furniture_is_in_the_blogs_language_where_it_is_translated(
    language: str, furniture: str, foreign: bool
) -> None:
    assert (spoken(language), edition(language, "UTC").foreign) == (furniture, foreign)


@pytest.mark.parametrize(
    ("language", "between"), [("ar-EG", "\u060c "), ("fa", "\u060c "), ("de", ", "), ("arn", ", ")]
)
def test_a_list_has_the_comma_of_its_writing(language: str, between: str) -> None:
    assert comma(language) == between


def test_a_file_of_a_post_lies_below_it_for_readers_and_by_itself_for_the_desk() -> None:
    shown = edition("en", "UTC")
    assert shown.media_path("p1", "abcd", "0f" * 32, "640.webp") == "/live/s/p/p1/media/abcd/0f0f0f0f/640.webp"
    at_the_desk = replace(shown, desk=True)
    assert at_the_desk.media_path("p1", "abcd", "0f" * 32, "640.webp") == "/desk/live/s/media/abcd/640.webp"
    assert shown.portrait_path("abcd", "0f" * 32, "320.webp") == "/live/s/people/abcd/0f0f0f0f/320.webp"


def test_an_address_is_whole_and_ends_no_attribute() -> None:
    assert absolute('/a"b') == f"{ADDRESS_SLOT}/a&quot;b"
