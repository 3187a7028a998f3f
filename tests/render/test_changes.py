"""The comparison of two versions: no word is lost, none invented, and many lines cost no more than they should."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.render.changes import Changed, Line, Version, changed
from tests.counted import counted

WORDS = st.text("ab 1,.’é\n<&", max_size=14)


LINES = st.lists(st.builds(Line, look=st.sampled_from(["text", "quote", "item"]), text=WORDS), max_size=6)

# Hundreds of times the same few words, as somebody repeats them by holding Ctrl-V.
REPEATED = st.lists(
    st.builds(
        lambda words, times, end: Line(look="text", text=words * times + end),
        st.text("ab ,", min_size=1, max_size=8),
        st.integers(100, 600),
        st.text("abc ", max_size=6),
    ),
    max_size=3,
)


def lines(*texts: str) -> Version:
    return Version(lines=tuple(Line(look="text", text=text) for text in texts))


def side(lines: tuple[Changed, ...], without: str) -> list[str]:
    """Return the lines without what has a mark; a line of which nothing is left does not count."""
    kept = ("".join(piece.text for piece in line.pieces if piece.mark != without) for line in lines
            if not all(piece.mark == without for piece in line.pieces))  # fmt: skip
    return list(kept)


@given(LINES, LINES)
def test_no_word_is_lost_and_none_invented(old: list[Line], new: list[Line]) -> None:
    shown = changed(Version(lines=tuple(old)), Version(lines=tuple(new)))
    assert [t for t in side(shown, "ins") if t] == [line.text for line in old if line.text]
    assert [t for t in side(shown, "del") if t] == [line.text for line in new if line.text]


@settings(max_examples=30)
@given(REPEATED, REPEATED)
def test_no_repeated_word_is_lost_and_none_invented(old: list[Line], new: list[Line]) -> None:
    shown = changed(Version(lines=tuple(old)), Version(lines=tuple(new)))
    assert [t for t in side(shown, "ins") if t] == [line.text for line in old]
    assert [t for t in side(shown, "del") if t] == [line.text for line in new]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(lines("a b " * 300), lines("b c " * 300), id="a few hundred repeated words"),
        pytest.param(lines("ab " * 20_000), lines("ab " * 10_000 + "c " * 10_000), id="as long as a post may be"),
        pytest.param(
            lines(*(f"a b c {n}" for n in range(900))),
            lines(*(f"c a b {n + 900}" for n in range(900))),
            id="many lines",
        ),
        pytest.param(
            lines(*("a b c d " * 40 + f"{n}" for n in range(40))),
            lines(*("d b a c " * 40 + f"{n + 40}" for n in range(40))),
            id="many paragraphs",
        ),
    ],
)
def test_the_work_is_bounded_whatever_the_words_are(old: Version, new: Version) -> None:
    assert counted(lambda: changed(old, new)) <= 1_500_000


def test_one_changed_word_is_found_in_the_longest_paragraph_of_repeated_words() -> None:
    (shown,) = changed(lines("and so on " * 3_000 + "63 dead" + " and so on" * 3_000),
                       lines("and so on " * 3_000 + "89 dead" + " and so on" * 3_000))  # fmt: skip
    assert [(piece.mark, piece.text) for piece in shown.pieces if piece.mark] == [("del", "63"), ("ins", "89")]


def test_neighbouring_words_are_one_change() -> None:
    (shown,) = changed(lines("Rescuers found 63 men in the hall."), lines("Rescuers found 89 women in the hall."))
    marked = [(piece.mark, piece.text) for piece in shown.pieces if piece.mark]
    assert marked == [("del", "63 men"), ("ins", "89 women")]


def test_many_equal_lines_are_compared_in_steps_that_grow_as_they_do() -> None:
    def steps(number: int) -> int:
        old = Version(lines=tuple(Line(look="text", text="x") for _ in range(number)))
        new = Version(lines=tuple(Line(look="text", text=f"u{n}" if n % 2 else "x") for n in range(number)))
        return counted(lambda: changed(old, new))

    assert steps(800) <= 2.4 * steps(400) + 1_000
