"""A model's words are looked for in the post; words that are not there are left out, whatever the model claims."""

import json

import pytest

from asithappened.ledger.suggestions import Attribution, Figure, Hedge, Place
from tests.ledger.model.asked import FIGURE, HEDGE, PLACE, SAID, TEXT, Asked, saying, suggesting


def test_a_good_answer_is_heard_with_the_places_where_its_words_stand() -> None:
    asked = suggesting(SAID, HEDGE, FIGURE, PLACE)
    assert asked.dropped == []
    figure, said, place, hedge = asked.said
    assert isinstance(said, Attribution)
    assert (said.exact, said.source, said.cue, said.start) == (SAID["exact"], "Ada Quill", "said", 0)
    assert TEXT[said.cue_start : said.cue_end] == "said"
    assert said.source_start == TEXT.index("Ada Quill")
    assert [(relay.outlet, TEXT[relay.start : relay.end]) for relay in said.relays] == [("Coast Echo", "Coast Echo")]
    assert isinstance(figure, Figure)
    assert (figure.value, figure.low, figure.high, figure.counted, figure.modifier) == (12, 12, 12, "boats", "at_least")
    assert isinstance(place, Place)
    assert isinstance(hedge, Hedge)
    assert {one.confidence for one in asked.said} == {40}


def test_words_that_stand_twice_are_taken_in_the_order_of_the_text() -> None:
    twice = suggesting({**FIGURE, "exact": "12"}, {**FIGURE, "exact": "14", "value": 14}, HEDGE, PLACE, PLACE)
    counted = [one.counted_start for one in twice.said if isinstance(one, Figure)]
    assert counted == [TEXT.index("boats"), TEXT.rindex("boats")]
    assert len([one for one in twice.said if isinstance(one, Place)]) == 1


@pytest.mark.parametrize(
    "lie",
    [
        {**SAID, "exact": "14 boats sank"},
        {**SAID, "cue": "admitted"},
        {**SAID, "source_exact": "the minister"},
        {**SAID, "source": "The Minister"},
        {**SAID, "cue_class": "lied"},
        {**SAID, "channel": "rumour"},
        {**SAID, "relays": [{"outlet": "x", "exact": "Daily Lie", "mode": "reports"}]},
        {**SAID, "relays": [{"outlet": "x", "exact": "Coast Echo", "mode": "invents"}]},
        {**SAID, "relays": [7]},
        {**SAID, "source": ["Ada"]},
        {**SAID, "cue": {"said": 1}},
        {**HEDGE, "exact": "perhaps"},
        {**HEDGE, "hedge": "certain"},
        {**FIGURE, "value": 120},
        {**FIGURE, "value": True},
        {**FIGURE, "value": "12"},
        {**FIGURE, "value": 1e999},
        {**FIGURE, "counted": "ships"},
        {**FIGURE, "modifier": "roughly"},
        {**PLACE, "exact": "Paris"},
        {**PLACE, "exact": "Vale", "role": "target"},
        {"kind": "revision", "exact": "12", "old": 9, "new": 12, "basis": "stated"},
        {"kind": "figure"},
        {"kind": ["hedge"], "exact": "may"},
        {"exact": " ", "kind": "hedge"},
        [],
        None,
        7,
    ],
    ids=str,
)
def test_a_lie_is_left_out_and_the_truth_beside_it_is_kept(lie: object) -> None:
    asked = suggesting(lie, PLACE)
    assert [type(one) for one in asked.said] == [Place]
    assert [why.reason for why in asked.dropped if why.reason == "raised"] == []


NONSENSE = [
    "", "no", "[]", "{", '{"suggestions": 7}', '{"other": []}', "7", "null", "```json\n{\n```", "[" * 100_000,
    '{"suggestions": ' + "[" * 50_000, "9" * 10_000, "I am sorry, but", "\x00", '{"suggestions": [}',
]  # fmt: skip


@pytest.mark.parametrize("content", NONSENSE, ids=range(len(NONSENSE)))
def test_words_that_are_no_json_of_the_form_are_no_answer(content: str) -> None:
    assert "ModelFailed: " in saying(content).why


def test_json_within_a_fence_is_an_answer() -> None:
    fenced = f"```json\n{json.dumps({'suggestions': [PLACE]})}\n```"
    assert [type(one) for one in saying(fenced).said] == [Place]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "no completion"),
        (b"<html>", "no completion"),
        (b"\xff\xfe", "no completion"),
        (b"[]", "no completion"),
        (b'{"choices": []}', "without words"),
        (b'{"choices": [{"message": {"content": null}}]}', "without words"),
        (b'{"choices": [{"message": {"content": ["a"]}}]}', "no completion"),
        (b"[" * 100_000, "no completion"),
    ],
)
def test_a_body_that_is_no_completion_is_no_answer(body: bytes, said: str) -> None:
    assert said in Asked(lambda to: to.answer(body)).why


def test_an_answer_of_very_many_suggestions_is_heard_so_far_and_no_further() -> None:
    many = Asked(lambda to: to.suggest(*[HEDGE] * 2_000))
    assert [type(one) for one in many.said] == [Hedge]
