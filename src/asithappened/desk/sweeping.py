"""The sweep of a live blog: which of its texts still say the old thing after something in its ledger changed.

Owns which texts are read (posts with headlines and captions, the live blog's headline and standfirst, alerts that
devices still show) and which changes of the ledger count. A text that somebody left as it is, is not found again. Look
next: `ledger.stale.sweep`, `actions.correcting`.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from asithappened.alerts import outgoing
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction, Row, Series, SeriesValue
from asithappened.core.state import PostState
from asithappened.desk.choices import Chosen
from asithappened.desk.models import Choice
from asithappened.ledger import views
from asithappened.ledger.accepted import remembered
from asithappened.ledger.changes import Change, Corrected, Moved, Stale, Switched, Text, Value, plain
from asithappened.ledger.language import lexicon, tokens
from asithappened.ledger.stale.sweep import sweep
from asithappened.log import read

HEADLINE: Final = "headline"
STANDFIRST: Final = "standfirst"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A place that still says the old thing. `key`: its name in a form. `post`: None for the blog's own texts.

    `alert`: its number, if the place is not the post but an alert about it.
    """

    key: str
    stale: Stale
    post: PostState | None
    alert: int | None = None


@dataclass(frozen=True, kw_only=True)
class Told:
    """The last alert that devices got of a post."""

    alert: int
    post: str
    text: str
    at: datetime | None


def stale(blog: int, row: e.Subject | None = None) -> list[Found]:
    """Return the places that still say the old thing because of one row or of any, the newest post first."""
    left = Chosen(blog, Choice.What.LEFT)
    wanted = "" if row is None else f"{row}/"  # a series has a change for each source: "series:toll/Police"
    return [one for one in _swept(blog) if one.key not in left and f"{one.stale.change}/".startswith(wanted)]


_LOCKS: Final[defaultdict[int, Lock]] = defaultdict(Lock)  # one for each live blog


def _swept(blog: int) -> tuple[Found, ...]:
    """Return everything that is found. When a row changes, all open tabs ask at once: one request sweeps for all."""
    head, alerts = read.head(blog), told(blog)
    with _LOCKS[blog]:
        return _at(blog, *head, alerts)


def told(blog: int) -> tuple[Told, ...]:
    """Return the alerts that can still be replaced: the live blog offers alerts, and readers have the post."""
    held = outgoing.held(blog)
    if not held or not read.blog(blog).offers_alerts:
        return ()
    posts = read.posts_by_id(blog, [alert.post for alert in held])
    return tuple(
        Told(alert=alert.pk, post=alert.post, text=alert.text, at=alert.sent_at)
        for alert in held
        if alert.text and alert.post in posts and posts[alert.post].visible
    )


def changes(blog: int) -> Sequence[Change]:
    """Return every value that moved, state that switched and correction, and every series that did not change."""
    return _changed(blog, *read.head(blog))


@lru_cache(maxsize=8)  # typing in a composer asks again and again, and changes nothing of this
def _changed(blog: int, epoch: str, head: int) -> tuple[Change, ...]:
    rows = [row for about in (e.SERIES, e.CORRECTION) for row in read.rows(blog, about) if row.visible]
    return tuple(change for row in rows for change in _changes(blog, row))


@lru_cache(maxsize=8)
def _at(blog: int, epoch: str, head: int, alerts: tuple[Told, ...]) -> tuple[Found, ...]:
    here, posts = read.blog(blog), read.posts(blog)
    zone = ZoneInfo(here.zone)
    read_before = _read_before(blog, (epoch, _changed(blog, epoch, head), here.language, here.zone))
    texts: dict[tuple[str, int | str], Callable[[], Text]] = {
        (HEADLINE, here.title): partial(plain, HEADLINE, here.title, place="headline"),
        (STANDFIRST, here.standfirst): partial(plain, STANDFIRST, here.standfirst, place="standfirst"),
    }
    texts |= {(f"post:{post.id}", post.last_seq): partial(_of_post, post, zone) for post in posts}
    texts |= {(f"alert:{one.alert}", one.text): partial(_of_alert, one, zone) for one in alerts}
    anew: _Texts = {key: [] for key in texts if key not in read_before}
    by_text = {key[0]: found for key, found in anew.items()}
    for one in sweep(_changed(blog, epoch, head), [texts[key]() for key in anew], here.language):
        by_text[one.text].append(one)
    for gone in read_before.keys() - texts.keys():
        del read_before[gone]
    read_before.update(anew)
    known = {f"post:{post.id}": post for post in posts}
    of_alert = {f"alert:{one.alert}": one for one in alerts}

    def found(one: Stale) -> Found:
        alert = of_alert.get(one.text)
        post = known.get(one.text if alert is None else f"post:{alert.post}")
        return Found(key=_key(one), stale=one, post=post, alert=None if alert is None else alert.alert)

    return tuple(found(one) for key in texts for one in read_before[key])


_Texts = dict[tuple[str, int | str], list[Stale]]
_READ: Final[OrderedDict[int, tuple[tuple[object, ...], _Texts]]] = OrderedDict()


def _read_before(blog: int, because_of: tuple[object, ...]) -> _Texts:
    """Return the cached results for these very changes, so that a new post costs the reading of one text."""
    with _KEEPING:
        before, found = _READ.pop(blog, ((), {}))
        _READ[blog] = because_of, found if before == because_of else {}
        while len(_READ) > _KEPT:
            _READ.popitem(last=False)
        return _READ[blog][1]


_KEPT: Final = 8  # live blogs
_KEEPING: Final = Lock()


def _forget() -> None:
    """Forget the results, because the word lists changed."""
    with _KEEPING:
        _READ.clear()
    _at.cache_clear()


lexicon.on_other_lists(_forget)


def _key(stale: Stale) -> str:
    return remembered("stale", stale.change, stale.text, str(stale.start), stale.exact, stale.stands)


def _of_post(post: PostState, zone: ZoneInfo) -> Text:
    place = {e.PostKind.SUMMARY: "summary", e.PostKind.KEY_EVENT: "key_event"}.get(post.kind, "post")
    return Text(
        key=f"post:{post.id}",
        view=views.of_post(post, number=1),
        place=place,  # type: ignore[arg-type]
        at=post.published_at.astimezone(zone) if post.published_at is not None else None,
    )


def _of_alert(told: Told, zone: ZoneInfo) -> Text:
    at = told.at.astimezone(zone) if told.at is not None else None
    return plain(f"alert:{told.alert}", told.text, place="alert", at=at)


def _changes(blog: int, row: Row) -> Iterable[Change]:
    match row:
        case Series(of="state"):
            return _switched(row)
        case Series():
            return _moved(row)
        case Correction():
            return [
                Corrected(
                    key=f"correction:{row.id}",
                    was=row.was,
                    now=row.now,
                    sentence=_sentence(blog, row),
                    since=row.corrected_at,
                )
            ]
        case _:
            return []


def _moved(series: Series) -> Iterator[Moved]:
    old = series.superseded
    for one in series.standing[-1:] if series.policy is e.Policy.RANGE else series.standing:
        by = one.by.name if one.by else ""
        mine = [v for v in old if series.policy is not e.Policy.BY_SOURCE or (v.by.name if v.by else "") == by]
        yield Moved(
            key=f"series:{series.id}" + (f"/{by}" if series.policy is e.Policy.BY_SOURCE else ""),
            label=series.label,
            figure=series.figure,
            unit=series.unit,
            counted=series.counted,
            outcome=series.outcome,
            places=series.places,
            old=() if series.policy is e.Policy.RANGE else tuple(map(_value, mine)),
            new=_value(one),
        )


def _switched(series: Series) -> Iterator[Switched]:
    newest = series.newest
    if newest is not None:
        old = tuple(_value(value) for value in series.values if value.words != newest.words)
        yield Switched(key=f"series:{series.id}", label=series.label, places=series.places, old=old, new=_value(newest))


def _value(value: SeriesValue) -> Value:
    return Value(
        value=value.value or 0.0, low=value.low, high=value.high, modifier=value.modifier, words=value.words,
        since=value.since,
    )  # fmt: skip


def _sentence(blog: int, row: Correction) -> str:
    """Return the sentence of the wrong words, if a version of their post has it: one word alone says little."""
    for fact in reversed(read.revisions(blog, row.post)) if row.post else ():
        if isinstance(fact.event, e.PostWords):
            text = views.of_body(fact.event.title, fact.event.body, number=1).text
            at = text.find(row.was)
            if at >= 0:
                around = (one for one in tokens.read(text).sentences if one.start <= at < one.end)
                return next((text[one.start : max(one.end, at + len(row.was))] for one in around), "")
    return ""
