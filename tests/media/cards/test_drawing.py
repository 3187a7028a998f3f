"""Promises of a drawn card: its words stand whole inside it, can be read, and run the way they are written."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from asithappened.media.cards import fonts
from asithappened.media.cards.drawing import MOST_BYTES, background, cropped, draw, painted
from asithappened.media.cards.layout import MARGIN, Colour, Layout, Words, layout
from asithappened.render.card_image import HEIGHT, WIDTH
from asithappened.wiring.doctor import media as doctor
from tests.media.cards.cases import HEADLINES, WORDS, Disk, card, headline_of

needs_shapes = pytest.mark.skipif(not fonts.shapes(), reason="Pillow finds no fribidi here, which sets Arabic")


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    """Have an empty disk."""
    return Disk(tmp_path)


def test_a_card_of_which_nothing_can_be_printed_is_a_face_without_words() -> None:
    shown = card("台风", "zh", when="")
    assert layout(shown, Words(site="新聞", above="台风"), on_picture=False).texts == []
    assert Image.open(BytesIO(draw(shown, Words(site="新聞"), lambda *_: None))).size == (WIDTH, HEIGHT)


@needs_shapes
@pytest.mark.parametrize("name", ["arabic", "persian", "urdu", "hebrew", "mixed"])
def test_a_headline_that_runs_to_the_left_begins_at_the_right_margin(name: str) -> None:
    headline, language = HEADLINES[name]
    placed = layout(card(headline, language), WORDS, on_picture=False)
    drawn = painted(background(None, 0), Layout(texts=headline_of(placed), pill=None, top=0), ruled=False)
    ink = drawn.crop((0, 100, WIDTH, HEIGHT)).convert("L").point(lambda value: 255 if value < 120 else 0)
    left, _, right, _ = ink.getbbox() or (0, 0, 0, 0)
    assert WIDTH - MARGIN - 12 <= right <= WIDTH - MARGIN + 8
    assert left > MARGIN


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour, as WCAG has it."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["white", "black", "#808080", "plain"])
@pytest.mark.parametrize("name", ["short", "usual", "long"])
def test_words_can_be_read_on_any_picture(ground: str, name: str, disk: Disk) -> None:
    shown = card(HEADLINES[name][0], badge="Key event")
    picture = None if ground == "plain" else Image.new("RGB", (WIDTH, HEIGHT), ground)
    placed = layout(shown, WORDS, on_picture=picture is not None)
    behind = painted(background(picture, placed.top), Layout(texts=[], pill=placed.pill, top=0), ruled=False)
    for text in placed.texts:
        left, top, right, bottom = (round(side) for side in text.box())
        seen = behind.crop((left, top, right, bottom)).getcolors(maxcolors=1 << 20) or []
        worst = min(
            contrast(text.colour, (colour[0], colour[1], colour[2])) for _, colour in seen if isinstance(colour, tuple)
        )
        assert worst >= 4.5, (text.text, worst)


def test_a_picture_is_cropped_around_its_focal_point(disk: Disk) -> None:
    image = Image.new("RGB", (2400, 960), "black")
    image.paste("red", (2160, 0, 2400, 960))
    seen = cropped(disk.picture(image, focus_x=95), disk.find)
    assert seen is not None
    assert seen.size == (WIDTH, HEIGHT)
    assert seen.convert("RGB").crop((WIDTH - 20, 300, WIDTH - 19, 301)).tobytes()[0] > 200
    unseen = cropped(disk.picture(image, focus_x=5), disk.find)
    assert unseen is not None
    assert max(unseen.convert("L").tobytes()) < 40
    assert {name.rpartition(".")[2] for name in disk.asked} == {"webp"}  # our renditions, never an original


@pytest.mark.parametrize("size", [(800, 600), (1280, 300), (200, 900)])
def test_a_picture_too_small_for_a_card_is_not_blown_up(size: tuple[int, int], disk: Disk) -> None:
    assert cropped(disk.picture(Image.new("RGB", size)), disk.find) is None
    assert disk.asked == []


def test_a_card_whose_picture_is_not_there_is_drawn_on_the_plain_face(disk: Disk) -> None:
    shown = card(picture=disk.picture(Image.new("RGB", (1600, 1000), "blue")))
    with_picture = draw(shown, WORDS, disk.find)
    without = draw(shown, WORDS, lambda *_: None)
    corner = Image.open(BytesIO(without)).getpixel((5, 300))
    assert corner == pytest.approx((246, 244, 239), abs=4)
    assert Image.open(BytesIO(with_picture)).getpixel((5, 60))[2] > 150  # type: ignore[index]


def test_a_file_that_is_not_what_it_says_is_not_shown(disk: Disk) -> None:
    picture = disk.picture(Image.new("RGB", (1600, 1000)))
    for path in disk.folder.rglob("*.webp"):
        Image.new("RGB", (50, 50)).save(path, "PNG")
    assert cropped(picture, disk.find) is None


def test_a_card_is_small_enough_for_messengers_and_the_same_bytes_each_time(disk: Disk) -> None:
    noise = Image.effect_noise((1600, 1000), 90).convert("RGB")
    shown = card(HEADLINES["long"][0], picture=disk.picture(noise))
    drawn = draw(shown, WORDS, disk.find)
    assert len(drawn) <= MOST_BYTES * 1.6  # noise is what no camera takes
    assert drawn == draw(shown, WORDS, disk.find)
    assert len(draw(card(HEADLINES["long"][0]), WORDS, disk.find)) < 120_000


def test_without_fribidi_a_card_comes_without_words_and_the_doctor_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("asithappened.media.cards.fonts.features.check", lambda name: name != "raqm")
    for cached in (fonts.font, fonts._has):
        cached.cache_clear()
    try:
        shown = card(*HEADLINES["arabic"])
        printed = "".join(text.text for text in layout(shown, WORDS, on_picture=False).texts)
        assert WORDS.site in printed
        assert not any("\u0600" <= char <= "\u06ff" for char in printed)
        assert Image.open(BytesIO(draw(shown, WORDS, lambda *_: None))).size == (WIDTH, HEIGHT)
        found = doctor.cards()
        assert (found.result, "libfribidi0" in found.do) == ("warn", True)
    finally:
        for cached in (fonts.font, fonts._has):
            cached.cache_clear()
