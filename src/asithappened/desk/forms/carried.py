"""The parts of a body that text cannot show: pictures, social posts, cards, films, sounds, tables, unusual nestings.

Owns the line that takes a part's place in the text, and reading back the parts that a form carried. They are never
trusted: `body.parse` checks them as it checks what a program sends.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.core import body, urls
from asithappened.desk.forms.blocks import Piece, Place
from asithappened.render.words import shorten

_NAMES: Final[dict[type[body.Block], Any]] = {
    body.Paragraph: gettext_lazy("Paragraph"),
    body.Heading: gettext_lazy("Heading"),
    body.BulletList: gettext_lazy("List"),
    body.OrderedList: gettext_lazy("Numbered list"),
    body.Quote: gettext_lazy("Quotation"),
    body.Table: gettext_lazy("Table"),
    body.Image: gettext_lazy("Picture"),
    body.Gallery: gettext_lazy("Gallery"),
    body.Social: gettext_lazy("Social post"),
    body.Card: gettext_lazy("Link card"),
    body.Video: gettext_lazy("Video"),
    body.Audio: gettext_lazy("Audio"),
    body.Results: gettext_lazy("Results"),
    body.Score: gettext_lazy("Score"),
    body.Poll: gettext_lazy("Poll"),
}
_SHOWN_CHARS: Final = 60  # of a part's words: enough to tell two pictures apart, and still one line on a phone


class NoSuchPart(ValueError):
    """A line in place of a part that did not come with the form."""

    def __init__(self, number: int) -> None:
        words = _(
            "[[{n}]] stands for a part that this post does not have. Take the line out, or begin it with \\: to have "
            "it as text."
        )
        super().__init__(words.format(n=number))


def line_for(number: int, block: body.Block) -> str:
    """Return the line that takes a part's place in the text."""
    words = name_of(block)
    return f"[[{number}: {words}]]"


def name_of(block: body.Block) -> str:
    """Return a name for a part: its kind, and its first words or its host."""
    what = str(_NAMES[type(block)])
    words = shorten(body.text_of(block), _SHOWN_CHARS) or _host(block)
    return _("{what} “{words}”").format(what=what, words=words) if words else what


def _host(block: body.Block) -> str:
    address = getattr(block.attrs, "src", "") or getattr(block.attrs, "url", "")
    return shorten(urls.host_of(address) if address else "", _SHOWN_CHARS)


def read(raw: str) -> tuple[body.Block, ...]:
    """Return the parts that a form carried. Raises BodyError if they came back as something else."""
    if not raw.strip():
        return ()
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise body.BodyError(f"The parts that the text cannot show came back damaged: {error}.") from error
    if not isinstance(found, list):
        raise body.BodyError("The parts that the text cannot show came back damaged: they are no list.")
    return body.parse({"type": "doc", "content": found}).content


def put_in(pieces: Sequence[Piece], carried: Sequence[body.Block]) -> body.Doc:
    """Return the typed blocks with each part in place of its line. Raises NoSuchPart."""
    return body.Doc(content=tuple(_part(one, carried) if isinstance(one, Place) else one for one in pieces))


def _part(place: Place, carried: Sequence[body.Block]) -> body.Block:
    if not 1 <= place.number <= len(carried):
        raise NoSuchPart(place.number)
    return carried[place.number - 1]
