"""The public log as lines of JSON: every fact is counted, and what was taken back says so without a word of it."""

import json
from datetime import UTC, datetime

from asithappened.core import events as e
from asithappened.core import fold
from asithappened.syndication.json_lines import TakenBack, lines, taken_back

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)


def log(*events: e.Event) -> list[e.Fact]:
    """Return a log of these."""
    return [fold.in_envelope(event, epoch="e", seq=n, at=AT, origin=e.Origin.LIVE) for n, event in enumerate(events, 1)]


def test_what_a_post_said_before_it_was_withdrawn_is_not_said_and_what_it_says_since_is() -> None:
    facts = log(
        e.BlogOpened(slug="storm", title="Storm"),
        e.PostPublished(post="p", title="SECRET"),
        e.PostWithdrawn(post="p"),
        e.PostPublished(post="p", title="Again"),
    )
    said = list(lines(facts, taken_back(facts)))
    assert [line["seq"] for line in said] == [1, 2, 3, 4]
    assert "SECRET" not in json.dumps(said)
    assert [line.get("withdrawn", False) for line in said] == [False, True, False, False]
    assert said[3]["payload"]["title"] == "Again"
    assert (said[0]["post"], said[1]["post"], said[0]["at"]) == (None, "p", "2026-11-12T14:00:00.000000Z")


def test_a_fact_without_a_payload_is_a_line_all_the_same() -> None:
    unknown = e.Fact(epoch="e", seq=1, at=AT, origin=e.Origin.IMPORT, kind="figure.revised", version=7)
    [line] = lines([unknown], TakenBack())
    assert (line["kind"], line["version"], line["origin"], line["payload"]) == ("figure.revised", 7, "import", None)


def test_of_a_row_of_the_ledger_that_was_removed_and_of_a_value_nothing_is_said() -> None:
    facts = log(
        e.BlogOpened(slug="storm", title="Storm"),
        e.StatementRecorded(statement="s", text="SECRET"),
        e.StatementAssessed(statement="s", status=e.Verification.FALSE, note="SECRET"),
        e.LedgerRemoved(of=e.Subject(e.STATEMENT, "s"), reason="Said twice"),
        e.SeriesRecorded(series="s", label="Homes"),
        e.SeriesMoved(series="s", value=4600, words="SECRET"),
        e.SeriesMoved(series="s", value=11400),
        e.SeriesValueRemoved(series="s", value=6),
        e.StatementRecorded(statement="s", text="Said again"),
    )
    said = list(lines(facts, taken_back(facts)))
    assert "SECRET" not in json.dumps(said)
    assert [line["seq"] for line in said if line.get("withdrawn")] == [2, 3, 6]
    assert (said[3]["payload"]["reason"], said[8]["payload"]["text"]) == ("Said twice", "Said again")
    assert [said[n]["row"] for n in (0, 1, 4)] == [None, "statement:s", "series:s"]
