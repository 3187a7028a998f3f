"""The follower of the log that keeps the newsroom's page of corrections: one entry a correction.

Owns nothing but the follower. A correction that is taken back leaves the page before this hears of it
(published.documents).
"""

from collections.abc import Callable
from typing import Final

from asithappened.core.events import CORRECTION, Audience, BlogEvent, Subject
from asithappened.core.fold import microseconds
from asithappened.core.ledger_state import Correction
from asithappened.core.state import BlogState, Status
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.render.edition import SPOKEN
from asithappened.render.fingerprint import fingerprint
from asithappened.render.ledger import house
from asithappened.render.ledger.standing import readable

NAME: Final = "corrections"
PATH: Final = "/corrections/"
PAGE_CORRECTIONS: Final = 50


def version() -> str:
    """Return what it was rendered by."""
    return f"{fingerprint()} {url(house.STYLE)}"


def begin() -> None:
    """Put the page without any correction, in each language."""
    for language in SPOKEN:
        documents.put(PATH, language=language, layout=house.layout(language), page_entries=PAGE_CORRECTIONS)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return what puts a blog's corrections as they are now, if one of them or the blog itself may have changed."""
    touched = False
    for fact in facts:  # all of them are read, whatever they say
        touched |= fact.subject.about == CORRECTION or fact.event is None or isinstance(fact.event, BlogEvent)
    if not touched:
        return _nothing
    entries = _entries(blog, read.blog(blog))
    return lambda: documents.put_entries(PATH, blog, entries)


def _nothing() -> None:
    """Change nothing: posts and other rows are on no page of corrections."""


def _entries(blog: int, state: BlogState) -> list[EntryBytes]:
    if state.audience is not Audience.EVERYONE or state.status is Status.GONE or state.replay:
        return []
    rows = [row for row in read.rows(blog, CORRECTION) if isinstance(row, Correction) and readable(row)]
    return [
        EntryBytes(
            section=0,
            # By when it was said; what an archive brings without a time stands below all others.
            rank=microseconds(row.corrected_at) if row.corrected_at else 0,
            data=house.entry(state, row, language),
            subject=Subject(CORRECTION, row.id),
            language=language,
        )
        for row in rows
        for language in SPOKEN
    ]
