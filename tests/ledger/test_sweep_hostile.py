"""A sweep of hostile text raises nothing, answers exactly, and twice the text is little more than twice the work."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.ledger.changes import Change, Corrected, Moved, Stale, Switched, Value, plain
from asithappened.ledger.stale.sweep import contradictions, sweep
from tests.counted import counted
from tests.ledger.test_hostile import HOSTILE

AT = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)
CHANGES: list[Change] = [
    Moved(key="m", label="people killed, Paris", counted="people", outcome="killed", places=("Paris",),
          old=(Value(value=12), Value(value=63)), new=Value(value=89)),
    Switched(key="s", label="road", places=("Paris",), old=(Value(words="closed"),), new=Value(words="open")),
    Corrected(key="c", was="and he said that", now="and she said that", sentence="Then and he said that again."),
    Corrected(key="d", was="63", now="89"),
]  # fmt: skip
MORE = {
    "old figures": lambda n: "63 killed " * (n // 10),
    "old figures in sentences": lambda n: "63 were killed in Paris. " * (n // 25),
    "old figures marked": lambda n: "63 killed, previously 12, said on Monday not 63, " * (n // 48),
    "states": lambda n: "the road is closed, the road in Paris " * (n // 38),
    "timeline": lambda n: "09:10 – 63 killed\n\n" * (n // 20),
    "led to": lambda n: "On Monday he said:\n\n63 killed\n\n" * (n // 31),
}


def answered(words: str, language: str = "en") -> list[Stale]:
    text = plain("a", words, at=AT)
    return [*sweep(CHANGES, [text], language), *contradictions(text, CHANGES, language)]


def work(words: str) -> int:
    """Count the work of a sweep."""
    answered("63 people were killed in Paris. The road is closed.")  # lists of words are loaded, and patterns made
    return counted(lambda: answered(words))


@pytest.mark.parametrize("name", [*HOSTILE, *MORE])
def test_twice_the_text_is_little_more_than_twice_the_work(name: str) -> None:
    text: Callable[[int], str] = {**HOSTILE, **MORE}[name]
    once, twice = work(text(750)), work(text(1_500))
    assert twice < 2.4 * once + 2_000, f"{once:,} and {twice:,}"


WORDS = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            ["63", "89", "killed", "people", "road", "closed", "and", "he", "said", "that", "Paris", "£63", "63%", ":",
              "not", "–", "(", "”", "“", "İ", "٦٣", "６３", "½", "\ud800", "sixty-three", "dreiundsechzig", "on Monday",
             "\n\n"]
        ),
        max_size=30,
    ).map(" ".join),
)  # fmt: skip


@given(words=WORDS, language=st.sampled_from(["en", "de", "es", "fr", "ar"]))
@settings(max_examples=60, deadline=None)
def test_whatever_a_text_holds_every_answer_is_exact(words: str, language: str) -> None:
    text = plain("a", words, at=AT)
    for one in answered(words, language):
        assert 0 <= one.start < one.end <= len(text.view.text)
        assert text.view.text[one.start : one.end] == one.exact
        assert text.view.text[one.sentence_start :].startswith(one.sentence)
        assert one.exact in text.view.text
        assert one.replacement
