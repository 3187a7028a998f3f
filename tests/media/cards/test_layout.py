"""Promises of `media.cards.layout`: every word stands whole inside the card, and on no other."""

import pytest

from asithappened.media.cards import fonts
from asithappened.media.cards.layout import MARGIN, RULE, Placed, layout
from asithappened.render.card_image import HEIGHT, WIDTH
from tests.media.cards.cases import HEADLINES, WORDS, card, headline_of


def apart(first: Placed, second: Placed) -> bool:
    """Say whether two texts cover nothing in common."""
    a, b = first.box(), second.box()
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.parametrize("on_picture", [False, True])
@pytest.mark.parametrize("name", HEADLINES)
def test_every_word_stands_inside_the_card_and_on_no_other(name: str, on_picture: bool) -> None:
    headline, language = HEADLINES[name]
    shown = card(headline, language, badge="Key event", live=True)
    placed = layout(shown, WORDS, on_picture=on_picture)
    assert placed.texts
    for text in placed.texts:
        left, top, right, bottom = text.box()
        # The slant of a letter may reach a little into the margin.
        assert left >= MARGIN - 8, text
        assert right <= WIDTH - MARGIN + 8, text
        assert top >= 20, text
        assert bottom <= HEIGHT - 20, text
    lines = headline_of(placed)
    others = [text for text in placed.texts if text not in lines]
    assert all(apart(line, other) for line in lines for other in others)
    assert all(apart(a, b) for a in others for b in others if a is not b)
    assert 0 < len(lines) <= (3 if on_picture else 4)


@pytest.mark.parametrize("name", ["short", "long", "word", "arabic", "chinese"])
def test_what_a_rows_card_says_below_its_headline_stands_inside_the_card_and_on_nothing_else(name: str) -> None:
    headline, language = HEADLINES[name]
    below = {"label": headline[:90], "source": f"{headline}; " * 3, "history": (40, 60, 100)}
    for more in (below, {**below, "history": ()}, {"source": headline}):
        placed = layout(card(headline, language, badge="False", **more), WORDS, on_picture=False)
        for text in placed.texts:
            left, top, right, bottom = text.box()
            assert MARGIN - 8 <= left <= right <= WIDTH - MARGIN + 8, text
            assert 20 <= top <= bottom <= HEIGHT - 20, text
        assert all(apart(a, b) for a in placed.texts for b in placed.texts if a is not b)
        lowest = max((text.box()[3] for text in placed.texts if text.y < RULE), default=0)
        assert all(lowest < y < RULE for _, y in placed.history)


@pytest.mark.parametrize("name", ["usual", "french", "ukrainian", "greek", "arabic", "hebrew", "mixed", "quoted"])
def test_a_headline_is_printed_whole_where_it_fits(name: str) -> None:
    if name in {"arabic", "hebrew", "mixed", "quoted"} and not fonts.shapes():
        pytest.skip("Pillow finds no fribidi here")
    headline, language = HEADLINES[name]
    lines = headline_of(layout(card(headline, language), WORDS, on_picture=False))
    assert " ".join(line.text for line in lines).replace("\u00a0", " ") == headline.replace("\u00a0", " ")


def test_a_headline_that_does_not_fit_ends_with_an_ellipsis_after_a_word() -> None:
    headline = " ".join(["indoors"] * 60)
    lines = headline_of(layout(card(headline), WORDS, on_picture=True))
    assert lines[-1].text.endswith("indoors…")


def test_lines_of_a_headline_are_of_about_one_length() -> None:
    headline = HEADLINES["usual"][0]
    widths = [line.box()[2] - line.box()[0] for line in headline_of(layout(card(headline), WORDS, on_picture=False))]
    assert len(widths) > 1
    assert min(widths) > 0.6 * max(widths)
