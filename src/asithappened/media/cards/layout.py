"""Places the texts, badge and foot of a card.

Owns the measures of a card. Each text that cannot be printed is left out; the newsroom's name replaces a headline that
cannot. Look next: `drawing`.
"""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from asithappened.media.cards.fonts import SANS, SERIF, Face, printable
from asithappened.media.cards.typesetting import Type, broken, fitted, shortened
from asithappened.render.card_image import HEIGHT, WIDTH, CardImage
from asithappened.render.direction import Direction, direction, other_direction

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

MARGIN: Final = 72
RULE: Final = HEIGHT - 112  # a line above the foot, on paper
_INSIDE: Final = WIDTH - 2 * MARGIN
_FOOT: Final = HEIGHT - 58  # the baseline of the newsroom's name
_TOP: Final = 66
_SMALL: Final = 30
_SITE: Final = 560  # the most that a newsroom's name takes of the foot
_PILL: Final = 46
_BADGE: Final = 26
_ABOVE: Final = _PILL + 26  # rows of badge and title above a headline
_SIZES: Final = (120, 108, 96, 88, 80, 73, 67, 61, 56, 51, 47)
_ON_PICTURE: Final = (76, 70, 64, 59, 54, 50, 46)
_PICTURE_ROWS: Final = 300  # the most rows of a headline over a picture
_LABEL: Final = 44
_SOURCE: Final = 32
_SOURCE_LINES: Final = 2
_APART: Final = 14  # rows between a headline, its label, and its source
_HISTORY_ROWS: Final = 84  # of the line of a series, above the foot
_HISTORY_FOOT: Final = RULE - 34

PAPER: Final[Colour] = (246, 244, 239)
INK: Final[Colour] = (25, 24, 23)
SOFT: Final[Colour] = (95, 90, 84)
ACCENT: Final[Colour] = (179, 22, 27)
WHITE: Final[Colour] = (255, 255, 255)
MIST: Final[Colour] = (232, 228, 222)
NIGHT: Final[Colour] = (12, 11, 10)


class Words(Struct, frozen=True, kw_only=True):
    """A card's texts besides its `CardImage`: the newsroom's name; for a post or a row, the title of its live blog."""

    site: str
    above: str = ""


class Placed(Struct, frozen=True, kw_only=True):
    """A line of text on a card. `x`: where it begins, on the right if it runs to the left; `y`: its baseline."""

    text: str
    type: Type
    x: int
    y: int
    colour: Colour

    @property
    def anchor(self) -> Literal["ls", "rs"]:
        """The end of the baseline that `x` is, as Pillow names it."""
        return "rs" if self.type.direction == "rtl" else "ls"

    def box(self) -> tuple[float, float, float, float]:
        """Return the text's bounding box: left, top, right, bottom."""
        left, top, right, bottom = self.type.box(self.text, self.anchor)
        return self.x + left, self.y + top, self.x + right, self.y + bottom


class Layout(Struct, frozen=True, kw_only=True):
    """The places of everything on a card. `pill`: the badge's background with its colour; `top`: of all words.

    `history`: the points of a series' step line.
    """

    texts: list[Placed]
    pill: tuple[Box, Colour] | None
    top: int
    history: Sequence[tuple[int, int]] = ()


def layout(card: CardImage, words: Words, *, on_picture: bool) -> Layout:
    side = _Side(card.headline, card.language)
    badge, above, site, when = (printable(text, SANS) for text in (card.badge, words.above, words.site, card.when))
    headline = printable(card.headline, SERIF)
    if not headline:
        headline, site = printable(words.site, SERIF), ""
    ink, soft = (WHITE, MIST) if on_picture else (INK, SOFT)

    over = _ABOVE if badge or above else 0
    below = side.below(card)
    under = sum(rows for _, _, rows in below)
    space = RULE - 36 - _TOP - over - under - (_HISTORY_ROWS if card.history else 0)
    of = Type(face=SERIF, size=_SIZES[-1], direction=side.way, language=card.language)
    if on_picture:
        set_ = fitted(headline, of, sizes=_ON_PICTURE, width=_INSIDE, height=_PICTURE_ROWS, most=3)
        first = _FOOT - 74 - set_.type.leading * (len(set_.lines) - 1)
    else:
        set_ = fitted(headline, of, sizes=_SIZES, width=_INSIDE, height=space, most=4)
        # A little above the middle of the free rows, where the eye sees the middle.
        left = max(0, space - set_.type.leading * len(set_.lines))
        first = _TOP + over + round(set_.type.size * 0.98 + 0.4 * left)
    texts = [
        side.placed(line, set_.type, MARGIN, first + n * set_.type.leading, ink) for n, line in enumerate(set_.lines)
    ]
    hanging = 0.34 if side.way == "rtl" else 0.1  # Arabic hangs lower
    foot = first + set_.type.leading * (len(set_.lines) - 1) + round(set_.type.size * hanging)
    for line, small, rows in below:
        foot += rows
        texts.append(side.placed(line, small, MARGIN, foot, ink if small.size == _LABEL else soft))

    head = first - round(set_.type.size * (1.05 if side.way == "rtl" else 0.82))
    pill_top = head - 20 - _PILL if on_picture else _TOP
    at, pill = MARGIN, None
    if badge:
        line, small = side.line(badge, SANS, _BADGE, 320)
        wide = round(small.width(line)) + 36
        pill = side.box(at, pill_top, wide, _PILL), ACCENT if card.live else ink
        on = WHITE if card.live else NIGHT if on_picture else PAPER
        texts.append(side.placed(line, small, at + 18, pill_top + 32, on))
        at += wide + 22
    if above:
        line, small = side.line(above, SANS, _SMALL, WIDTH - MARGIN - at)
        texts.append(side.placed(line, small, at, pill_top + 33, soft))

    if site:
        line, small = side.line(site, SANS, _SMALL, _SITE)
        texts.append(side.placed(line, small, MARGIN, _FOOT, ink))
    if when:
        line, small = side.line(when, SANS, _SMALL, _INSIDE - _SITE - 40)
        # At the other end if there is a name, else in its place.
        at = WIDTH - MARGIN - round(small.width(line)) if site else MARGIN
        texts.append(side.placed(line, small, at, _FOOT, soft))
    return Layout(texts=texts, pill=pill, top=pill_top if over else head, history=side.history(card.history))


class _Side:
    """The side where a card's words begin: the right if its headline is written from right to left."""

    def __init__(self, headline: str, language: str) -> None:
        self._usual, self._language = direction(language), language
        self.way = self._way(headline)

    def line(self, text: str, face: Face, size: int, width: int) -> tuple[str, Type]:
        """Set a text on one line, shortened if it is too long."""
        of = Type(face=face, size=size, direction=self._way(text), language=self._language)
        return shortened(text, of.width, width), of

    def placed(self, text: str, of: Type, at: int, y: int, colour: Colour) -> Placed:
        """Place a line. `at`: the distance from the side where words begin."""
        left, _, right, _ = self.box(at, 0, round(of.width(text)), 0)
        return Placed(text=text, type=of, x=right if of.direction == "rtl" else left, y=y, colour=colour)

    def below(self, card: CardImage) -> list[tuple[str, Type, int]]:
        """Return the lines below a headline (label and source), each with its rows."""
        lines: list[tuple[str, Type, int]] = []
        if label := printable(card.label, SANS):
            line, of = self.line(label, SANS, _LABEL, _INSIDE)
            lines.append((line, of, of.leading + _APART))
        if source := printable(card.source, SANS):
            of = Type(face=SANS, size=_SOURCE, direction=self._way(source), language=self._language)
            set_ = broken(source, of.width, _INSIDE)
            most = 1 if card.history else _SOURCE_LINES
            if len(set_) > most:
                set_ = [*set_[: most - 1], shortened(" ".join(set_[most - 1 :]), of.width, _INSIDE, cut=True)]
            lines += [(line, of, of.leading + (0 if n else _APART)) for n, line in enumerate(set_)]
        return lines

    def history(self, heights: Sequence[int]) -> list[tuple[int, int]]:
        """Return the points of a series' line, from the side where words begin; the last value extends to the other."""
        if not heights:
            return []
        across = [round(MARGIN + _INSIDE * n / len(heights)) for n in range(len(heights) + 1)]
        if self.way == "rtl":
            across = [WIDTH - x for x in across]
        rows = _HISTORY_ROWS - 20
        return [
            (x, _HISTORY_FOOT - round(rows * high / 100))
            for x, high in zip(across, (*heights, heights[-1]), strict=True)
        ]

    def box(self, at: int, top: int, width: int, height: int) -> Box:
        """Return a box. `at`: the distance from the side where words begin."""
        left = WIDTH - at - width if self.way == "rtl" else at
        return left, top, left + width, top + height

    def _way(self, text: str) -> Direction:
        return other_direction(text, self._usual) or self._usual
