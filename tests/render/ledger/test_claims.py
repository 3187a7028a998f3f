"""Promises of the structured data: a statement is a Claim, a value an Observation; no fact check, and no guess."""

import json
import re
from typing import Any

from asithappened.core import ledger_events as le
from asithappened.core.ledger_state import Row
from asithappened.render.ledger import claims
from tests.render.blogs import edition
from tests.render.ledger.written import LUND, at, correction, series, statement, value

HERE = "<!--house:address-->/live/storm/"


def data(row: Row, **more: Any) -> Any:
    printed_as = edition(**more)
    with printed_as.speaking():
        written = claims.structured(printed_as, row).decode()
    inner = re.sub(r"</?script[^>]*>", "", written)
    assert "<" not in inner.replace("<!--house:address-->", "")
    return json.loads(inner) if inner else None


def test_a_statement_is_a_claim_with_its_source_and_where_it_stands() -> None:
    assert data(statement(by=LUND, stated_at=at(9), status=le.Verification.FALSE)) == {
        "@context": "https://schema.org",
        "@type": "Claim",
        "text": "The sea wall has broken.",
        "url": f"{HERE}known/statement/s1/",
        "inLanguage": "en",
        "author": {"@type": "Person", "name": "Bo Lund", "jobTitle": "coastguard officer"},
        "datePublished": "2026-11-12T09:00:00+00:00",
        "appearance": [{"@type": "BlogPosting", "url": f"{HERE}p/p1/"}],
        "isPartOf": {"@type": "LiveBlogPosting", "url": HERE},
    }
    unknown = data(statement())
    assert {"author", "datePublished"}.isdisjoint(unknown)


def test_a_series_is_what_stands_of_it() -> None:
    row = series(
        value(63), value(89, 6, low=80, high=95, as_of=at(10)), counted="people", outcome="killed", places=("Mida",)
    )
    found = data(row)
    assert (found["@type"], found["value"], found["minValue"], found["maxValue"]) == ("Observation", 89, 80, 95)
    assert (found["variableMeasured"], found["observationDate"]) == ("people killed", "2026-11-12T10:00:00+00:00")
    assert found["observationAbout"] == [{"@type": "Place", "name": "Mida"}]
    assert data(series(value(words="closed"), of="state"))["value"] == "closed"
    mayor, hospital = le.SaidBy(name="Mayor"), le.SaidBy(name="Hospital")
    by_source = series(value(0, by=mayor), value(89, 6, by=hospital), policy=le.Policy.BY_SOURCE)
    assert [one["value"] for one in data(by_source)["@graph"]] == [0, 89]
    assert data(series()) is None


def test_a_correction_is_a_piece_of_its_posts() -> None:
    assert data(correction(was="</script>", why="Misheard.")) == {
        "@type": "CorrectionComment",
        "text": "We said “</script>”. It should have said “two divers”. Misheard.",
        "datePublished": "2026-11-12T14:41:00+00:00",
        "url": f"{HERE}corrections/#correction-c1",
    }
    assert data(correction(), language="es")["text"].startswith("Decíamos «one diver». Debía decir «two divers».")


def test_a_replay_claims_nothing() -> None:
    assert data(statement(), replay=True) is None
