"""The short form of the script's posts, and what it refuses."""

from datetime import date
from typing import Any

import pytest

from asithappened.core import body
from asithappened.desk.demo.clock import on
from asithappened.desk.demo.manuscript import ScriptError, document, inline, revised

POST: dict[str, Any] = {"title": "Power", "body": ["First.", "About 3,000 homes.", "Soon …"]}


def step(**differences: Any) -> dict[str, Any]:
    return {"revise": "power", "at": "15:00", **differences}


def test_marks_become_marks_and_the_words_between_them_stay() -> None:
    bold, between, italic, _, linked = inline("**Saltings** and *Bright Annie* [here](https://courier.example/a)")
    assert (bold.text, bold.marks) == ("Saltings", (body.Bold(),))
    assert (between.text, between.marks) == (" and ", ())
    assert (italic.text, italic.marks) == ("Bright Annie", (body.Italic(),))
    assert linked.marks == (body.Link(attrs=body.LinkAttrs(href="https://courier.example/a")),)


def test_a_revision_changes_words_cuts_a_paragraph_and_adds_one() -> None:
    after = revised(POST, step(change=[["3,000", "4,600"]], cut=["Soon …"], add=["Later."]))
    assert after["body"] == ["First.", "About 4,600 homes.", "Later."]
    assert POST["body"] == ["First.", "About 3,000 homes.", "Soon …"]


@pytest.mark.parametrize("differences", [{"change": [["9,000", "1"]]}, {"change": [["o", "0"]]}, {"cut": ["Later …"]}])
def test_a_revision_that_misses_its_target_is_an_error(differences: dict[str, Any]) -> None:
    with pytest.raises(ScriptError, match="power at 15:00"):
        revised(POST, step(**differences))


def test_a_block_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(ScriptError, match="Unknown kind of block"):
        document([{"hologram": "x"}], when=on(date(2026, 11, 12)))
