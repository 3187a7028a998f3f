"""The comparison of two versions: no word is lost, none invented, and many lines cost no more than they should."""

from hypothesis import given
from hypothesis import strategies as st

from asithappened.render.changes import Changed, Line, Version, changed
from tests.counted import counted

WORDS = st.text("ab 1,.’é\n<&", max_size=14)


LINES = st.lists(st.builds(Line, look=st.sampled_from(["text", "quote", "item"]), text=WORDS), max_size=6)


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


def test_many_equal_lines_are_compared_in_steps_that_grow_as_they_do() -> None:
    def steps(number: int) -> int:
        old = Version(lines=tuple(Line(look="text", text="x") for _ in range(number)))
        new = Version(lines=tuple(Line(look="text", text=f"u{n}" if n % 2 else "x") for n in range(number)))
        return counted(lambda: changed(old, new))

    assert steps(800) <= 2.4 * steps(400) + 1_000
