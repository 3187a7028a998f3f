"""A post without a headline is called by its first sentence; a cut for length is between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.events import PostKind
from asithappened.core.state import PostState
from asithappened.render import post as render
from asithappened.render.edition import edition_of
from asithappened.render.words import cut, label_of, shorten
from tests.render.blogs import blog, p, parts_of, post


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("The water is rising.", 40, "The water is rising."),
        ("The water is rising fast.", 20, "The water is rising…"),
        ("The water, it seems, is rising.", 12, "The water…"),
        ("He said: “We are staying.”", 10, "He said…"),
        ("He said “We are staying.”", 9, "He said…"),
        ("About 10\u00a0000 people", 12, "About…"),
        ("水位が上がっている。港は閉まっている。", 8, "水位が上がって…"),
        ("NHK 水位が上がっている。港は閉まっている。", 12, "NHK 水位が上がって…"),
        ("น้ำกำลังขึ้น", 8, "น้ำกำลั…"),
        ("नमस्ते", 4, "नम…"),
        ("cafe\u0301cafe\u0301", 5, "caf…"),
        ("👩\u200d🚒👩\u200d🚒👩\u200d🚒", 5, "👩\u200d🚒…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("🇩🇪🇫🇷🇮🇹", 4, "🇩🇪…"),
        ("Donaudampfschifffahrtsgesellschaft", 10, "Donaudamp…"),
    ],
)
def test_a_cut_is_between_words_and_never_within_a_letter(text: str, limit: int, shown: str) -> None:
    assert shorten(text, limit) == shown


@given(st.text("ab \u0301\u200d👩🏽🇩🇪水क\u094d\u0930“(,", max_size=40), st.integers(2, 30))
def test_a_cut_keeps_to_its_limit_and_begins_as_the_text_does(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert len(shown) <= max(limit, 1)
    if shown != text:
        assert shown.endswith("…")
        assert text.startswith(shown[:-1])


def no_headline(words: str) -> PostState:
    """Return a key event without a headline."""
    return post(p(words), kind=PostKind.KEY_EVENT)


@pytest.mark.parametrize(
    ("language", "words", "name"),
    [
        (
            "en",
            "The U.S. Senate, led by J. D. Vance, has voted. More soon.",
            "The U.S. Senate, led by J. D. Vance, has voted.",
        ),
        ("de", "Am 3. Oktober wird gefeiert. Alle kommen.", "Am 3. Oktober wird gefeiert."),
        ("fr", "« L’eau monte.\u00a0» Le port est fermé.", "« L’eau monte.\u00a0»"),
        ("ja", "水位が上がっている。港は閉まっている。", "水位が上がっている。"),
    ],
)
def test_key_events_cards_and_structured_data_call_a_post_by_its_first_sentence(
    language: str, words: str, name: str
) -> None:
    shown, event = blog(language=language), no_headline(words)
    parts = parts_of(shown, pinned=event, summary=None, key_events=[event], newest=[event])
    assert label_of(event, language) == name
    assert f">{name}</span>" in parts["keyevents"].decode()
    assert f">{name}</a></h2>" in parts["pinned"].decode()
    assert f'"headline":"{name}"' in parts["jsonld"].decode()
    assert f"<title>{name} |" in render.card(edition_of(shown), event).decode()
