"""What counts as right, task by task, by the guideline.

Owns comparing suggestions with annotations, and counting. Never prints, and uses none of the ledger's rules: only its
suggestions. Look next: `heads` for when two names are the same, GUIDELINE.md.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from asithappened.ledger import suggestions as s
from asithappened.ledger.views import BlogView, Part, PostView
from evaluation import annotated as a
from evaluation.heads import head, same, same_noun

_G = TypeVar("_G")
_P = TypeVar("_P")


@dataclass(frozen=True)
class Error:
    """A wrong or missing suggestion. `confidence`: how sure the suggestion was; -1 if there was none."""

    confidence: int
    what: str
    where: str
    words: str


@dataclass
class Task:
    """A task's counts: `right` suggestions, wrong ones (`extra`), annotations without a right one (`missed`)."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    errors: list[Error] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the suggestions that is right."""
        return self.right / (self.right + self.extra) if self.right + self.extra else math.nan

    @property
    def recall(self) -> float:
        """The share of the annotations that was suggested."""
        return self.right / (self.right + self.missed) if self.right + self.missed else math.nan

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        twice = 2 * self.right
        return twice / (twice + self.extra + self.missed) if twice + self.extra + self.missed else math.nan


class Scores:
    """The tasks of one half of the annotations, by name, in the order in which they were first counted."""

    def __init__(self) -> None:
        self.tasks: dict[str, Task] = {}

    def __getitem__(self, name: str) -> Task:
        """Return a task, new if it was not counted yet."""
        return self.tasks.setdefault(name, Task())


def said(scores: Scores, line: a.Said, post: PostView, blog: BlogView, given: Sequence[s.AnySuggestion]) -> None:
    """Count attributions, relays and hedges of a post. Captions and cards are not read for them."""
    at = _Place(line.blog, post)
    given = [one for one in given if _part_at(post, one.start) not in {Part.CAPTION, Part.CARD}]
    ours = [one for one in given if isinstance(one, s.Attribution)]
    if line.attributions is not None:
        _attributions(scores, at, blog, line.attributions, ours)
    if line.relays is not None:
        _relays(scores, at, line.relays, ours)
    if line.hedges is not None:
        hedges = [one for one in given if isinstance(one, s.Hedge)]
        pairs, missed, extra = _paired(
            line.hedges, hedges, lambda g, p: _overlap(post.text, g.span, (p.start, p.end)) if g.hedge == p.hedge else 0
        )
        not_found = [_missed(g.span, f"missed: {g.hedge}") for g in missed]
        _count(scores["hedge"], at, len(pairs), not_found, [_extra(p, f"not there: {p.hedge}") for p in extra])


def counted(scores: Scores, line: a.Counted, post: PostView, given: Sequence[s.AnySuggestion]) -> None:
    """Count figures, places and stated revisions of a post."""
    at = _Place(line.blog, post)
    if line.figures is not None:
        _figures(scores, at, line.figures, [one for one in given if isinstance(one, s.Figure)])
    if line.places is not None:
        _places(scores, at, line.places, [one for one in given if isinstance(one, s.Place)])
    if line.revisions is not None:
        stated = [one for one in given if isinstance(one, s.Revision) and one.basis == "stated"]
        pairs, missed, extra = _paired(
            line.revisions,
            stated,
            lambda g, p: (
                _overlap(post.text, g.new, (p.start, p.end)) if (g.old_value, g.new_value) == (p.old, p.new) else 0
            ),
        )
        not_found = [_missed(g.new, f"missed: {g.old_value:g} to {g.new_value:g}") for g in missed]
        not_there = [_extra(p, f"not there: {p.old:g} to {p.new:g}") for p in extra]
        _count(scores["stated revision"], at, len(pairs), not_found, not_there)


def repeated(scores: Scores, line: a.Repeated, blog: BlogView, given: Sequence[s.AnySuggestion]) -> None:
    """Count repetitions of a live blog. Repetitions in further posts, and doubtful ones, count neither way."""
    posts = {post.number: post for post in blog.posts}
    ours = [one for one in given if isinstance(one, s.Repetition)]
    gold = [pair if pair.post < pair.other_post else _turned(pair) for pair in line.pairs]
    pairs, missed, extra = _paired(gold, ours, _repeats_any)
    neither = [*gold, *(pair if pair.post < pair.other_post else _turned(pair) for pair in line.doubtful)]
    extra = [p for p in extra if not any(_repeats_any(g, p) for g in neither)]
    scores["repetition"].right += len(pairs)
    for g in missed:
        not_found = [_missed(g.span, f"missed: of post {g.other_post}")]
        _count(scores["repetition"], _Place(line.blog, posts[g.post]), 0, not_found, [])
    for p in extra:
        not_there = [_extra(p, f"not there: of post {p.other_post}, {p.relation}")]
        _count(scores["repetition"], _Place(line.blog, posts[p.post]), 0, [], not_there)
    right = sum(g.relation == p.relation for g, p in pairs)
    _count_only(scores["repetition and relation"], right, len(pairs), missed, extra)


def _repeats_any(gold: a.Pair, one: s.Repetition) -> float:
    return max(_repeats(gold, one, there) for there in (a.There(gold.other_post, gold.other), *gold.also))


def _repeats(gold: a.Pair, one: s.Repetition, there: a.There) -> float:
    if (gold.post, there.other_post) != (one.post, one.other_post):
        return 0
    # The older sentence may be much longer: half of the shorter one has to be shared.
    enough = min(gold.span[1] - gold.span[0], there.other[1] - there.other[0]) / 2
    shared = min(there.other[1], one.other_end) - max(there.other[0], one.other_start)
    return _half(gold.span, (one.start, one.end)) if shared >= enough else 0


# ── Figures and places ───────────────────────────────────────────────────────────────────────────────────────────


def _figures(scores: Scores, at: "_Place", gold: list[a.Figure], given: list[s.Figure]) -> None:
    text = at.post.text
    pairs, missed, extra = _paired(gold, given, lambda g, p: _same_number(text, g, p))
    not_found = [_missed(g.span, f"missed: {g.value:g} {g.unit or ''}".rstrip()) for g in missed]
    not_there = [_extra(p, f"not there: {p.value:g} {p.unit}".rstrip()) for p in extra]
    _count(scores["figure"], at, len(pairs), not_found, not_there)
    wrong = [
        (p, f"counts {p.counted or 'nothing'}, not {_words(text, g.counted) or 'nothing'}")
        for g, p in pairs
        if not same_noun(p.counted, _words(text, g.counted))
    ]
    _count_both(scores["figure and what it counts"], at, len(pairs), wrong, not_found, not_there)
    for name, fields in (
        ("figure and modifier", [(p, p.modifier, g.modifier) for g, p in pairs]),
        ("figure and outcome", [(p, p.outcome, g.outcome) for g, p in pairs]),
    ):
        wrong = [
            (p, f"{ours or 'none'}, not {theirs or 'none'}") for p, ours, theirs in fields if ours != (theirs or "")
        ]
        _count_both(scores[name], at, len(pairs), wrong, not_found, not_there)


def _same_number(text: str, gold: a.Figure, one: s.Figure) -> float:
    same_value = math.isclose(gold.value, one.value, rel_tol=1e-3)  # "two-thirds" has no last digit
    return _overlap(text, gold.number, (one.start, one.end)) if same_value and (gold.unit or "") == one.unit else 0


def _places(scores: Scores, at: "_Place", gold: list[a.Place], given: list[s.Place]) -> None:
    pairs, missed, extra = _paired(gold, given, lambda g, p: _overlap(at.post.text, g.span, (p.start, p.end)))
    not_found, not_there = [_missed(g.span) for g in missed], [_extra(p) for p in extra]
    _count(scores["place"], at, len(pairs), not_found, not_there)
    roles = [(p, f"{p.role}, not {g.role}") for g, p in pairs if p.role != g.role]
    _count_both(scores["place and role"], at, len(pairs), roles, not_found, not_there)


# ── Attributions ─────────────────────────────────────────────────────────────────────────────────────────────────


def _attributions(
    scores: Scores, at: "_Place", blog: BlogView, gold: list[a.Attribution], given: list[s.Attribution]
) -> None:
    text = at.post.text
    pairs, missed, extra = _paired(
        [one for one in gold if one.cue],
        [one for one in given if one.cue_end],
        lambda g, p: _overlap(text, g.cue, (p.cue_start, p.cue_end)),
    )
    not_found, not_there = [_missed(g.cue) for g in missed], [_extra(p) for p in extra]
    _count(scores["cue"], at, len(pairs), not_found, not_there)
    _count_both(scores["cue and speaker"], at, len(pairs), _wrong_speakers(at.post, blog, pairs), not_found, not_there)
    _named(scores, at, blog, pairs)
    classes = [(p, f"{p.cue_class}, not {g.cue_class}") for g, p in pairs if p.cue_class != g.cue_class]
    _count_both(scores["cue class, of cues found"], at, len(pairs), classes, [], [])
    quotes = [(p, f"{p.quote}, not {g.quote}") for g, p in pairs if p.quote != g.quote]
    _count_both(scores["kind of quote, of cues found"], at, len(pairs), quotes, [], [])
    uncued, missed, extra = _paired(
        [one for one in gold if not one.cue],
        [one for one in given if not one.cue_end],
        lambda g, p: max(_half(span, (p.start, p.end)) for span in g.content),
    )
    not_found, not_there = [_missed(g.content[0]) for g in missed], [_extra(p) for p in extra]
    _count(scores["no cue"], at, len(uncued), not_found, not_there)
    _count_both(
        scores["no cue, and speaker"], at, len(uncued), _wrong_speakers(at.post, blog, uncued), not_found, not_there
    )
    _channels(scores["channel, of those found"], at, [*pairs, *uncued])


_Pairs = list[tuple[a.Attribution, s.Attribution]]


def _wrong_speakers(post: PostView, blog: BlogView, pairs: _Pairs) -> list[tuple[s.AnySuggestion, str]]:
    """Return suggestions with a wrong speaker: by the resolved name or, if none was resolved, by the printed words."""
    wrong: list[tuple[s.AnySuggestion, str]] = []
    for g, p in pairs:
        who, named = meant(post, blog, g), p.source or p.source_exact
        if not same(named, who):
            open_ = "" if p.source else " (left open)"
            wrong.append((p, f"{head(named) or 'nobody'}{open_}, not {head(who) or 'nobody'}"))
    return wrong


def _named(scores: Scores, at: "_Place", blog: BlogView, pairs: _Pairs) -> None:
    """Count the wrong ones of the named speakers, the worst error of all. A speaker left open counts as missed."""
    named = [(g, p) for g, p in pairs if p.source]
    wrong = _wrong_speakers(at.post, blog, named)
    task = scores["speaker named, of cues found"]
    _count(task, at, len(named) - len(wrong), [], [_extra(p, why) for p, why in wrong])
    task.missed += sum(not p.source and bool(meant(at.post, blog, g)) for g, p in pairs)


def _channels(task: Task, at: "_Place", pairs: _Pairs) -> None:
    wrong = [
        _extra(p, f"{p.channel}, not {g.channel or 'none'}") for g, p in pairs if p.channel and p.channel != g.channel
    ]
    missed = [
        _missed(g.cue or g.content[0], f"{p.channel or 'none'}, not {g.channel}")
        for g, p in pairs
        if g.channel and g.channel != p.channel
    ]
    _count(task, at, sum(bool(p.channel) and p.channel == g.channel for g, p in pairs), missed, wrong)


def meant(post: PostView, blog: BlogView, gold: a.Attribution) -> str:
    """Return the speaker's name: the name that the annotator marked, or else the printed words."""
    if gold.speaker is None:
        return _words(post.text, gold.source)
    there = next((one for one in blog.posts if one.number == gold.speaker.post), post)
    return _words(there.text, (gold.speaker.start, gold.speaker.end))


def _relays(scores: Scores, at: "_Place", gold: list[a.Relay], given: list[s.Attribution]) -> None:
    """Count outlets: each printed name once, however many attributions rest on its word."""
    text = at.post.text
    spans = {(by.start, by.end): (by, one) for one in given for by in one.relays}
    pairs, missed, extra = _paired(
        gold,
        sorted(spans),
        lambda g, p: _overlap(text, g.outlet, p) if same(_words(text, g.outlet), _words(text, p)) else 0,
    )
    not_there = [(spans[p][1].confidence, f"not there: {spans[p][0].mode} [{spans[p][1].rule}]", p) for p in extra]
    _count(scores["relay"], at, len(pairs), [_missed(g.outlet, f"missed: {g.mode}") for g in missed], not_there)
    right = sum(g.mode == spans[p][0].mode for g, p in pairs)
    _count_only(scores["relay and mode"], right, len(pairs), missed, extra)


# ── Comparing and counting ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Place:
    blog: str
    post: PostView


_Unplaced = tuple[int, str, a.Span]  # confidence, what, where


def _missed(span: a.Span | None, why: str = "missed") -> _Unplaced:
    return -1, why, span or (0, 0)


def _extra(one: s.AnySuggestion, why: str = "not there") -> _Unplaced:
    span = (one.cue_start, one.cue_end) if isinstance(one, s.Attribution) and one.cue_end else (one.start, one.end)
    return one.confidence, f"{why} [{one.rule}]", span


def _count(task: Task, at: _Place, right: int, missed: list[_Unplaced], extra: list[_Unplaced]) -> None:
    task.right += right
    task.missed += len(missed)
    task.extra += len(extra)
    where = f"{at.blog.rpartition('/')[2][:60]} post {at.post.number}"
    task.errors += [Error(sure, what, where, _near(at.post.text, *span)) for sure, what, span in (*missed, *extra)]


def _count_both(
    task: Task,
    at: _Place,
    paired: int,
    wrong: Sequence[tuple[s.AnySuggestion, str]],
    missed: list[_Unplaced],
    extra: list[_Unplaced],
) -> None:
    """Count pairs of which some are wrong: a wrong one counts as extra and as missed."""
    _count(task, at, paired - len(wrong), missed, [*extra, *(_extra(one, why) for one, why in wrong)])
    task.missed += len(wrong)


def _count_only(task: Task, right: int, paired: int, missed: Sequence[object], extra: Sequence[object]) -> None:
    """Count pairs of which some are wrong, without keeping which."""
    task.right += right
    task.extra += len(extra) + paired - right
    task.missed += len(missed) + paired - right


def _paired(
    gold: Sequence[_G], given: Sequence[_P], fit: Callable[[_G, _P], float]
) -> tuple[list[tuple[_G, _P]], list[_G], list[_P]]:
    """Pair what fits, best first, each once; return the pairs, and the unpaired rest of either."""
    fits = sorted(
        ((-how, at, n) for at, g in enumerate(gold) for n, p in enumerate(given) if (how := fit(g, p)) > 0),
    )
    of_gold, of_given = dict[int, int](), set[int]()
    for _, at, n in fits:
        if at not in of_gold and n not in of_given:
            of_gold[at] = n
            of_given.add(n)
    pairs = [(gold[at], given[n]) for at, n in sorted(of_gold.items())]
    missed = [g for at, g in enumerate(gold) if at not in of_gold]
    return pairs, missed, [p for n, p in enumerate(given) if n not in of_given]


def _overlap(text: str, one: a.Span | None, other: a.Span) -> float:
    """Return how many letters and digits two spans share."""
    if one is None:
        return 0
    return sum(letter.isalnum() for letter in text[max(one[0], other[0]) : min(one[1], other[1])])


def _half(one: a.Span, other: a.Span) -> float:
    """Return the share of the longer of two spans that both cover; 0 if it is less than half."""
    share = (min(one[1], other[1]) - max(one[0], other[0])) / max(one[1] - one[0], other[1] - other[0], 1)
    return share if share >= 0.5 else 0


def _turned(pair: a.Pair) -> a.Pair:
    return a.Pair(post=pair.other_post, span=pair.other, other_post=pair.post, other=pair.span, relation=pair.relation)


def _words(text: str, span: a.Span | None) -> str:
    return text[slice(*span)] if span else ""


def _part_at(post: PostView, start: int) -> Part | None:
    return next((part.kind for part in post.parts if part.start <= start < part.end), None)


def _near(text: str, start: int, end: int) -> str:
    """Return words with their surroundings, on one line."""
    before, after = text[max(0, start - 70) : start], text[end : end + 70]
    return " ".join(f"{before}[{text[start:end][:80]}]{after}".split())


def worst(task: Task, most: int = 10) -> Iterator[Error]:
    """Yield the worst errors: the most confident suggestions first, then what was missed."""
    yield from sorted(task.errors, key=lambda error: -error.confidence)[:most]
