"""Promises of `core.body.results`: who leads, in which order, by how much, and the same in plain text."""

import json

import pytest
from hypothesis import given

from asithappened.core import body
from asithappened.core.body import results as r
from asithappened.core.body.results import Result, ResultAttrs, Results, ResultsAttrs
from tests import strategies


def of(*lines: ResultAttrs, **attrs: object) -> Results:
    """Return results of these lines."""
    return Results(content=tuple(Result(attrs=line) for line in lines), attrs=ResultsAttrs(**attrs))  # type: ignore[arg-type]


NIGHT = of(
    ResultAttrs(name="Hill", seats=23, share=31.25, before=27),
    ResultAttrs(name="Harbour", seats=31, share=43.2, before=25),
    ResultAttrs(name="Independents", seats=0),
    title="Port Tavell council",
    declared=54,
    total=72,
    units="wards",
    needed=37,
    source="Returning officer",
)


def test_whoever_has_most_of_what_decides_leads_and_stands_first_unless_the_order_is_given() -> None:
    assert [line.name for line in r.ranked(NIGHT)] == ["Harbour", "Hill", "Independents"]
    ahead = r.leader(NIGHT)
    assert ahead is not None
    assert (ahead.name, r.change(ahead, "seats"), r.measures(NIGHT)) == ("Harbour", 6, ("seats", "share"))
    given_ = of(*(line.attrs for line in NIGHT.content), given=True)
    assert [line.name for line in r.ranked(given_)] == ["Hill", "Harbour", "Independents"]
    assert r.leader(given_) == ahead


@pytest.mark.parametrize(
    "lines",
    [
        (ResultAttrs(name="A", votes=7), ResultAttrs(name="B", votes=7)),  # level
        (ResultAttrs(name="A", votes=0), ResultAttrs(name="B")),  # nobody has anything
        (ResultAttrs(name="A"), ResultAttrs(name="B")),
        (ResultAttrs(name="A", votes=9),),  # of one nobody is ahead
        (
            ResultAttrs(name="A", votes=9),
            ResultAttrs(name="B", votes=3, won=True),
        ),  # it is decided, whatever was counted
    ],
)
def test_nobody_leads_where_nothing_says_so(lines: tuple[ResultAttrs, ...]) -> None:
    assert r.leader(of(*lines)) is None


def test_the_plain_text_says_all_that_the_table_does() -> None:
    assert list(body.printed(NIGHT)) == [
        "Port Tavell council\n"
        "54 of 72 wards declared; 37 needed\n"
        "Harbour: 31 seats (+6), 43.2 %, leads\n"
        "Hill: 23 seats (-4), 31.25 %\n"
        "Independents: 0 seats\n"
        "Source: Returning officer"
    ]
    won = of(ResultAttrs(name="Ann Lee", party="Hill", votes=12_345, won=True), called_by="The Courier")
    assert body.text_of(won) == "Ann Lee (Hill): 12,345 votes, won\nCalled by The Courier"


@given(strategies.of(Results))
def test_whatever_the_figures_are_each_line_is_there_once_and_in_the_text(results: Results) -> None:
    assert sorted(map(repr, r.ranked(results))) == sorted(repr(line.attrs) for line in results.content)
    said = body.text_of(results)
    assert all(line.attrs.name in said for line in results.content)


@pytest.mark.parametrize(
    ("attrs", "line"),
    [
        ({"declared": 73, "total": 72}, {}),
        ({"called_at": "2026-13-45T22:04Z"}, {}),
        ({"called_at": "at four"}, {}),
        ({}, {"votes": -1}),
        ({}, {"votes": 10**13}),
        ({}, {"votes": 1.5}),
        ({}, {"share": float("nan")}),
        ({}, {"share": float("inf")}),
        ({}, {"share": 100.5}),
        ({}, {"color": "#ff0000"}),
        ({}, {"name": "a\u202eb"}),
    ],
)
def test_figures_that_cannot_be_are_refused(attrs: dict[str, object], line: dict[str, object]) -> None:
    block = {"type": "results", "attrs": attrs, "content": [{"type": "result", "attrs": line}]}
    with pytest.raises(body.BodyError):
        body.parse(json.dumps({"type": "doc", "content": [block]}))
    body.parse({"type": "doc", "content": [{"type": "results", "content": [{"type": "result"}]}]})
