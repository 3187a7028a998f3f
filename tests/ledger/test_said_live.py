"""Invented posts of live blogs, read as a whole: how many of their attributions are found, and how many are right.

A rule that mends one sentence may break ten others: this is where that shows. The floors rise with what is reached.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from asithappened.ledger.speech.attribution import Attributions
from asithappened.ledger.suggestions import Attribution
from asithappened.ledger.views import BETWEEN, BlogView, Part, PartView, PostView, of_text
from evaluation.heads import same

_KINDS = {"§ ": Part.QUOTE, "# ": Part.HEADING}
# Whom the live blog named before.
_BEFORE = of_text(
    "We will hear from Helen Prior, Ken Lowe, Yvonne Marsh, Carla Benn, Kieran Holt, Grace Cooper, Tom Doyle, "
    "Paula Dean, Olga Lind and Paul Osei.",
    number=2,
)


class Spoken(NamedTuple):
    speaker: str
    cue: str


class Told(NamedTuple):
    """A post, and what is said in it."""

    text: str
    wanted: list[Spoken]


def told() -> Iterator[Told]:
    for line in Path(__file__).with_name("said_live.txt").read_text(encoding="utf-8").splitlines():
        text, bar, behind = line.rpartition(" |")
        if not bar:
            assert not line or line.startswith("# "), line
            continue
        pairs = [one.rpartition(">") for one in behind.split(";") if one.strip()]
        yield Told(text, [Spoken(speaker.strip(), cue.strip()) for speaker, _, cue in pairs])


def post_of(text: str) -> PostView:
    parts, start = list[PartView](), 0
    for printed in text.split(" ¶ "):
        kind = _KINDS.get(printed[:2], Part.PARAGRAPH)
        words = printed.removeprefix("§ ").removeprefix("# ")
        parts.append(PartView(kind=kind, text=words, start=start, block="1" if kind is Part.QUOTE else ""))
        start += len(words) + len(BETWEEN)
    return PostView(number=1, parts=tuple(parts))


def attributions(text: str) -> list[Attribution]:
    post = post_of(text)
    return list(Attributions().suggest(post, BlogView(posts=(post, _BEFORE))))


def found_in(wanted: list[Spoken], given: list[Attribution]) -> tuple[int, int]:
    """Return how many cues are right, and how many of those have the right speaker."""
    cues = speakers = 0
    left = list(given)
    for one in wanted:
        hits = [each for each in left if bool(each.cue) == bool(one.cue) and each.cue in one.cue]
        hits = hits or [each for each in left if one.cue and each.cue and one.cue in each.cue]
        if hits:
            left.remove(hits[0])
            cues += 1
            speakers += same(hits[0].source, one.speaker) if one.speaker else not hits[0].source
    return cues, speakers


def test_what_is_said_in_invented_posts_is_found_with_whose_it_is() -> None:
    cues = speakers = wanted = given = 0
    for post in told():
        ours = attributions(post.text)
        right, whose = found_in(post.wanted, ours)
        cues, speakers = cues + right, speakers + whose
        wanted, given = wanted + len(post.wanted), given + len(ours)
    assert wanted > 220
    assert 2 * cues / (wanted + given) >= 0.975
    assert 2 * speakers / (wanted + given) >= 0.93
