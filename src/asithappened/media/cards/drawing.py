"""Draws a card: its words on plain paper, or over the post's picture.

Owns the background, and the words' contrast: the part of a picture under them is darkened until white letters are
legible even on a white picture. Opens no file but our own renditions of a picture.
Look next: `layout` for places, `typesetting` for lines, `fonts` for printable characters.
"""

import logging
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from asithappened.core import media
from asithappened.media.cards.fonts import font
from asithappened.media.cards.layout import ACCENT, MARGIN, NIGHT, PAPER, RULE, Colour, Layout, Words, layout
from asithappened.render.card_image import HEIGHT, WIDTH, CardImage, CardPicture

Find = Callable[[str, str], Path | None]
"""Return the path of a media file, by id and name; None if it is missing."""

log = logging.getLogger("asithappened.media")

_BAR: Final = 14  # in the house's colour, along the top of a card without a picture
_LINE: Final[Colour] = (214, 207, 196)
# A picture may be enlarged by a third before it looks soft.
_ENLARGED: Final = 1.34
_FOCUS_AT: Final = 0.36  # of the card's height: above the words
# The opacity of black over the picture behind words: white letters on a white picture then have a contrast of 5.6 to 1.
_SCRIM: Final = 0.68
_SCRIM_FOOT: Final = 0.86
_FADE: Final = 190  # rows above the words over which it fades in
# Messengers leave out pictures of more than 300 kB.
MOST_BYTES: Final = 290_000
_QUALITIES: Final = (88, 78, 64, 48)


def draw(card: CardImage, words: Words, find: Find) -> bytes:
    """Return a card as JPEG."""
    picture = cropped(card.picture, find) if card.picture else None
    placed = layout(card, words, on_picture=picture is not None)
    return _encoded(painted(background(picture, placed.top), placed, ruled=picture is None))


def background(picture: Image.Image | None, top: int) -> Image.Image:
    """Return a card without its words. `top`: the row where they begin."""
    if picture is None:
        paper = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        ImageDraw.Draw(paper).rectangle((0, 0, WIDTH, _BAR), fill=ACCENT)
        return paper
    column = Image.new("L", (1, HEIGHT))
    column.putdata([round(255 * _darkened(row, top - 24)) for row in range(HEIGHT)])
    return Image.composite(Image.new("RGB", (WIDTH, HEIGHT), NIGHT), picture, column.resize((WIDTH, HEIGHT)))


def _darkened(row: int, top: int) -> float:
    if row >= top:
        return _SCRIM + (_SCRIM_FOOT - _SCRIM) * (row - top) / max(1, HEIGHT - top)
    return _SCRIM * float(max(0.0, 1 - (top - row) / _FADE) ** 1.6)


def painted(card: Image.Image, placed: Layout, *, ruled: bool) -> Image.Image:
    """Return a background with everything on it. `ruled`: with a line above its foot."""
    pen = ImageDraw.Draw(card)
    if ruled:
        pen.line((MARGIN, RULE, WIDTH - MARGIN, RULE), fill=_LINE, width=2)
    if placed.pill:
        box, colour = placed.pill
        card.paste(colour, box, _rounded(box[2] - box[0], box[3] - box[1]))
    if placed.history:
        card.paste(ACCENT, (0, 0), _stepped(placed.history))
    for text in placed.texts:
        face = font(text.type.face, text.type.size)
        at = (text.x, text.y)
        pen.text(at, text.text, font=face, fill=text.colour, anchor=text.anchor, **text.type.how)
    return card


def _stepped(points: Sequence[tuple[int, int]]) -> Image.Image:
    """Return the mask of a step line through the values, with a dot at the current one."""
    steps = [points[0]]
    for x, y in points[1:]:
        steps += [(x, steps[-1][1]), (x, y)]
    mask = Image.new("L", (2 * WIDTH, 2 * HEIGHT))  # twice as large, because Pillow's lines are not antialiased
    pen = ImageDraw.Draw(mask)
    pen.line([(2 * x, 2 * y) for x, y in steps], fill=255, width=10, joint="curve")
    x, y = points[-1]
    pen.ellipse((2 * x - 18, 2 * y - 18, 2 * x + 18, 2 * y + 18), fill=255)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _rounded(width: int, height: int) -> Image.Image:
    # Drawn four times as large, because Pillow's corners are not antialiased.
    large = Image.new("L", (4 * width, 4 * height))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, 4 * width - 1, 4 * height - 1), radius=28, fill=255)
    return large.resize((width, height), Image.Resampling.LANCZOS)


def cropped(picture: CardPicture, find: Find) -> Image.Image | None:
    """Return a picture cropped to a card around its focal point; None if it is too small or missing."""
    fill = max(WIDTH / picture.width, HEIGHT / picture.height)  # of its own size
    if fill > _ENLARGED:
        return None
    widths = media.widths(picture.width)
    wanted = next((width for width in widths if width >= picture.width * fill), widths[-1])
    path = find(picture.media, media.file_name(wanted, "webp"))
    if path is None:
        return None
    try:
        with Image.open(path, formats=("WEBP",)) as file:
            return _around_focus(file, picture)
    except (OSError, Image.DecompressionBombError):
        log.exception("The picture of a card cannot be read: %s", path)
        return None


def _around_focus(file: Image.Image, picture: CardPicture) -> Image.Image:
    width, height = file.size
    size = max(WIDTH / width, HEIGHT / height)
    wide, high = WIDTH / size, HEIGHT / size
    left = _within(width * picture.focus_x / 100 - wide / 2, width - wide)
    top = _within(height * picture.focus_y / 100 - high * _FOCUS_AT, height - high)
    box = (left, top, left + wide, top + high)
    return file.convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box)


def _within(wanted: float, most: float) -> float:
    return min(max(wanted, 0.0), max(most, 0.0))


def _encoded(card: Image.Image) -> bytes:
    data = b""
    for quality in _QUALITIES:
        file = BytesIO()
        # With chroma subsampling the edges of coloured letters on a coloured ground would blur.
        card.save(file, "JPEG", quality=quality, subsampling=0, optimize=True, progressive=True)
        data = file.getvalue()
        if len(data) <= MOST_BYTES:
            break
    return data
