"""Promises of printed suggestions: programs get every field, people get the words with their surroundings."""

import json

import msgspec
import pytest

from asithappened.ledger import report
from asithappened.ledger.gate import Dropped
from asithappened.ledger.suggestions import AnySuggestion, Attribution, Figure, Hedge
from asithappened.ledger.views import BlogView, of_text
from tests.ledger.test_gate import GOOD, attribution, figure, hedge, page, place, revision, state

MODEL = {
    "attribution": {
        "source", "source_start", "source_end", "source_exact", "cue", "cue_start", "cue_end", "cue_class", "quote",
        "channel", "relays",
    },
    "hedge": {"hedge"},
    "figure": {
        "figure", "value", "low", "high", "modifier", "unit", "counted", "counted_start", "counted_end", "outcome",
    },
    "place": {"name", "role"},
    "repetition": {"other_post", "other_start", "other_end", "relation", "score", "differs"},
    "revision": {
        "old", "new", "basis", "counted", "outcome", "places", "other_post", "other_start", "other_end",
    },
    "state": {"label", "value", "places"},
}  # fmt: skip
COMMON = {"kind", "post", "start", "end", "exact", "confidence", "rule"}


@pytest.mark.parametrize("one", GOOD, ids=lambda one: type(one).__name__)
def test_programs_get_every_field_of_a_kind_and_no_other(one: AnySuggestion) -> None:
    [fields] = report.as_json([one])
    assert fields.keys() == COMMON | MODEL[fields["kind"]]
    assert next(iter(fields)) == "kind"
    assert msgspec.convert(json.loads(json.dumps(fields)), AnySuggestion) == one


def test_fields_that_say_nothing_are_there_too() -> None:
    bare = Attribution(post=1, start=0, end=3, exact="The", confidence=50, rule="test.bare")
    [fields] = report.as_json([bare])
    assert fields.keys() == COMMON | MODEL["attribution"]
    assert (fields["source"], fields["source_start"], fields["channel"], fields["relays"]) == ("", 0, "", [])


def test_a_whole_number_is_printed_without_a_point_and_a_part_of_one_with_it() -> None:
    [whole], [part] = report.as_json([figure()]), report.as_json([figure(value=1.5, low=1.5, high=2)])
    assert json.dumps([whole["value"], part["value"], part["high"]]) == "[12, 1.5, 2]"


def test_people_get_words_in_context_speaker_cue_and_whose_word_it_is() -> None:
    blog = page()
    every: list[AnySuggestion] = [attribution(), figure(), hedge(), place(), revision(), state()]
    said = sorted(every, key=lambda one: one.start)
    text = report.as_text(said, blog)
    for line in (
        "Post 1: The harbour master, Ada Quill, said 12 boats had sunk off Port Vale, the Coast Echo…",
        "  attribution  “12 boats had sunk off Port Vale”",
        "by Ada Quill",
        "“said”, assert, indirect",
        "on the word of The Coast Echo (reports)",
        "said [12] boats had sunk off Port Vale, the",
        "12 boats",
        "Port Vale, event",
        "9 → 12, silent, from post 2",
        "boats: sunk",
        "test.one, 80 of 100",
        "6 suggestions of 2 posts: attribution 1, figure 1, hedge 1, place 1, revision 1, state 1.",
    ):
        assert line in text, line
    assert max(map(len, text.splitlines())) <= report.WIDTH


def test_a_speaker_that_was_left_open_is_said_to_be() -> None:
    open_ = attribution(source="")
    assert "by left open: “Ada Quill”" in report.as_text([open_], page())
    nobody = attribution(source="", source_start=0, source_end=0, source_exact="")
    assert "by left open: nobody named" in report.as_text([nobody], page())


def test_a_hostile_text_moves_nobodys_cursor() -> None:
    post = of_text("\x1b[2Jgone \u202eenog\x07 \r reported")
    text = post.text
    start = text.index("reported")
    one = Hedge(post=1, start=start, end=len(text), exact="reported", confidence=1, rule="r\x1b[0m", hedge="reported")
    all_of_it = Hedge(post=1, start=0, end=len(text), exact=text, confidence=1, rule="r", hedge="reported")
    chosen: list[AnySuggestion] = [figure(unit="\x1b[2J", outcome="\x07"), revision(outcome="\x1b[2J")]  # by a plug-in
    printed = report.as_text([one, all_of_it, *chosen], BlogView(posts=(post,)))
    assert not set(printed) & set("\x1b\x07\r\u202e")


def test_a_long_text_is_shortened_and_a_number_is_not() -> None:
    post = of_text("word " * 400 + "1234567 boats")
    start = post.text.index("1234567")
    one = Figure(post=1, start=start, end=start + 7, exact="1234567", confidence=1, rule="r",
                 value=1234567, low=1234567, high=2000000, unit="km")  # fmt: skip
    printed = report.as_text([one], BlogView(posts=(post,)))
    assert "1,234,567 to 2,000,000 km" in printed
    assert len(printed) < 600


def test_nothing_suggested_is_said() -> None:
    assert report.as_text([], page()) == "Nothing is suggested of 2 posts.\n"


def test_what_did_not_pass_is_counted_by_suggester_and_reason() -> None:
    dropped = [Dropped("a", 1, "not_exact"), Dropped("a", 2, "not_exact"), Dropped("b", 1, "said_twice"),
               Dropped("b", 1, "raised", "it fell over")]  # fmt: skip
    assert report.faults(dropped) == [
        "b did not answer (once): it fell over", "2 of what a suggested did not pass: not exact.",
    ]  # fmt: skip
