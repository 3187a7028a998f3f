"""Two annotators of one text are compared by the same measure as our suggestions."""

from pathlib import Path

import pytest

from evaluation import annotated
from evaluation.__main__ import ANNOTATIONS
from evaluation.agreement import SECOND, main, measured

pytestmark = pytest.mark.data


def test_whoever_marks_the_same_agrees_in_everything(shared_data: Path) -> None:
    first = [one for one in annotated.lines(ANNOTATIONS, "attributions", annotated.Said) if one.part == "tune"][:40]
    tasks = measured(first, first, shared_data).tasks
    asked = ("cue", "cue and speaker", "no cue, and speaker", "channel, of those found", "relay and mode", "hedge")
    assert {name: tasks[name].f1 for name in asked} == dict.fromkeys(asked, 1.0)


def test_two_people_agree_far_better_than_the_floors_ask_of_us(
    shared_data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (annotated.lines(ANNOTATIONS, name, annotated.Said) for name in ("attributions", SECOND))
    tasks = measured(first, second, shared_data).tasks
    assert tasks["cue"].f1 >= 0.96
    assert tasks["cue and speaker"].f1 >= 0.92
    assert main() == 0
    assert "second annotator by the first (176 posts)" in capsys.readouterr().out
