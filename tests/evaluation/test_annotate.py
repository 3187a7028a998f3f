"""Annotations by exact words become offsets, and what is ambiguous or absent is refused."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.annotate import AnnotationError, annotated, line_of, located, pair_of

TEXT = "The mayor said that he said so. Then he left, she said."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The mayor", "The mayor"),
        (["he", 2], "he"),
        ("she |said|", "said"),
        ("Then >> left", "Then he left"),
        (["said >> so", 1], "said that he said so"),
    ],
)
def test_words_are_found_where_they_stand(words: str | list[Any], found: str) -> None:
    start, end = located(TEXT, words)
    assert TEXT[start:end] == found


def test_a_word_is_not_found_inside_another() -> None:
    assert located("she and he", "he") == (8, 10)


def test_a_hard_space_is_a_space() -> None:
    assert located("José\xa0Ruiz said", "José Ruiz") == (0, 9)


@pytest.mark.parametrize("words", ["said", "nowhere", ["said", 4], "left >> The", "||"])
def test_words_that_are_absent_or_ambiguous_are_refused(words: str | list[Any]) -> None:
    with pytest.raises(AnnotationError):
        located(TEXT, words)


TEXTS = ["Ana Ruiz left, the Herald reports.\n\nShe may be back.", "Ana Ruiz arrived."]


def test_a_line_holds_offsets_and_a_hash_and_no_words() -> None:
    spoken = {
        "content": "Ana Ruiz left",
        "source": "the Herald",
        "cue": "reports",
        "relays": [{"outlet": "Herald"}],
    }
    gone = {"content": "She may be back", "speaker": {"post": 2, "words": "Ana Ruiz"}}
    line = line_of({"post": 1, "attributions": [spoken, gone], "hedges": []}, TEXTS)
    assert line["sha256"] == hashlib.sha256(TEXTS[0].encode()).hexdigest()
    said, went = line["attributions"]
    assert (said["content"], said["source"], said["cue"]) == ([(0, 13)], (15, 25), (26, 33))
    assert said["speaker"] == {"post": 1, "start": 15, "end": 25}
    assert went["speaker"] == {"post": 2, "start": 0, "end": 8}
    assert line["relays"] == [{"mode": "reports", "attribution": 0, "outlet": (19, 25)}]
    assert line["hedges"] == []
    assert "Ruiz" not in json.dumps(line)


def test_a_figure_is_no_range_unless_its_ends_are_given() -> None:
    texts = ["About 20 of the 60 to 70 boats are now missing, not 12."]
    missing = {"span": "About 20", "number": "20", "value": 20, "modifier": "about", "outcome": "missing"}
    ashore = {"span": "60 to 70", "number": "60 to 70", "value": 60, "high": 70, "counted": "boats"}
    moved = {"new": "20", "old": "12", "new_value": 20, "old_value": 12}
    line = line_of({"post": 1, "figures": [missing, ashore], "revisions": [moved]}, texts)
    ends = [(figure["low"], figure["high"]) for figure in line["figures"]]
    assert ends == [(20, 20), (60, 70)]
    assert line["figures"][0]["number"] == (6, 8)
    assert (line["revisions"][0]["new"], line["revisions"][0]["old"]) == ((6, 8), (52, 54))


def test_what_is_repeated_stands_in_an_older_post() -> None:
    pair = {"post": 1, "span": "Ana Ruiz", "other_post": 2, "other": "Ana Ruiz"}
    assert pair_of(pair, TEXTS) == {
        "post": 1, "span": (0, 8), "other_post": 2, "other": (0, 8), "relation": "restates",
    }  # fmt: skip
    with pytest.raises(AnnotationError, match="older"):
        pair_of({**pair, "other_post": 1}, TEXTS)


@pytest.mark.parametrize(
    "post",
    [
        {"post": 1, "hedges": [{"span": "may", "hedge": "perhaps"}]},
        {"post": 1, "hedges": [{"span": "might", "hedge": "estimative"}]},
        {"post": 1, "guesses": []},
        {"post": 3, "hedges": []},
    ],
)
def test_what_no_post_and_no_closed_set_holds_is_refused(post: dict[str, Any]) -> None:
    with pytest.raises(AnnotationError):
        line_of(post, TEXTS)


def test_a_blog_that_is_not_there_is_said_with_the_scratch_file(tmp_path: Path) -> None:
    path = tmp_path / "day.json"
    path.write_text(json.dumps({"blog": "nowhere.json", "part": "tune", "posts": []}))
    with pytest.raises(AnnotationError, match=r"day\.json.*nowhere\.json"):
        list(annotated(path, tmp_path))
