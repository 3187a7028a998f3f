"""The words in the <head> of a row's own page: its title, its description, and its card's version.

They contain the row's words only; the layout (`page_row.html`) has the tags. Look next: `row_card` for its card.
"""

from html import escape

from msgspec import Struct

from asithappened.core.ledger_state import Series, Statement
from asithappened.core.standing import standing
from asithappened.render.edition import Edition
from asithappened.render.ledger import figures, phrases, row_card
from asithappened.render.ledger.standing import in_words
from asithappened.render.words import shorten

_TITLE_CHARS = 110
_DESCRIPTION_CHARS = 200


class RowHead(Struct, frozen=True, kw_only=True):
    """As HTML: `title`, and `said`, how it stands and who says so; `card`: the card's version."""

    title: str
    said: str
    card: str


def head(edition: Edition, row: Statement | Series) -> RowHead:
    """Return what a readable row's head says. Call inside `edition.speaking()`."""
    if isinstance(row, Statement):
        title = row.text
        said = phrases.DOT.join((in_words(standing(row)), phrases.text_of(phrases.provenance(row, edition))))
    else:
        stands, now = figures.stands(row, edition), row.newest
        title = f"{row.label}: {stands}" if stands else row.label
        by = phrases.named(now.by, edition) if now and now.by else ""
        said = phrases.text_of(phrases.joined((phrases.clock(now.since, edition) if now else "", by)))
    return RowHead(
        title=escape(shorten(title, _TITLE_CHARS)),
        said=escape(shorten(said or title, _DESCRIPTION_CHARS)),
        card=row_card.of_row(edition, row).version,
    )
