"""The ledger's annotations in posts: a chip for a statement, "Since revised", a correction.

Each depends on one row only. A chip is closed at first, with the statement's standing in words; opened, it has the
source, channel, relays, time and the newsroom's note.
"""

from html import escape

from asithappened.core.ledger_events import CORRECTION, SERIES, STATEMENT
from asithappened.core.ledger_state import Correction, Series, SeriesValue, Statement
from asithappened.core.standing import standing
from asithappened.core.state import SubjectState
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition
from asithappened.render.furniture import ours
from asithappened.render.ledger import figures, phrases
from asithappened.render.ledger.phrases import phrase
from asithappened.render.ledger.standing import in_words, sources
from asithappened.render.part import Annotating
from asithappened.render.times import moment
from asithappened.render.wording import gettext as _
from asithappened.render.words import shorten

_CHIP_CHARS = 80


def of_statement(edition: Edition, row: SubjectState) -> dict[str, bytes]:
    """Return a statement's chip, for each post that contains it."""
    assert isinstance(row, Statement)
    if not row.text or not row.anchors:
        return {}
    stands = standing(row)
    words = shorten(row.text, _CHIP_CHARS)
    path, more = edition.row_path(STATEMENT, row.id), ours(_("All about this statement"), edition)
    count = ours(sources(row), edition)
    html = (
        f'<details class="chip" data-standing="{stands}"><summary><b>{ours(in_words(stands), edition)}</b> '
        f"<span{dir_of(words, edition.dir)}>{escape(words)}</span> <small>{count}</small></summary>"
        f"<p>{phrases.provenance(row, edition)}</p>{note(row, edition)}"
        f'<p><a href="{path}">{more}</a></p></details>'
    ).encode()
    return dict.fromkeys((anchor.post for anchor in row.anchors), html)


def note(statement: Statement, edition: Edition) -> str:
    """Return the newsroom's latest note about a statement, or ""."""
    said = statement.assessments[-1].note if statement.assessments else ""
    return f'<p class="note"{dir_of(said, edition.dir)}>{escape(said)}</p>' if said else ""


def of_series(edition: Edition, row: SubjectState) -> dict[str, bytes]:
    """Return "Since revised" for posts with a superseded value of a series and no current one."""
    assert isinstance(row, Series)
    superseded = row.superseded
    current = {anchor.post for value in row.standing for anchor in value.anchors}
    said: dict[str, bytes] = {}
    for value in superseded:  # if a post has several, the newest remains
        for anchor in value.anchors:
            if anchor.post not in current:
                said[anchor.post] = _revised(edition, row, value)
    return said


def _revised(edition: Edition, series: Series, old: SeriesValue) -> bytes:
    now = next_of(series, old)
    words, path = figures.stands(series, edition), edition.row_path(SERIES, series.id)
    values = {
        "value": f'<a href="{path}">{phrases.foreign(words, edition)}</a>',
        "when": phrases.clock(now.since, edition, beside=old.since),
        "label": phrases.foreign(series.label, edition),
        "old": phrases.foreign(figures.printed(series, old, edition), edition),
    }
    if values["when"]:
        told = phrase(_("Since revised: %(value)s, %(when)s"), edition, **values)
    else:
        told = phrase(_("Since revised: %(value)s"), edition, **values)
    also = phrase(_("%(label)s: %(old)s here"), edition, **values)
    return f'<p class="revised">{told} <small>{also}</small></p>'.encode()


def next_of(series: Series, old: SeriesValue) -> SeriesValue:
    """Return the current value instead of a superseded one: of the same source, if there is one for each."""
    standing = series.standing
    of_source = [one for one in standing if one.by and old.by and one.by.name == old.by.name]
    return (of_source or standing)[-1]


def of_correction(edition: Edition, row: SubjectState) -> dict[str, bytes]:
    """Return a correction's note, for the post that had the error."""
    assert isinstance(row, Correction)
    if not row.was or row.of != "post" or not row.post:
        return {}
    return {row.post: correction_note(edition, row).encode()}


def correction_note(edition: Edition, row: Correction) -> str:
    """Return a correction as the ruled note in the place of the error."""
    when = moment(row.corrected_at, edition)
    if when is not None:
        head = phrase(_("Correction, %(when)s"), edition, when=phrases.time_of(when, edition))
    else:
        head = str(ours(_("Correction"), edition))
    values = {"was": phrases.quoted(row.was, edition), "now": phrases.quoted(row.now, edition)}
    if row.now:
        told = phrase(_("We said %(was)s. It should have said %(now)s."), edition, **values)
    else:
        told = phrase(_("We said %(was)s. That was wrong."), edition, **values)
    why = f" <span{dir_of(row.why, edition.dir)}>{escape(row.why)}</span>" if row.why else ""
    return f'<p class="correction"><b>{head}</b> {told}{why}</p>'


ANNOTATING = (
    # In the order of their importance to a reader.
    Annotating(about=CORRECTION, says=of_correction),
    Annotating(about=SERIES, says=of_series),
    Annotating(about=STATEMENT, says=of_statement),
)
