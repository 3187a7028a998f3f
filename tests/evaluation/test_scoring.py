"""The scorer has to see what is wrong: each kind of error lowers the figure that it belongs to, and no other."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from asithappened.ledger import suggestions as s
from asithappened.ledger.views import BlogView, of_text
from evaluation import annotated, corpus, scoring
from evaluation.__main__ import main
from evaluation.heads import head, same
from evaluation.scoring import Scores, Task, worst
from evaluation.table import errors_of, table_of

NEW = (
    "Ada Quill, the harbour master, said 12 boats had sunk off Port Vale, the Coast Echo reported. "
    "She denied it was 20."
)
OLD = "Ada Quill said 12 boats had sunk off Port Vale. The toll was raised to 12 from 9, she said."
BLOG = BlogView(posts=(of_text(NEW), of_text(OLD, number=2)))
POST, OLDER = BLOG.posts
Span = tuple[int, int]


def at(words: str, text: str = NEW) -> Span:
    start = text.index(words)
    return start, start + len(words)


def near(words: str, text: str = NEW, post: int = 1, confidence: int = 80) -> dict[str, Any]:
    start, end = at(words, text)
    return {"post": post, "start": start, "end": end, "exact": words, "confidence": confidence, "rule": "test.one"}


GOLD = annotated.Said(
    blog="storm", post=1, sha256="", part="tune",
    attributions=[
        annotated.Attribution(content=[at("12 boats had sunk off Port Vale")], cue=at("said"), cue_class="assert",
                              quote="indirect",
                              source=at("Ada Quill, the harbour master")),
        annotated.Attribution(content=[at("it was 20")], source=at("She"), cue=at("denied"), cue_class="deny",
                              quote="indirect",
                              speaker=annotated.Speaker(post=2, start=0, end=9)),
    ],
    relays=[annotated.Relay(outlet=at("the Coast Echo"), mode="reports", attribution=0)],
    hedges=[annotated.Hedge(span=at("denied"), hedge="denied")],
)  # fmt: skip
SAID = s.Attribution(
    **near("12 boats had sunk off Port Vale"), source="Ada Quill", source_exact="Ada Quill", cue="said",
    source_start=0, source_end=9, cue_start=at("said")[0], cue_end=at("said")[1],
    relays=(s.Relay(outlet="The Coast Echo", mode="reports", start=at("Coast")[0], end=at("Echo")[1]),),
)  # fmt: skip
DENIED = s.Attribution(
    **near("it was 20", confidence=60), source="Quill", source_exact="She", source_start=at("She")[0],
    source_end=at("She")[1], cue="denied", cue_start=at("denied")[0], cue_end=at("denied")[1], cue_class="deny",
)  # fmt: skip
HEDGE = s.Hedge(**near("denied"), hedge="denied")


def said(*given: s.AnySuggestion) -> dict[str, Task]:
    scores = Scores()
    scoring.said(scores, GOLD, POST, BLOG, given)
    return scores.tasks


def whole(tasks: dict[str, Task]) -> set[str]:
    return {name for name, task in tasks.items() if task.right and not task.extra and not task.missed}


def test_what_is_all_right_has_the_whole_figure() -> None:
    tasks = said(SAID, DENIED, HEDGE)
    assert whole(tasks) == {
        "cue", "cue and speaker", "speaker named, of cues found", "cue class, of cues found",
        "kind of quote, of cues found", "relay", "relay and mode", "hedge",
    }  # fmt: skip
    assert (tasks["cue"].precision, tasks["cue"].recall, tasks["cue"].f1) == (1, 1, 1)


@pytest.mark.parametrize(
    ("given", "fewer"),
    [
        ((replace(SAID, quote="mixed"), DENIED, HEDGE), {"kind of quote, of cues found"}),
        ((replace(SAID, source="Bo Ek"), DENIED, HEDGE), {"cue and speaker", "speaker named, of cues found"}),
        ((SAID, replace(DENIED, source=""), HEDGE), {"cue and speaker", "speaker named, of cues found"}),
        ((SAID, replace(DENIED, cue_class="assert"), HEDGE), {"cue class, of cues found"}),
        ((SAID, DENIED, replace(HEDGE, hedge="claimed")), {"hedge"}),
        ((SAID, DENIED), {"hedge"}),
        ((replace(SAID, relays=()), DENIED, HEDGE), {"relay", "relay and mode"}),
        ((replace(SAID, relays=(replace(SAID.relays[0], mode="citing"),)), DENIED, HEDGE), {"relay and mode"}),
        ((SAID, HEDGE), {"cue", "cue and speaker"}),
        ((SAID, DENIED, HEDGE, replace(SAID, cue_start=0, cue_end=3)), {"cue", "cue and speaker"}),
    ],
)  # fmt: skip
def test_what_is_wrong_lowers_its_own_figure(given: Sequence[s.AnySuggestion], fewer: set[str]) -> None:
    assert whole(said(SAID, DENIED, HEDGE)) - whole(said(*given)) == fewer


def test_a_wrong_speaker_is_both_said_wrongly_and_not_said() -> None:
    task = said(replace(SAID, source="Bo Ek"), DENIED, HEDGE)["cue and speaker"]
    assert (task.right, task.extra, task.missed) == (1, 1, 1)
    assert task.errors[0].what == "ek, not quill [test.one]"
    assert "[said]" in task.errors[0].words


def test_the_worst_errors_are_the_most_confident_and_then_what_was_missed() -> None:
    wrong = replace(SAID, source="Bo Ek", confidence=70), replace(DENIED, source="Bo Ek", confidence=90)
    assert [error.confidence for error in worst(said(*wrong)["cue and speaker"])] == [90, 70]
    assert [error.confidence for error in worst(said(wrong[0])["cue and speaker"])] == [70, -1]
    assert len(list(worst(said(*wrong)["cue and speaker"], 1))) == 1


def test_a_quote_without_a_cue_is_measured_by_what_it_says_and_by_whom() -> None:
    gold = replace(GOLD, attributions=[annotated.Attribution(content=[at("it was 20")], source=None)])
    for source, right in (("", 1), ("Bo Ek", 0)):
        scores = Scores()
        one = s.Attribution(**near("it was 20"), source=source)
        scoring.said(scores, gold, POST, BLOG, [one])
        assert scores["no cue, and speaker"].right == right
        assert scores["cue"].extra == 0


COUNTED = annotated.Counted(
    blog="storm", post=1, sha256="", part="tune",
    figures=[annotated.Figure(span=at("12 boats"), number=at("12"), value=12, unit="", modifier="",
                              counted=at("boats"), outcome="sunk")],
    places=[annotated.Place(span=at("Port Vale"), role="event")],
    revisions=[annotated.Revision(new=at("12"), old_value=9, new_value=12)],
)  # fmt: skip
FIGURE = s.Figure(
    **near("12 boats"), value=12, low=12, high=12, counted="boats", outcome="sunk",
    counted_start=at("boats")[0], counted_end=at("boats")[1],
)  # fmt: skip
PLACE = s.Place(**near("Vale"), name="Port Vale", role="event")
REVISED = s.Revision(**near("12 boats"), old=9, new=12, basis="stated")


def counted(*given: s.AnySuggestion) -> dict[str, Task]:
    scores = Scores()
    scoring.counted(scores, COUNTED, POST, given)
    return scores.tasks


FIGURES = {"figure", "figure and what it counts", "figure and modifier", "figure and outcome"}


def test_figures_places_and_revisions_that_are_right_have_the_whole_figure() -> None:
    assert whole(counted(FIGURE, PLACE, REVISED)) == {*FIGURES, "place", "place and role", "stated revision"}


@pytest.mark.parametrize(
    ("given", "fewer"),
    [
        ((replace(FIGURE, value=13), PLACE, REVISED), FIGURES),
        ((replace(FIGURE, unit="km"), PLACE, REVISED), FIGURES),
        ((replace(FIGURE, start=0, end=9), PLACE, REVISED), FIGURES),
        ((replace(FIGURE, counted="masters"), PLACE, REVISED), {"figure and what it counts"}),
        ((replace(FIGURE, counted=""), PLACE, REVISED), {"figure and what it counts"}),
        ((replace(FIGURE, modifier="about"), PLACE, REVISED), {"figure and modifier"}),
        ((replace(FIGURE, outcome="damaged"), PLACE, REVISED), {"figure and outcome"}),
        ((FIGURE, replace(PLACE, role="origin"), REVISED), {"place and role"}),
        ((FIGURE, REVISED), {"place", "place and role"}),
        ((FIGURE, PLACE, replace(REVISED, old=8)), {"stated revision"}),
        ((FIGURE, PLACE, replace(REVISED, basis="silent")), {"stated revision"}),
    ],
)
def test_what_is_wrong_with_a_figure_or_a_place_lowers_its_own(
    given: Sequence[s.AnySuggestion], fewer: set[str]
) -> None:
    assert whole(counted(FIGURE, PLACE, REVISED)) - whole(counted(*given)) == fewer


def repeated(one: s.Repetition, gold: annotated.Pair) -> Task:
    scores = Scores()
    scoring.repeated(scores, annotated.Repeated(blog="storm", part="tune", pairs=[gold]), BLOG, [one])
    return scores["repetition"]


def test_a_repetition_is_right_where_both_spans_share_half_whichever_way_it_was_annotated() -> None:
    words = "12 boats had sunk off Port Vale"
    there = at(words, OLD)
    one = s.Repetition(
        **near(words), other_post=2, other_start=there[0], other_end=there[1], relation="restates", score=1
    )
    gold = annotated.Pair(post=1, span=at(words), other_post=2, other=there)
    turned = annotated.Pair(post=2, span=there, other_post=1, other=at(words))
    for pair in (gold, turned):
        assert repeated(one, pair).right == 1
    for wrong in (
        replace(one, end=one.start + 8),
        replace(one, other_end=one.other_start + 8),
        replace(one, other_post=3),
    ):
        task = repeated(wrong, gold)
        assert (task.right, task.extra, task.missed) == (0, 1, 1)


@pytest.mark.parametrize(
    ("name", "its_head"),
    [
        ("Ada Quill", "quill"),
        ("the harbour master, Ada Quill,", "quill"),
        ("Ada Quill, the master of the harbour", "quill"),
        ("a spokesman for the ministry", "spokesman"),
        ("the harbour ministry’s", "ministry"),
        ("The Ministry of Boats", "ministry"),
        ("head of the ministry of boats Ada Quill", "quill"),
        ("ministry spokeswoman Ada Quill (left)", "quill"),
        ("the head of the Vale Group", "head"),
        ("Quill’s", "quill"),
        ("she", "she"),
        ("", ""),
        (" – ", ""),
    ],
)
def test_the_head_of_a_name_is_found(name: str, its_head: str) -> None:
    assert head(name) == its_head


def test_two_names_are_the_same_by_their_heads() -> None:
    assert same("the harbour master, Ada Quill", "Quill")
    assert same("officials in Port Vale", "an official")
    assert same("", "")
    assert not same("", "Quill")
    assert not same("a spokesman for Quill", "Quill")


PAGE = f"""A harbour and a storm – as it happened

Last modified: 06:59 PM GMT+0

The harbour is shut

{NEW}

Updated

{OLD}

Updated
"""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def annotations(tmp_path: Path) -> Iterator[list[str]]:
    """Annotations of an invented live blog, and the arguments that have them measured."""
    (tmp_path / "data/seed").mkdir(parents=True)
    (tmp_path / "data/seed/storm.txt").write_text(PAGE, "utf-8")
    (tmp_path / "annotations").mkdir()
    corpus.blog.cache_clear()
    for name, line in (("attributions", "attributions"), ("figures", "figures")):
        never = {
            "hedges": [{"span": [0, 3], "hedge": "not_claimed"}]
        }  # of a name, so that it is missed whatever we read by
        lines = [
            never
            | {
                "blog": "seed/storm.txt",
                "post": n,
                "part": part,
                "sha256": digest(text),
                line: [],
            }
            for n, part, text in ((1, "tune", NEW), (2, "held", OLD))
        ]
        (tmp_path / f"annotations/{name}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), "utf-8")
    folders = {"--annotations": "annotations", "--data": "data", "--days": "no days"}
    yield [one for option, folder in folders.items() for one in (option, str(tmp_path / folder))]
    corpus.blog.cache_clear()


def test_both_halves_are_printed_and_errors_of_the_one_that_was_set_aside_only_when_asked_for(
    annotations: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(annotations) == 0
    said = capsys.readouterr().out
    assert "tune (rules may be written by it)" in said
    assert "held (set aside before any rule was written)" in said
    assert "PolNeAR: not measured" in said
    assert "tune, hedge: 1 errors" in said
    assert "held, " not in said
    assert main([*annotations, "--held-errors"]) == 0
    assert "held, hedge: 1 errors" in capsys.readouterr().out
    assert main([*annotations, "--tune"]) == 0
    assert "held" not in capsys.readouterr().out


def test_some_blogs_are_measured_apart_by_their_names(
    annotations: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*annotations, "--blogs", "calm|st.rm"]) == 0
    assert "tune, hedge: 1 errors" in capsys.readouterr().out
    assert main([*annotations, "--blogs", "calm"]) == 0
    assert "tune, hedge" not in capsys.readouterr().out


def test_what_we_wrote_is_measured_beside_the_recorded_and_where_none_are(
    annotations: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ours/written").mkdir(parents=True)
    (tmp_path / "data/seed/storm.txt").rename(tmp_path / "ours/written/storm.txt")
    monkeypatch.setattr(corpus, "OURS", tmp_path / "ours")
    for path in (tmp_path / "annotations").iterdir():
        ours = path.read_text("utf-8").replace("seed/storm.txt", "written/storm.txt")
        path.write_text(ours + ours.replace("written/", "seed/"), "utf-8")
    assert corpus.names(tmp_path / "data") == ["written/storm.txt"]
    assert main([*annotations, "--blogs", "^written/"]) == 0
    assert "tune, hedge: 1 errors" in capsys.readouterr().out
    assert main(annotations) == 1
    assert "There is no live blog seed/storm.txt" in capsys.readouterr().err
    (tmp_path / "data").rename(tmp_path / "away")
    corpus.blog.cache_clear()
    assert main(annotations) == 0
    said = capsys.readouterr().out
    assert "Recorded live blogs: not measured" in said
    assert "tune, hedge: 1 errors" in said


def test_text_that_is_not_what_was_annotated_is_a_fault(
    annotations: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data/seed/storm.txt").write_text(PAGE.replace("12 boats", "13 boats"), "utf-8")
    assert main(annotations) == 1
    assert "Post 1 reads other than when it was annotated" in capsys.readouterr().err
    (tmp_path / "data/seed/storm.txt").unlink()
    corpus.blog.cache_clear()
    assert main(annotations) == 1
    assert "There is no live blog seed/storm.txt" in capsys.readouterr().err


def test_annotations_that_cannot_be_read_are_named_by_line(
    annotations: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "annotations/figures.jsonl").open("a") as file:
        file.write('\n{"blog": "seed/storm.txt", "post": "one"}\n')
    assert main(annotations) == 1
    assert "figures.jsonl:4: " in capsys.readouterr().err


def test_a_table_has_a_line_a_task_and_a_dash_where_nothing_was_counted() -> None:
    text = table_of("held", {"cue": Task(right=9, extra=1, missed=3), "place": Task()})
    assert [line.split() for line in text.splitlines()] == [
        ["held", "P", "R", "F1", "right", "extra", "missed"],
        ["cue", ".90", ".75", ".82", "9", "1", "3"],
        ["place", "-", "-", "-", "0", "0", "0"],
    ]
    assert errors_of("tune", {"cue": said(SAID)["cue"]}, "", 10).startswith("tune, cue: 1 errors")
