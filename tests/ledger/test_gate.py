"""Promises of the gate: what passes is exact, closed and finite, from any suggester, and nothing raises."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened.ledger import gate, reading
from asithappened.ledger.gate import Dropped
from asithappened.ledger.suggestions import (
    AnySuggestion,
    Attribution,
    Figure,
    Hedge,
    Place,
    Relay,
    Repetition,
    Revision,
    State,
)
from asithappened.ledger.views import BlogView, PostView, of_text

TEXT = "The harbour master, Ada Quill, said 12 boats had sunk off Port Vale, the Coast Echo reported."
OLDER = "Ada Quill said nine boats had sunk. The harbour is closed."
ALL = frozenset({"attribution", "hedge", "figure", "place", "repetition", "revision", "state"})


def page() -> BlogView:
    return BlogView(posts=(of_text(TEXT), of_text(OLDER, number=2)))


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def span(words: str) -> dict[str, Any]:
    start, end = at(words)
    return {"post": 1, "start": start, "end": end, "exact": words, "confidence": 80, "rule": "test.one"}


def attribution(**other: Any) -> Attribution:
    fields = span("12 boats had sunk off Port Vale") | {
        "source": "Ada Quill", "source_start": at("Ada")[0], "source_end": at("Quill")[1], "source_exact": "Ada Quill",
        "cue": "said", "cue_start": at("said")[0], "cue_end": at("said")[1],
        "relays": (Relay(outlet="The Coast Echo", mode="reports", start=at("Coast")[0], end=at("Echo")[1]),),
    }  # fmt: skip
    return Attribution(**fields | other)


def figure(**other: Any) -> Figure:
    counted = {"counted": "boats", "counted_start": at("boats")[0], "counted_end": at("boats")[1]}
    return Figure(**span("12") | {"value": 12, "low": 12, "high": 12} | counted | other)


def repetition(**other: Any) -> Repetition:
    there = at("boats had sunk", OLDER)
    where = {"other_post": 2, "other_start": there[0], "other_end": there[1]}
    return Repetition(**span("boats had sunk") | {"relation": "restates", "score": 1.0} | where | other)


def revision(**other: Any) -> Revision:
    there = at("nine", OLDER)
    where = {"other_post": 2, "other_start": there[0], "other_end": there[1]}
    return Revision(**span("12") | {"old": 9, "new": 12, "basis": "silent"} | where | other)


def hedge(**other: Any) -> Hedge:
    return Hedge(**span("reported") | {"hedge": "reported"} | other)


def place(**other: Any) -> Place:
    return Place(**span("Port Vale") | {"name": "Port Vale", "role": "event"} | other)


def state(**other: Any) -> State:
    return State(**span("sunk") | {"label": "boats", "value": "sunk"} | other)


@dataclass
class Saying:
    """A suggester that says what it was told to."""

    answers: Iterable[Any]
    name: str = "saying"
    version: str = "1"
    kinds: frozenset[str] = ALL

    def suggest(self, post: PostView, blog: BlogView) -> Iterable[AnySuggestion]:
        return self.answers


def heard(*answers: Any, kinds: frozenset[str] = ALL) -> tuple[tuple[AnySuggestion, ...], list[Dropped]]:
    dropped: list[Dropped] = []
    blog = page()
    return reading.read(blog.posts[0], blog, [Saying(answers, kinds=kinds)], tell=dropped.append), dropped


GOOD = [attribution(), figure(), repetition(), revision(), hedge(), place(), state()]


@pytest.mark.parametrize("one", GOOD, ids=lambda one: type(one).__name__)
def test_what_is_exact_and_whole_passes_as_it_was_said(one: AnySuggestion) -> None:
    assert heard(one) == ((one,), [])


@pytest.mark.parametrize("one", GOOD, ids=lambda one: type(one).__name__)
def test_a_span_that_is_not_exact_in_this_text_is_dropped(one: AnySuggestion) -> None:
    moved = [
        replace(one, start=one.start + 1), replace(one, end=one.end + 1), replace(one, exact=one.exact + "s"),
        replace(one, start=-1), replace(one, end=10_000), replace(one, start=one.end, end=one.start),
        replace(one, start=one.end, exact=""), replace(one, exact=""),
    ]  # fmt: skip
    passed, dropped = heard(*moved)
    assert passed == ()
    assert [why.reason for why in dropped] == ["not_exact"] * len(moved)
    assert {(why.suggester, why.post) for why in dropped} == {("saying", 1)}


@pytest.mark.parametrize("one", GOOD, ids=lambda one: type(one).__name__)
def test_a_suggestion_of_another_post_or_of_a_kind_not_announced_is_dropped(one: AnySuggestion) -> None:
    others = ALL - {type(one).__name__.lower()}
    assert [why.reason for why in heard(replace(one, post=2))[1]] == ["other_post"]
    assert [why.reason for why in heard(one, kinds=others)[1]] == ["other_kind"]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (attribution(source_exact="Ada Quilt"), "not_exact"),
        (attribution(source_start=0, source_end=0), "not_exact"),
        (attribution(cue="says"), "not_exact"),
        (attribution(cue_end=10_000), "not_exact"),
        (attribution(relays=(Relay(outlet="The Echo", mode="reports", start=9_000, end=9_004),)), "not_exact"),
        (attribution(relays=(Relay(outlet="The Echo", mode="reports", start=0, end=0),)), "not_exact"),
        (attribution(source="Somebody Else"), "invented"),
        (attribution(source="Oat Arbour"), "invented"),
        (attribution(source="Ada " * 100), "malformed"),
        (attribution(cue_class="shout"), "malformed"),
        (attribution(confidence=101), "malformed"),
        (attribution(confidence=-1), "malformed"),
        (attribution(confidence="sure"), "malformed"),
        (attribution(rule=""), "malformed"),
        (attribution(rule="x" * 301), "malformed"),
        (figure(value=math.nan), "not_finite"),
        (figure(high=math.inf), "not_finite"),
        (figure(value=10**400), "malformed"),
        (figure(low=13), "malformed"),
        (figure(counted="ships"), "not_exact"),
        (figure(modifier="roughly"), "malformed"),
        (repetition(other_post=1), "not_exact"),
        (repetition(other_post=3), "not_exact"),
        (repetition(other_end=10_000), "not_exact"),
        (repetition(score=1.5), "malformed"),
        (repetition(score=math.nan), "malformed"),
        (revision(old=-math.inf), "not_finite"),
        (revision(other_post=-1), "not_exact"),
        (revision(other_post=0), "not_exact"),
        (hedge(hedge="perhaps"), "malformed"),
        (place(name="x" * 301), "malformed"),
        (place(start=True), "malformed"),
        (state(places=["Port Vale", 3]), "malformed"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_with_a_suggestion_is_said(one: AnySuggestion, reason: str) -> None:
    passed, dropped = heard(one)
    assert passed == ()
    assert [why.reason for why in dropped] == [reason]
    assert dropped[0].seen


def test_a_speaker_may_be_named_in_another_post_and_by_the_one_who_is_quoted() -> None:
    blog = BlogView(posts=(of_text("She said it was over."), of_text("Ada Quill, 51, arrived.", number=2)))
    said = Attribution(
        post=1, start=9, end=20, exact="it was over", confidence=70, rule="test.one", source="Ada Quill",
        source_start=0, source_end=3, source_exact="She", cue="said", cue_start=4, cue_end=8,
    )  # fmt: skip
    dropped: list[Dropped] = []
    assert reading.read(blog.posts[0], blog, [Saying([said])], tell=dropped.append) == (said,)
    alone = BlogView(posts=blog.posts[:1])
    assert reading.read(alone.posts[0], alone, [Saying([said])], tell=dropped.append) == ()
    assert [why.reason for why in dropped] == ["invented"]


def test_an_answer_may_be_what_json_says_and_is_then_as_closed_as_any() -> None:
    fields = {"kind": "hedge", **span("reported"), "hedge": "reported"}
    assert heard(fields)[0] == (hedge(),)
    wrong = [fields | {"kind": "rumour"}, {}, None, 3, "hedge", [], object(), {"kind": "hedge"}, fields | {1: 2}]
    wrong += [fields | {"hedged": "claimed"}, fields | {"source": "Ada Quill"}]
    passed, dropped = heard(*wrong)
    assert passed == ()
    assert [why.reason for why in dropped] == ["malformed"] * len(wrong)


def test_a_suggester_that_falls_over_takes_nothing_with_it() -> None:
    def falling() -> Iterator[AnySuggestion]:
        yield hedge()
        raise ZeroDivisionError("nothing to count")

    dropped: list[Dropped] = []
    blog = page()
    said = reading.read(blog.posts[0], blog, [Saying(falling(), "falls"), Saying([place()])], tell=dropped.append)
    assert said == (place(), hedge())
    assert [(why.suggester, why.reason) for why in dropped] == [("falls", "raised")]
    assert "nothing to count" in dropped[0].seen
    assert heard_of(Saying(None)) == ["raised"]  # type: ignore[arg-type]


def heard_of(suggester: Saying) -> list[str]:
    dropped: list[Dropped] = []
    blog = page()
    assert reading.read(blog.posts[0], blog, [suggester], tell=dropped.append) == ()
    return [why.reason for why in dropped]


def test_a_suggester_that_never_stops_is_heard_so_often_and_no_more() -> None:
    def endless() -> Iterator[AnySuggestion]:
        while True:
            yield hedge()

    dropped: list[Dropped] = []
    blog = page()
    assert reading.read(blog.posts[0], blog, [Saying(endless())], tell=dropped.append) == (hedge(),)
    counts = Counter(why.reason for why in dropped)
    assert counts == {"too_many": 1, "said_twice": gate.MOST - 1}


def test_of_two_suggesters_that_say_the_same_the_surer_is_heard() -> None:
    sure, unsure = attribution(confidence=90), attribution(confidence=60, source="", rule="test.two")
    for first, second in ((sure, unsure), (unsure, sure)):
        dropped: list[Dropped] = []
        blog = page()
        both = [Saying([first], "a"), Saying([second], "b")]
        assert reading.read(blog.posts[0], blog, both, tell=dropped.append) == (sure,)
        assert [why.reason for why in dropped] == ["said_twice"]


def test_of_two_that_are_as_sure_the_first_asked_is_heard() -> None:
    blog = page()
    wide, narrow = place(), Place(**span("Vale") | {"name": "Vale", "role": "event"})
    for one, other in ((wide, narrow), (narrow, wide)):
        said = reading.read(blog.posts[0], blog, [Saying([one]), Saying([other])], tell=lambda _: None)
        assert said == (one,)


def test_two_suggesters_may_say_different_things_of_the_same_words() -> None:
    blog = page()
    others = [place(), hedge(), replace(hedge(), hedge="claimed"), state(), replace(state(), label="harbour")]
    said = reading.read(blog.posts[0], blog, [Saying([one]) for one in others], tell=lambda _: None)
    assert set(said) == set(others)


def test_one_suggester_may_say_two_things_that_overlap_and_the_same_only_once() -> None:
    inner = replace(attribution(), start=attribution().start + 3, exact=attribution().exact[3:])
    said, dropped = heard(attribution(), inner, attribution())
    assert said == (attribution(), inner)
    assert [why.reason for why in dropped] == ["said_twice"]


def test_what_passes_stands_in_page_order() -> None:
    said, _ = heard(*reversed(GOOD))
    assert [(one.start, one.end) for one in said] == sorted((one.start, one.end) for one in GOOD)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["kind", "post", "start", "end", "exact", "confidence", "rule", "hedge", "value", "relays"])


@settings(max_examples=40)
@given(st.lists(st.dictionaries(NAMES, JSON) | JSON, max_size=5), st.text(min_size=1))
def test_no_nonsense_raises_or_passes_inexact(answers: list[Any], text: str) -> None:
    post = of_text(text)
    blog = BlogView(posts=(post,))
    near = {"kind": "hedge", "post": 1, "start": 0, "exact": text[:1], "confidence": 1, "rule": "r", "hedge": "claimed"}
    ends = [near | {"end": end} for end in (0, 1, 2)]
    for one in reading.read(post, blog, [Saying([*answers, *ends])], tell=lambda _: None):
        assert one.exact == post.text[one.start : one.end] != ""
