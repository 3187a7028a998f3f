"""Promises of `media.cards.typesetting`: no line is too wide, and no letter is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from asithappened.media.cards.fonts import SERIF
from asithappened.media.cards.typesetting import Type, broken, fitted, shortened

WIDTH = 12
HEADLINE = Type(face=SERIF, size=0, direction="ltr", language="en")
TEXTS = st.lists(st.text(alphabet="abcdé-", min_size=1, max_size=20), min_size=1, max_size=8).map(" ".join)


def measure(text: str) -> float:
    """Measure as a typewriter does."""
    return len(text)


@given(TEXTS)
def test_lines_are_no_wider_than_they_may_be_and_have_every_letter(text: str) -> None:
    lines = broken(text, measure, WIDTH)
    assert all(0 < len(line) <= WIDTH for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_line_ends_after_a_word_or_a_hyphen_and_inside_a_word_only_where_none_fits() -> None:
    assert broken("storm-battered coast", measure, WIDTH) == ["storm-", "battered", "coast"]
    assert broken("a Donaudampfschiff", measure, WIDTH) == ["a", "Donaudampfsc", "hiff"]


def test_an_accent_stays_with_its_letter() -> None:
    assert broken("abcdefghijke\u0301", measure, WIDTH) == ["abcdefghijk", "e\u0301"]


@given(TEXTS)
def test_what_is_shortened_fits_and_says_so(text: str) -> None:
    short = shortened(text, measure, WIDTH)
    assert len(short) <= WIDTH
    assert short == text or short.endswith("…")


def test_what_is_shortened_is_cut_between_words_and_loses_what_hangs_loose() -> None:
    assert shortened("Storm nears, the coast", measure, 13) == "Storm nears…"
    assert shortened("Storm nears", measure, 99, cut=True) == "Storm nears…"


def test_a_headline_is_set_in_the_largest_letters_in_which_it_fits() -> None:
    sizes = (80, 60, 40)
    few = fitted("Storm", HEADLINE, sizes=sizes, width=600, height=300, most=3)
    many = fitted("Storm nears the coast " * 8, HEADLINE, sizes=sizes, width=600, height=300, most=3)
    assert few.type.size == 80
    assert few.lines == ["Storm"]
    assert many.type.size == 40
    assert len(many.lines) == 3
    assert many.lines[-1].endswith("…")
    assert fitted("", HEADLINE, sizes=sizes, width=600, height=300, most=3).lines == ()
