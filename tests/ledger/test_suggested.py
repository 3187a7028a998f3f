"""What suggestions would be as rows: each once, surest first, and none that the ledger says already."""

from collections.abc import Sequence

from asithappened.core import body
from asithappened.core.ledger_events import Anchor, SaidBy
from asithappened.core.ledger_state import Row, Series, SeriesValue, Statement
from asithappened.ledger import reading, suggested, views
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement
from asithappened.ledger.suggested import Suggested
from asithappened.ledger.views import BlogView


def rows_of(*paragraphs: str, title: str = "", standing: Sequence[Row] = ()) -> list[Suggested]:
    """Return the rows that a post's words suggest."""
    doc = body.with_ids(body.Doc(content=tuple(body.paragraph(words) for words in paragraphs)), seed="p")
    post = views.of_body(title, doc, number=1, id="p1")
    found = reading.read(post, BlogView(posts=(post,)))
    return suggested.suggested(post, found, standing, [block.attrs.id for block in doc.content], "en")


def people_killed(value: float) -> Series:
    """Return a series of a toll."""
    return Series(
        id="s1", first_seq=1, content_seq=1, last_seq=2, label="Dead in the mill fire", counted="people",
        outcome="killed", values=(SeriesValue(seq=2, value=value),),
    )  # fmt: skip


def test_a_statement_is_suggested_with_who_said_it_and_on_whose_word() -> None:
    [one] = rows_of(
        "Nothing here.", "Bo Lund, the mayor, said the bridge would stay closed all night, according to AFP."
    )
    assert isinstance(one.row, AcceptedStatement)
    assert (one.block, one.row.name) == (1, "Bo Lund")
    assert one.row.text == "The bridge would stay closed all night"
    assert [relay.outlet for relay in one.row.relays] == ["AFP"]


def test_a_quotation_is_suggested_without_the_verb_that_introduces_it() -> None:
    [one] = rows_of("Writing about the city, Ana Ruiz said:", "It has sprung back to life before, and will again.")
    assert isinstance(one.row, AcceptedStatement)
    assert (one.row.name, one.row.text) == ("Ana Ruiz", "It has sprung back to life before, and will again.")


def test_a_figure_goes_on_the_series_that_it_is_of_and_is_not_suggested_while_that_says_it() -> None:
    words = "Police said 89 people were killed in the fire."
    [moved] = [one.row for one in rows_of(words, standing=[people_killed(63)]) if isinstance(one.row, AcceptedFigure)]
    assert (moved.series, moved.label, moved.value) == ("s1", "Dead in the mill fire", 89)
    assert not [one for one in rows_of(words, standing=[people_killed(89)]) if isinstance(one.row, AcceptedFigure)]


def test_of_a_stated_revision_the_new_figure_is_suggested_with_the_old_one_and_not_both() -> None:
    found = [one.row for one in rows_of("The number of people killed rose to 89, up from a previous toll of 63.")]
    figures = [row for row in found if isinstance(row, AcceptedFigure)]
    assert [(row.value, row.was, row.basis) for row in figures] == [(89, 63, "stated")]


def test_a_state_is_suggested_with_its_place() -> None:
    [state] = [one.row for one in rows_of("The air alert in Mykolaiv is over.") if isinstance(one.row, AcceptedState)]
    assert (state.label, state.value, state.places) == ("Air alert, Mykolaiv", "over", ("Mykolaiv",))


def test_a_statement_that_the_ledger_has_is_not_suggested_again() -> None:
    words = "Bo Lund, the mayor, said the bridge would stay closed all night."
    [one] = rows_of(words)
    assert isinstance(one.row, AcceptedStatement)
    anchor = Anchor(post="p1", exact=one.row.exact)
    row = Statement(id="s", first_seq=1, content_seq=1, last_seq=1, text="Reworded by an editor.", anchors=(anchor,))
    assert rows_of(words, standing=[row]) == []


def test_a_statement_in_nearly_the_same_words_is_not_suggested_again_but_of_somebody_else_or_with_another_number() -> (
    None
):
    words = "Bo Lund, the mayor, said the old stone bridge would stay closed for 63 more days."

    def standing(text: str, name: str = "Bo Lund") -> list[Suggested]:
        by = SaidBy(name=name)
        return rows_of(words, standing=[Statement(id="s", first_seq=1, content_seq=1, last_seq=1, text=text, by=by)])

    assert standing("The old stone bridge would now stay closed for 63 more days") == []
    assert standing("The old stone bridge would now stay closed for 89 more days")
    assert standing("The old stone bridge would now stay closed for 63 more days", "Ana Ruiz")


def test_the_surest_come_first_and_a_row_is_known_by_the_same_key_in_another_post() -> None:
    first = rows_of("Bo Lund said the bridge would stay closed all night. He said “schools are open” too.")
    assert [one.confidence for one in first] == sorted((one.confidence for one in first), reverse=True)
    again = rows_of("More:", "Bo Lund said the bridge would stay closed all night.")
    assert again[0].key in {one.key for one in first}
