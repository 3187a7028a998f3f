"""The follower of the log that keeps the newsroom's page of corrections, with one entry a correction.

A correction that is taken back is removed before the follower runs (published.documents).
"""

from collections.abc import Callable
from typing import Final

from asithappened.core.events import CORRECTION, BlogEvent, Subject
from asithappened.core.fold import microseconds
from asithappened.core.ledger_state import Correction
from asithappened.core.standing import readable
from asithappened.core.state import BlogState
from asithappened.log import read
from asithappened.log.follow import Facts
from asithappened.published import documents
from asithappened.published.assets import url
from asithappened.published.documents import EntryBytes
from asithappened.render.edition import SPOKEN
from asithappened.render.fingerprint import fingerprint
from asithappened.render.ledger import house

NAME: Final = "corrections"
PATH: Final = "/corrections/"
PAGE_CORRECTIONS: Final = 50


def version() -> str:
    """Return the version of the code that renders it."""
    return f"{fingerprint()} {url(house.STYLE)}"


def begin() -> None:
    """Create the page, without any correction, in each language."""
    for language in SPOKEN:
        documents.put(PATH, language=language, layout=house.layout(language), page_entries=PAGE_CORRECTIONS)


def consume(blog: int, facts: Facts) -> Callable[[], None]:
    """Return a function that writes a live blog's corrections, if one of them or the live blog may have changed."""
    touched = False
    for fact in facts:  # a follower must read all of them
        touched |= fact.subject.about == CORRECTION or fact.event is None or isinstance(fact.event, BlogEvent)
    if not touched:
        return _nothing
    entries = _entries(blog, read.blog(blog))
    return lambda: documents.put_entries(PATH, blog, entries)


def _nothing() -> None:
    """Write nothing: other facts are on no page of corrections."""


def _entries(blog: int, state: BlogState) -> list[EntryBytes]:
    if not state.listed:
        return []
    rows = [row for row in read.rows(blog, CORRECTION) if isinstance(row, Correction) and readable(row)]
    return [
        EntryBytes(
            section=0,
            # By its time; a correction of an archive without a time comes last.
            rank=microseconds(row.corrected_at) if row.corrected_at else 0,
            data=house.entry(state, row, language),
            subject=Subject(CORRECTION, row.id),
            language=language,
        )
        for row in rows
        for language in SPOKEN
    ]
