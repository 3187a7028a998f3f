"""Small invented days, each with one change and the texts that are stale after it.

Owns the form of `days/*.toml` (GUIDELINE.md, "Stale texts") and its checks: words that are not in a text, or are in it
twice, are refused with file and place. A post's body is written as in the demonstration's script: a string is a
paragraph, a table is another block. Look next: `staleness` for what is measured with them.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from asithappened.core import body as b
from asithappened.ledger.changes import Change, Corrected, Moved, Switched, Text, Value, plain
from asithappened.ledger.suggestions import FigureKind
from asithappened.ledger.views import of_body
from evaluation.annotate import AnnotationError, located

DAYS: Final = Path(__file__).parent / "days"
HELD: Final = "held"  # its folder of days that people who write rules do not open
WORDINGS: Final = "wordings"  # its folder of days that are ways to say one thing
HEADLINE: Final = "headline"
STANDFIRST: Final = "standfirst"
_FIRST_DAY: Final = date(2026, 3, 2)

Words = str | tuple[str, int]
Span = tuple[str, int, int]
"""Which text ("headline", "standfirst", the id of a post or alert), and where in it."""


class _Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of a day's file. It refuses unknown fields."""


class _Moved(_Table, frozen=True, kw_only=True):
    label: str
    new: float
    post: str  # which has the new value
    old: tuple[float, ...] = ()
    figure: FigureKind = "count"
    unit: str = ""
    counted: str = ""
    outcome: str = ""
    places: tuple[str, ...] = ()


class _Switched(_Table, frozen=True, kw_only=True):
    label: str
    new: str
    post: str
    old: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class _Corrected(_Table, frozen=True, kw_only=True):
    was: str
    now: str
    sentence: str
    post: str


class _Beside(_Table, frozen=True, kw_only=True):
    """Other series of the ledger, which did not change."""

    moved: list[_Moved] = []
    switched: list[_Switched] = []


class _Alert(_Table, frozen=True, kw_only=True):
    id: str
    at: str
    text: str


class _Post(_Table, frozen=True, kw_only=True):
    id: str
    at: str
    body: list[str | dict[str, Any]]
    kind: Literal["update", "key_event", "summary"] = "update"
    title: str = ""
    day: int = 0  # days after the first


class _Marked(_Table, frozen=True, kw_only=True, rename={"text": "in"}):
    text: str
    words: Words


class _Written(_Table, frozen=True, kw_only=True):
    about: str
    headline: str
    standfirst: str
    post: list[_Post]
    moved: _Moved | None = None
    switched: _Switched | None = None
    corrected: _Corrected | None = None
    beside: _Beside = _Beside()
    language: str = "en"
    alert: list[_Alert] = []
    stale: list[_Marked] = []


class Day(Struct, frozen=True, kw_only=True):
    """A day after its change. `stale`: the places that assert the old thing as current.

    `changes`: the day's change, and the series that did not change. `texts`: the headline, the
    standfirst, the posts, newest first, and the alerts that were sent.
    """

    name: str
    language: str
    changes: tuple[Change, ...]
    texts: tuple[Text, ...]
    stale: frozenset[Span]


def days(folder: Path = DAYS) -> list[Day]:
    """Read all days, by name. Raises AnnotationError with file and place."""
    return [read(path) for path in sorted(folder.glob("*.toml"))]


def read(path: Path) -> Day:
    """Read one day. Raises AnnotationError with file and place."""
    try:
        written = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _Written)
        return _day(path.stem, written)
    except (ValueError, TypeError, KeyError) as fault:
        raise AnnotationError(f"{path}: {fault}") from fault


def _day(name: str, written: _Written) -> Day:
    newest_first = sorted(written.post, key=_published_at, reverse=True)
    texts = (
        plain(HEADLINE, written.headline, place="headline"),
        plain(STANDFIRST, written.standfirst, place="standfirst"),
        *(_text(post, number) for number, post in enumerate(newest_first, 1)),
        *(plain(alert.id, alert.text, place="alert", at=_instant(alert.at)) for alert in written.alert),
    )
    words = {text.key: text.view.text for text in texts}
    if len(words) != len(texts):
        raise AnnotationError("two texts have the same id")
    stale = [_span(words, marked.text, marked.words) for marked in written.stale]
    if len(set(stale)) != len(stale):
        raise AnnotationError("the same words are marked twice")
    since = {post.id: _published_at(post) for post in written.post}
    changes = tuple(_changes(written, since))
    if sum(one is not None for one in (written.moved, written.switched, written.corrected)) != 1:
        raise AnnotationError("a day has one change: moved, switched or corrected")
    return Day(name=name, language=written.language, changes=changes, texts=texts, stale=frozenset(stale))


def _changes(written: _Written, since: Mapping[str, datetime]) -> Iterator[Change]:
    """Yield the day's change, then what did not change."""
    if it := written.corrected:
        yield Corrected(key="change", was=it.was, now=it.now, sentence=it.sentence, since=since[it.post])
    moved = [written.moved] if written.moved else []
    for number, one in enumerate((*moved, *written.beside.moved)):
        yield Moved(
            key=f"figure-{number}",
            label=one.label,
            figure=one.figure,
            unit=one.unit,
            counted=one.counted,
            outcome=one.outcome,
            places=one.places,
            old=tuple(Value(value=value) for value in one.old),
            new=Value(value=one.new, since=since[one.post]),
        )
    switched = [written.switched] if written.switched else []
    for number, state in enumerate((*switched, *written.beside.switched)):
        yield Switched(
            key=f"state-{number}",
            label=state.label,
            places=state.places,
            old=tuple(Value(words=words) for words in state.old),
            new=Value(words=state.new, since=since[state.post]),
        )


def _span(texts: Mapping[str, str], text: str, words: Words) -> Span:
    if text not in texts:
        raise AnnotationError(f"there is no text {text!r}")
    try:
        start, end = located(texts[text], words if isinstance(words, str) else list(words))
    except AnnotationError as fault:
        raise AnnotationError(f"{text}: {fault}") from fault
    return text, start, end


def _published_at(post: _Post) -> datetime:
    return _instant(post.at, post.day)


def _instant(clock: str, day: int = 0) -> datetime:
    return datetime.combine(_FIRST_DAY + timedelta(days=day), time.fromisoformat(clock), UTC)


def _text(post: _Post, number: int) -> Text:
    at = _published_at(post)
    view = of_body(
        post.title,
        b.with_ids(b.Doc(content=tuple(map(_block, post.body))), seed=post.id),
        number=number,
        id=post.id,
        summary=post.kind == "summary",
        published_at=at,
    )
    return Text(key=post.id, view=view, place="post" if post.kind == "update" else post.kind, at=at)


def _block(written: str | dict[str, Any]) -> b.Block:
    if isinstance(written, str):
        return _paragraph(written)
    (kind, what), *others = written.items()  # the first key says what it is
    rest: dict[str, Any] = dict(others)
    match kind:
        case "list":
            return b.BulletList(content=tuple(b.ListItem(content=(_paragraph(words),)) for words in what))
        case "quote":
            return b.Quote(attrs=b.QuoteAttrs(**rest), content=tuple(map(_paragraph, what)))
        case "picture":
            return b.Image(attrs=b.ImageAttrs(alt=what, **rest))
        case "card":
            return b.Card(attrs=b.CardAttrs(title=what, **rest))
        case "table":
            return b.Table(attrs=b.TableAttrs(**rest), content=tuple(_rows(what)))
        case _:
            raise AnnotationError(f"nobody knows what this block is: {written!r}")


def _paragraph(words: str) -> b.Paragraph:
    return b.paragraph(words.replace("**", ""))


def _rows(rows: list[list[str]]) -> Iterator[b.Row]:
    for number, row in enumerate(rows):
        yield b.Row(
            content=tuple(
                b.Cell(attrs=b.CellAttrs(header=number == 0 or column == 0), content=(_paragraph(words),))
                for column, words in enumerate(row)
            )
        )
