"""A post without a headline is called by its first sentence, whole; a cut for length is between words."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.render.sentences import first_sentence


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


def test_every_mark_that_unicode_says_ends_a_sentence_in_a_living_script_ends_one() -> None:
    for mark in "!.?։؟۔।။።፧៕‼⁇⁈⁉。！？｡":
        assert unicodedata.category(mark) == "Po"
        assert first_sentence(f"Aaa bbb{mark} Ccc", "en") == f"Aaa bbb{mark}"
