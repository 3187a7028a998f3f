"""The contents of a row's card: a statement with its standing and source, or a series' value with its history.

They depend on one row only. Look next: `card_image` for the version and the address of a card, media.cards, which draws
it.
"""

from typing import Final

from asithappened.core.ledger_state import Series, Statement
from asithappened.core.standing import standing
from asithappened.render.card_image import CardImage
from asithappened.render.edition import Edition, comma
from asithappened.render.ledger import chart, figures, phrases
from asithappened.render.ledger.panel import was
from asithappened.render.ledger.standing import in_words
from asithappened.render.times import moment
from asithappened.render.words import shorten

HEADLINE_CHARS: Final = 180
_LABEL_CHARS: Final = 90
_SOURCE_CHARS: Final = 160
_MOST: Final = 40  # values of a history: more are one line


def of_row(edition: Edition, row: Statement | Series) -> CardImage:
    """Return a readable row's card. Call inside `edition.speaking()`."""
    return _of_statement(edition, row) if isinstance(row, Statement) else _of_series(edition, row)


def _of_statement(edition: Edition, row: Statement) -> CardImage:
    word, said = in_words(standing(row)), phrases.text_of(phrases.provenance(row, edition))
    headline = shorten(row.text, HEADLINE_CHARS)
    return CardImage(
        headline=headline,
        badge=word,
        live=False,
        when="",
        language=edition.language,
        alt="",
        picture=None,
        source=shorten(said, _SOURCE_CHARS),
    )


def _of_series(edition: Edition, row: Series) -> CardImage:
    now, stands = row.newest, shorten(figures.stands(row, edition), HEADLINE_CHARS)
    places = (place for place in row.places if place not in row.label)
    label = shorten(comma(edition.language).join((row.label, *places)), _LABEL_CHARS)
    printed = moment(now.since, edition) if now else None
    by = phrases.named(now.by, edition) if now and now.by else ""
    return CardImage(
        headline=stands or label,
        badge="",
        live=False,
        when=printed.brief if printed else "",
        language=edition.language,
        alt="",
        picture=None,
        label=label if stands else "",
        source=shorten(phrases.text_of(phrases.joined((was(row, edition), by))), _SOURCE_CHARS),
        history=chart.heights(row, most=_MOST),
    )
