"""A post without a headline is called by its first sentence, whole; a cut for length is between words."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.core.events import PostKind
from asithappened.core.state import PostState
from asithappened.render import post as render
from asithappened.render.edition import edition_of
from asithappened.render.sentences import first_sentence
from asithappened.render.words import cut, label_of, shorten
from tests.render.blogs import blog, p, parts_of, post


def corpus() -> list[tuple[str, str, str]]:
    """Return (language, text, its first sentence) of every line of sentences.txt."""
    language, found = "", []
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            language = line[3:]
        elif line and not line.startswith("#"):
            found.append((language, line.replace("|", "", 1), line.partition("|")[0].strip()))
    return found


CASES = corpus()


def test_the_corpus_is_of_many_languages() -> None:
    assert len(CASES) >= 280
    assert len({language for language, _, _ in CASES}) >= 30


@pytest.mark.parametrize(("language", "text", "sentence"), CASES)
def test_a_first_sentence_is_whole(language: str, text: str, sentence: str) -> None:
    assert first_sentence(text, language) == sentence


HARD = st.text("ab AZ.!?…。” “\"'’«»()「」19\u00a0é\u0301", max_size=60) | st.lists(
    st.sampled_from(["Dr. ", "z. B. ", "“Yes. ", "No.” ", "U.S. ", "(a. ", "b.) ", "The end. ", "« Oui. » ", "10. "])
).map("".join)


@given(HARD, st.sampled_from(["", "en", "de", "fr", "el", "zh-Hant"]))
def test_a_first_sentence_is_how_the_text_begins_and_ends_in_a_mark_or_with_the_text(text: str, language: str) -> None:
    sentence = first_sentence(text, language)
    assert text.strip().startswith(sentence)
    assert sentence == text.strip() or sentence[-1] in ".!?…。;\"'’”“«»)」"
    assert bool(sentence) == bool(text.strip())


@given(HARD)
def test_a_first_sentence_has_only_one(text: str) -> None:
    sentence = first_sentence(text, "en")
    assert first_sentence(sentence, "en") == sentence


@given(st.sampled_from(["“{}”", "«{}»", "« {} »", "„{}“", "»{}«", "「{}」", '"{}"', "({})", "‘{}’", "”{}”"]))
def test_no_quotation_loses_its_closing_mark(marks: str) -> None:
    quoted = marks.format("We are safe. Nobody is hurt.")
    assert first_sentence(f"{quoted} Then he left.", "en") == quoted
    assert first_sentence(f"She said: {quoted} Then he left.", "en") == f"She said: {quoted}"


@pytest.mark.parametrize(
    "hostile", ["a. ", "“", "(", ").", '". ', "Dr. ", ".", "z.B. ", "« ", ". »", "1. ", "A.", "。「", "‘a’ ", "\u0301"]
)
def test_a_hostile_text_is_looked_at_no_further_than_a_page(hostile: str) -> None:
    looked = first_sentence(hostile * 100_000, "en")
    assert looked == (hostile * 100_000).strip() or len(looked) <= 1_000


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


def test_every_mark_that_unicode_says_ends_a_sentence_in_a_living_script_ends_one() -> None:
    for mark in "!.?։؟۔।။።፧៕‼⁇⁈⁉。！？｡":
        assert unicodedata.category(mark) == "Po"
        assert first_sentence(f"Aaa bbb{mark} Ccc", "en") == f"Aaa bbb{mark}"
