"""Accepted rows as events: anchored in the final text, the same each time, none if the words are gone."""

from asithappened.core import body, codec
from asithappened.core import events as e
from asithappened.ledger import accepted, views
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement
from asithappened.ledger.views import PostView

ROWS = (
    AcceptedStatement(exact="63 people", nth=1, text="63 people were found.", name="Bo Lund", channel="radio"),
    AcceptedFigure(exact="63", label="Missing", value=63, was=40, counted="people", name="Bo Lund"),
    AcceptedState(exact="closed", label="Lenn Bridge", value="closed"),
)
SECRET = b"of the installation"


def post(words: str) -> PostView:
    """Return a post of one paragraph."""
    doc = body.with_ids(body.Doc(content=(body.paragraph(words),)), seed="p")
    return views.of_body("", doc, number=1, id="p1", revision=3)


POST = post("At dawn 63 people were missing; by noon 63 people were found. The bridge is closed.")


def test_each_becomes_what_the_log_can_hold_anchored_in_the_final_text() -> None:
    made, stale = accepted.events(ROWS, POST, secret=SECRET)
    assert stale == []
    for event in made:
        codec.encode(event)
    statement, missing, before, now, bridge, closed = made
    assert isinstance(statement, e.StatementRecorded)
    [anchor] = statement.anchors
    assert (anchor.post, anchor.revision, anchor.start) == ("p1", 3, POST.text.rindex("63 people"))
    assert isinstance(missing, e.SeriesRecorded)
    assert isinstance(bridge, e.SeriesRecorded)
    assert [getattr(event, "value", None) for event in (before, now)] == [40, 63]
    assert isinstance(closed, e.SeriesMoved)
    assert closed.series == bridge.series
    assert closed.words == "closed"


def test_the_same_rows_of_the_same_post_are_the_same_events_and_of_another_post_others() -> None:
    assert accepted.events(ROWS, POST, secret=SECRET) == accepted.events(ROWS, POST, secret=SECRET)
    other = views.of_body("", body.Doc(content=(body.paragraph(POST.text),)), number=1, id="p2")
    ids = [{event.subject for event in accepted.events(ROWS, view, secret=SECRET)[0]} for view in (POST, other)]
    assert not ids[0] & ids[1]


def test_the_id_of_a_row_lets_nobody_confirm_a_guess_at_its_words() -> None:
    ids = [{event.subject for event in accepted.events(ROWS, POST, secret=key)[0]} for key in (SECRET, b"guessed")]
    assert not ids[0] & ids[1]


def test_a_row_whose_words_are_gone_becomes_nothing_and_is_told() -> None:
    made, stale = accepted.events(ROWS, post("The bridge is closed."), secret=SECRET)
    assert [type(event) for event in made] == [e.SeriesRecorded, e.SeriesMoved]
    assert stale == list(ROWS[:2])


def test_a_value_of_a_series_that_there_is_begins_none() -> None:
    [moved], _ = accepted.events(
        [AcceptedFigure(exact="63", label="Missing", value=63, series="s1")], POST, secret=SECRET
    )
    assert isinstance(moved, e.SeriesMoved)
    assert moved.series == "s1"
