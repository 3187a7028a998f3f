"""The live blogs that we wrote are annotated from end to end, and measured without anybody else's text."""

from pathlib import Path

from asithappened.ledger.gate import Dropped
from evaluation import annotated, corpus
from evaluation.__main__ import ANNOTATIONS, measured
from evaluation.annotated import PARTS


def test_every_post_of_ours_reads_as_when_it_was_annotated() -> None:
    said = annotated.lines(ANNOTATIONS, "attributions", annotated.Said)
    counted = annotated.lines(ANNOTATIONS, "figures", annotated.Counted)
    every = {(blog, post.number) for blog in _ours() for post in corpus.blog(blog).posts}
    assert {(one.blog, _number(one)) for one in said if one.blog in _ours()} == every
    assert {(one.blog, _number(one)) for one in counted if one.blog in _ours()} == every


def test_ours_are_measured_where_no_recorded_ones_are(tmp_path: Path) -> None:
    dropped: list[Dropped] = []
    scores = measured(ANNOTATIONS, tmp_path / "nowhere", PARTS, dropped.append)
    assert sum(scores[part]["cue"].right for part in PARTS) > 0
    assert dropped == []


def _ours() -> list[str]:
    return sorted(corpus.files(f"{corpus.WRITTEN}*.txt"))


def _number(one: annotated.Said | annotated.Counted) -> int:
    return corpus.post(corpus.blog(one.blog), one.post, one.sha256).number
