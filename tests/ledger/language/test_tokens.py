"""Tokens and sentences, and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.ledger.language.tokens import read


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The mayor’s office didn’t answer.", ["The", "mayor", "’s", "office", "didn’t", "answer", "."]),
        ("U.S. officials, at 3.15pm", ["U.S.", "officials", ",", "at", "3.15", "pm"]),
        ("“No,” she said…", ["“", "No", ",", "”", "she", "said", "…"]),
        ("@fire_dept: 1,200 ha burnt #fires", ["@fire_dept", ":", "1,200", "ha", "burnt", "#fires"]),
        ("A well-known AC/DC and R&B fan", ["A", "well-known", "AC/DC", "and", "R&B", "fan"]),
        ("see https://example.org/a?b=1. Now", ["see", "https://example.org/a?b=1.", "Now"]),
        ("Wait... what?", ["Wait", "...", "what", "?"]),
    ],
)
def test_words_numbers_and_marks_are_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in read(text).tokens] == tokens


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. It poured.", ["It rained.", "It poured."]),
        ("Mr. Osei and Dr. B. Lind left. Nobody saw.", ["Mr. Osei and Dr. B. Lind left.", "Nobody saw."]),
        ("“It is over.” She left.", ["“It is over.”", "She left."]),
        ("“Is it over?” she asked. He nodded.", ["“Is it over?” she asked.", "He nodded."]),
        ("They left the U.S. The trip took days.", ["They left the U.S.", "The trip took days."]),
        ("A U.S. Navy ship sank.", ["A U.S. Navy ship sank."]),
        ("Prices rose by 3.5%. Wages did not.", ["Prices rose by 3.5%.", "Wages did not."]),
        ("Full time\nWhat a match", ["Full time", "What a match"]),
        ("He paused … and went on.", ["He paused … and went on."]),
        ("Das gilt bzw. Galt. Mehr dazu.", ["Das gilt bzw. Galt.", "Mehr dazu."]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_would_pause(text: str, sentences: list[str]) -> None:
    assert [text[sentence.start : sentence.end] for sentence in read(text).sentences] == sentences


@given(st.text(alphabet=st.sampled_from("aB1 .,’'“”\n-@#&/…?:é中\u0301"), max_size=80) | st.text(max_size=80))
def test_tokens_are_exact_in_order_and_each_in_one_sentence(text: str) -> None:
    tokens = read(text)
    end = 0
    for token in tokens.tokens:
        assert text[token.start : token.end] == token.text
        assert not text[end : token.start].strip()
        end = token.end
    assert not text[end:].strip()
    assert [n for s in tokens.sentences for n in range(s.first, s.last)] == list(range(len(tokens.tokens)))


@pytest.mark.parametrize("piece", ["a", "a’", "a.", "1,", ".", "”", "a-", "https://", "Mr. ", "…” "])
def test_hostile_text_is_read_once(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert sum(len(token.text) for token in read(text).tokens) == len("".join(text.split()))
