"""The tags in the <head> of a row's own page: title, description, canonical address, Open Graph.

They contain the row's words only; the layout has the robots tag. Look next: `row_card` for its card.
"""

from html import escape

from asithappened.core.ledger_events import SERIES, STATEMENT
from asithappened.core.ledger_state import Series, Statement
from asithappened.published.layout import ADDRESS_SLOT
from asithappened.render import card_image
from asithappened.render.edition import SITE, Edition
from asithappened.render.ledger import figures, phrases, row_card
from asithappened.render.ledger.standing import in_words, standing
from asithappened.render.words import shorten

_TITLE_CHARS = 110
_DESCRIPTION_CHARS = 200


def head(edition: Edition, row: Statement | Series) -> str:
    """Return a readable row's tags. Call inside `edition.speaking()`."""
    if isinstance(row, Statement):
        title, about = row.text, STATEMENT
        description = phrases.DOT.join((in_words(standing(row)), phrases.text_of(phrases.provenance(row, edition))))
    else:
        stands = figures.stands(row, edition)
        title, about = f"{row.label}: {stands}" if stands else row.label, SERIES
        now = row.newest
        by = phrases.named(now.by, edition) if now and now.by else ""
        description = phrases.text_of(phrases.joined((phrases.clock(now.since, edition) if now else "", by)))
    card = row_card.of_row(edition, row)
    title = escape(shorten(title, _TITLE_CHARS))
    address, said = (
        ADDRESS_SLOT + escape(edition.row_path(about, row.id)),
        escape(shorten(description, _DESCRIPTION_CHARS)),
    )
    described = (
        f'<meta name="description" content="{said}"><meta property="og:description" content="{said}">' if said else ""
    )
    return (
        f'<title>{title} | {SITE}</title>{described}<link rel="canonical" href="{address}">'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="og:url" content="{address}"><meta property="og:site_name" content="{SITE}">'
        f'<meta property="og:locale" content="{edition.locale_tag}">'
        f"{card_image.tags(card, card_image.row_address(edition, about, row.id, card))}"
    )
