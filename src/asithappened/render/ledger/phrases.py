"""Phrases that several parts of the ledger share: names, times, and the provenance of a statement.

Owns their markup. Every function returns finished HTML, in which people's words are escaped and isolated; call them
inside `edition.speaking()`.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape, unescape
from typing import Final

from django.utils.safestring import SafeString

from asithappened.core import urls
from asithappened.core.ledger_events import Anchor, CueClass, HedgeKind, RelayedBy, SaidBy, SaidOn
from asithappened.core.ledger_state import Statement
from asithappened.render.addresses import linked
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition, comma, spoken
from asithappened.render.furniture import marked, ours
from asithappened.render.ledger.vocabulary import vocabulary
from asithappened.render.times import Moment, moment
from asithappened.render.wording import gettext as _

DOT: Final = " · "
_TAG: Final = re.compile(r"<[^>]*>")  # text has none: its < and > are escaped


def phrase(words: str, edition: Edition, **values: str) -> str:
    """Return words of the interface with finished HTML in their placeholders."""
    return str(marked(SafeString(escape(words) % values), edition.interface_attrs))


def foreign(text: str, edition: Edition) -> str:
    """Return words of the newsroom or of a source, isolated from the interface's words around them."""
    return f"<bdi{edition.blog_attrs}>{escape(text)}</bdi>"


def quoted(text: str, edition: Edition, *, element: str = "q") -> str:
    """Return quoted words; the browser adds the quotation marks of their language."""
    return f"<{element}{edition.blog_attrs or dir_of(text, edition.dir)}>{escape(text)}</{element}>"


def clock(at: datetime | None, edition: Edition, *, beside: datetime | None = None) -> str:
    """Return a time, without its day if that is `beside`'s; "" if it is unknown."""
    when = moment(at, edition)
    if when is None:
        return ""
    near = moment(beside, edition)
    return time_of(when, edition, when.clock if near is not None and near.day == when.day else when.brief)


def time_of(when: Moment, edition: Edition, words: str = "") -> str:
    """Return a <time> element; `words`: its text, by default day, time and zone."""
    return f'<time{edition.blog_attrs} datetime="{when.iso}">{escape(words or when.brief)}</time>'


def joined(pieces: Iterable[str]) -> str:
    """Return the pieces that are not empty, with dots between them."""
    return DOT.join(filter(None, pieces))


@lru_cache(maxsize=256)  # used twice for a row: in its description and on its card
def text_of(html: str) -> str:
    """Return the text of finished HTML."""
    return unescape(_TAG.sub("", html))


def named(source: SaidBy, edition: Edition) -> str:
    """Return a source's name and role."""
    return foreign(comma(edition.language).join(filter(None, (source.name, source.role))), edition)


def updates(anchors: Sequence[Anchor], edition: Edition) -> str:
    """Return links to the posts of a row, without their words, which may be withdrawn without the row."""
    posts = list(dict.fromkeys(anchor.post for anchor in anchors))

    def link(post: str, words: str) -> str:
        return f'<a href="{edition.post_path(post)}" data-post="{post}">{words}</a>'

    if len(posts) == 1:
        return link(posts[0], ours(_("Read the update"), edition))
    numbered = comma(spoken(edition.language)).join(link(post, str(number)) for number, post in enumerate(posts, 1))
    return phrase(_("In the updates %(numbers)s"), edition, numbers=numbered) if posts else ""


def provenance(statement: Statement, edition: Edition) -> str:
    """Return a statement's source, channel, relays and time, and the text's hedges."""
    said = (statement.by, statement.cue, statement.on, statement.relays, statement.hedges, statement.stated_at)
    return _provenance(*said, edition)


# A row's chip, entry and description contain the same, and most of ten rows published with a post have one source.
@lru_cache(maxsize=256)
def _provenance(
    by: SaidBy | None,
    cue: CueClass,
    on: SaidOn | None,
    relays: tuple[RelayedBy, ...],
    hedges: tuple[HedgeKind, ...],
    stated_at: datetime | None,
    edition: Edition,
) -> str:
    words, between = vocabulary(edition), comma(spoken(edition.language))
    called = between.join(words.hedges[hedge] for hedge in hedges)
    return joined(
        (
            phrase(words.cues[cue], edition, who=named(by, edition))
            if by
            else str(ours(_("source not named"), edition)),
            _where(on, edition) if on else "",
            between.join(_relay(relay, edition) for relay in relays),
            clock(stated_at, edition),
            phrase(_("described as %(how)s"), edition, how=called) if called else "",
        )
    )


def _relay(relay: RelayedBy, edition: Edition) -> str:
    outlet = linked(foreign(relay.outlet, edition), relay.url, schemes=urls.WEB)
    return phrase(vocabulary(edition).relays[relay.mode], edition, outlet=outlet)


def _where(on: SaidOn, edition: Edition) -> str:
    kind = vocabulary(edition).channels[on.channel]
    if on.name:
        words = phrase("%(name)s (%(kind)s)", edition, name=foreign(on.name, edition), kind=escape(kind))
    else:
        words = str(ours(kind, edition))
    return linked(words, on.url, schemes=urls.WEB)
