"""Promises of `media.cards.fonts`: what no face has is left out, and never a box; letters of Arabic join."""

import pytest

from asithappened.media.cards import fonts
from asithappened.media.cards.fonts import SERIF, printable
from asithappened.media.cards.layout import layout
from tests.media.cards.cases import WORDS, card, headline_of

needs_shapes = pytest.mark.skipif(not fonts.shapes(), reason="Pillow finds no fribidi here, which sets Arabic")


@needs_shapes
def test_letters_of_arabic_join() -> None:
    face = fonts.font(SERIF, 60)
    together = face.getlength("سلام", direction="rtl", language="ar")
    alone = sum(face.getlength(letter, direction="rtl", language="ar") for letter in "سلام")
    assert together < 0.8 * alone


def test_what_no_face_has_is_left_out_and_never_a_box() -> None:
    assert printable("🚨 Storm ✅ 🇺🇦 1️⃣", SERIF) == "Storm 1"
    assert printable("台风登陆", SERIF) == ""
    assert printable("Storm 台风", SERIF) == ""  # half of a headline says something else
    assert printable("\u202eStorm\x07\ufeff \u2066nears\n now", SERIF) == "Storm nears now"
    shown = layout(card("台风登陆", "zh", when="2026年11月22日"), WORDS, on_picture=False)
    assert {text.text for text in headline_of(shown)} == {WORDS.site}
