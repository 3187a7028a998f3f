"""The script of the day as events of core, in order.

Owns what a step is, and loading all of them. Its test checks that core's rules refuse no step.
Never publishes: `play` does, by the desk's verbs.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any, Final

from asithappened.core import body
from asithappened.core import events as e
from asithappened.desk.demo import pictures, rows
from asithappened.desk.demo.clock import ZONE, When, clock, on, seconds
from asithappened.desk.demo.manuscript import Manuscript, ScriptError, document, revised
from asithappened.ledger import views

LIVE_FROM_S: Final = seconds("14:00")
"""Steps before this are published at once, so that the page is full when it is first seen; the rest arrive live."""

A_DAY: Final = date(2026, 11, 12)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One act of the newsroom. `at_s`: script seconds since the blog opened; `clock`: the time of day.

    `rows`: the rows of the ledger that are published with it, in the same append.
    """

    at_s: int
    clock: time
    event: e.Event
    rows: tuple[e.LedgerChange, ...] = ()

    @property
    def events(self) -> tuple[e.Event, ...]:
        return (self.event, *self.rows)

    @property
    def live(self) -> bool:
        return self.at_s >= LIVE_FROM_S


def load(*, when: When | None = None) -> tuple[Step, ...]:
    """Load the whole day; the first step opens the blog, the last one closes it.

    `when`: converts script seconds to the time of a post, for a player that compresses the day; by default the script's
    own clock on a fixed day. The same arguments give the same steps, including the ids of blocks.
    """
    day = _day()
    if day["blog"]["zone"] != ZONE:
        raise ScriptError(f"The script's clock is in {ZONE}, its blog in {day['blog']['zone']}.")
    return tuple(_Newsroom(when or on(A_DAY)).steps(day))


def sources() -> dict[str, dict[str, Any]]:
    """Return the day's sources by name: their kind, and the roles and aliases that the script gives."""
    found: dict[str, dict[str, Any]] = _day()["sources"]
    return found


def _day() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("storm.toml").read_text("utf-8"))


class _Newsroom:
    """The state between steps: each post in its short form, and the blog's description."""

    def __init__(self, when: When) -> None:
        self.when = when
        self.posts: dict[str, Manuscript] = {}
        self.bodies: dict[str, body.Doc] = {}
        self.texts: dict[str, views.PostView] = {}
        self.published_at: dict[str, datetime] = {}
        self.about: dict[str, Any] = {}
        self.ledger = rows.Ledger({})

    def steps(self, day: dict[str, Any]) -> Iterator[Step]:
        slug, tags = day["blog"].pop("slug"), tuple(day["blog"].pop("tags"))
        self.about = {**day["blog"], "tags": tags}
        self.ledger = rows.Ledger(day["sources"])
        yield self.step(0, e.BlogOpened(slug=slug, audience=e.Audience.EVERYONE, **self.about))
        for step in day["step"]:
            at_s = seconds(step["at"])
            event = self.event(step, self.when(at_s))
            yield self.step(at_s, event, *self.changes(step.get("ledger", ()), event, at_s))

    def step(self, at_s: int, event: e.Event, *changes: e.LedgerChange) -> Step:
        return Step(at_s=at_s, clock=clock(at_s), event=event, rows=changes)

    def changes(self, written: Iterable[rows.Row], event: e.Event, at_s: int) -> Iterator[e.LedgerChange]:
        for row in written:
            if not isinstance(event, e.PostPublished | e.PostRevised):
                raise ScriptError(f"The rows of the ledger at {clock(at_s)} are published with no post.")
            at = self.when(at_s) if at_s < LIVE_FROM_S else None
            yield self.ledger.event(row, post=event.post, text=self.texts[event.post], at=at)

    def event(self, step: dict[str, Any], at: datetime) -> e.Event:
        match step:
            case {"publish": post}:
                self.published_at[post] = at
                return e.PostPublished(post=post, published_at=at, **self.printed(post, step))
            case {"revise": post}:
                minor = step.get("minor", False)
                return e.PostRevised(
                    post=post,
                    published_at=self.published_at[post],
                    minor=minor,
                    reason=step.get("reason", ""),
                    updated_at=None if minor else at,
                    **self.printed(post, revised(self.posts[post], step)),
                )
            case {"set_kind": post, "kind": kind}:
                self.posts[post]["kind"] = kind
                return e.PostKindSet(post=post, kind=e.PostKind(kind))
            case {"withdraw": post, "reason": reason}:
                return e.PostWithdrawn(post=post, reason=reason)
            case {"pin": post}:
                return e.PostPinned(post=post, alone=True)
            case {"unpin": post}:
                return e.PostUnpinned(post=post)
            case {"headline": title, "standfirst": standfirst}:
                self.about |= {"title": title, "standfirst": standfirst}
                return e.BlogDescribed(**self.about)
            case {"on": name}:
                return e.ContributorJoined(name=name)
            case {"told": name, "role": role, "url": url, "face": face}:
                return e.ContributorDescribed(name=name, role=role, url=url, picture=pictures.face(face))
            case {"off": name}:
                return e.ContributorLeft(name=name)
            case {"related": items}:
                return e.RelatedSet(items=tuple(map(self.related, items)))
            case {"alerts": mode}:
                return e.AlertsSet(mode=e.Alerting(mode))
            case {"close": True}:
                return e.BlogClosed()
            case _:
                raise ScriptError(f"Unknown action at {step['at']}: {sorted(step)}.")

    def printed(self, post: str, written: Manuscript) -> dict[str, Any]:
        """Return the fields that a publication and a revision have in common, and store them for later revisions."""
        made = document(written["body"], when=self.when)
        self.posts[post] = written
        self.bodies[post] = body.with_ids(made, seed=post, old=self.bodies.get(post))
        title, before = written.get("title", ""), self.texts.get(post)
        self.texts[post] = views.of_body(
            title, self.bodies[post], number=1, id=post, revision=before.revision + 1 if before else 1
        )
        return {
            "title": title,
            "body": self.bodies[post],
            "kind": e.PostKind(written.get("kind", "update")),
            "bylines": tuple(written["by"]),
        }

    def related(self, item: dict[str, str]) -> e.Related:
        words = {name: value for name, value in item.items() if name != "at"}
        return e.Related(published_at=self.when(seconds(item["at"])), **words)
