"""The ledger in schema.org's JSON-LD: Claim, Observation, and the CorrectionComment of a post.

Owns the mapping of rows. A statement is a Claim, never a ClaimReview, which is a fact check that a person published. A
replay's rows are no news and have none. Look next: `structured` for JSON in a page.
"""

from typing import Any, Final

from django.utils.translation import pgettext

from asithappened.core.ledger_events import SERIES, STATEMENT, Anchor, SaidBy, SourceKind
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue, Statement
from asithappened.render.edition import Edition
from asithappened.render.structured import in_full, without_nothing, written
from asithappened.render.times import zoned_iso
from asithappened.render.wording import gettext as _

_KINDS: Final = {
    SourceKind.PERSON: "Person",
    SourceKind.ANONYMOUS: "Person",
    SourceKind.ORGANISATION: "Organization",
    SourceKind.GOVERNMENT: "GovernmentOrganization",
    SourceKind.MILITARY: "Organization",
    SourceKind.MEDIA: "NewsMediaOrganization",
}


def structured(edition: Edition, row: Row) -> bytes:
    """Return a readable row's JSON-LD: a correction's is a part of its post's, any other's is a whole script.

    Call inside `edition.speaking()`.
    """
    if edition.replay:
        return b""
    if isinstance(row, Correction):
        return written(_correction(edition, row)).encode()
    data = _claim(edition, row) if isinstance(row, Statement) else _observations(edition, row)
    return f'<script type="application/ld+json">{written(data)}</script>'.encode() if data else b""


def _claim(edition: Edition, row: Statement) -> dict[str, Any]:
    return without_nothing(
        {
            "@context": "https://schema.org",
            "@type": "Claim",
            "text": row.text,
            "url": in_full(edition.row_path(STATEMENT, row.id)),
            "inLanguage": edition.language,
            "author": _source(row.by) if row.by else None,
            "datePublished": zoned_iso(row.stated_at, edition) if row.stated_at else None,
            "appearance": _posts(edition, row.anchors),
            "isPartOf": _live_blog(edition),
        }
    )


def _observations(edition: Edition, row: Series) -> dict[str, Any]:
    found = [_observation(edition, row, value) for value in row.standing]
    if len(found) == 1:
        return {"@context": "https://schema.org", **found[0]}
    return {"@context": "https://schema.org", "@graph": found} if found else {}


def _observation(edition: Edition, row: Series, value: SeriesValue) -> dict[str, Any]:
    return without_nothing(
        {
            "@type": "Observation",
            "name": row.label,
            "url": in_full(edition.row_path(SERIES, row.id)),
            "variableMeasured": " ".join(filter(None, (row.counted, row.outcome))) or row.label,
            "value": value.words or value.value,
            "minValue": value.low,
            "maxValue": value.high,
            "unitText": row.unit,
            "observationDate": zoned_iso(value.as_of, edition) if value.as_of else None,
            "observationAbout": [{"@type": "Place", "name": place} for place in row.places],
            "subjectOf": _posts(edition, value.anchors) or [_live_blog(edition)],
        }
    )


def _correction(edition: Edition, row: Correction) -> dict[str, Any]:
    if row.now:
        told = _("We said %(was)s. It should have said %(now)s.") % {"was": _quoted(row.was), "now": _quoted(row.now)}
    else:
        told = _("We said %(was)s. That was wrong.") % {"was": _quoted(row.was)}
    return without_nothing(
        {
            "@type": "CorrectionComment",
            "text": f"{told} {row.why}".strip(),
            "datePublished": zoned_iso(row.corrected_at, edition) if row.corrected_at else None,
            "url": in_full(f"{edition.corrections_path}#correction-{row.id}"),
        }
    )


def _quoted(words: str) -> str:
    return pgettext("quotation marks", "“%(words)s”") % {"words": words}


def _source(by: SaidBy) -> dict[str, Any]:
    kind = _KINDS.get(by.kind)
    person = {"@type": kind or "Thing", "name": by.name, "jobTitle": by.role if kind == "Person" else ""}
    return without_nothing(person)


def _posts(edition: Edition, anchors: tuple[Anchor, ...]) -> list[dict[str, Any]]:
    posts = dict.fromkeys(anchor.post for anchor in anchors)
    return [{"@type": "BlogPosting", "url": in_full(edition.post_path(post))} for post in posts]


def _live_blog(edition: Edition) -> dict[str, Any]:
    return {"@type": "LiveBlogPosting", "url": in_full(edition.path)}
