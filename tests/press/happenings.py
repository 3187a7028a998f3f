"""Random days of a newsroom: sequences of events of every kind, chosen by the state so that the rules allow most.

Owns `days` (what hypothesis draws) and `Newsroom` (which plays one through the real press on the real database, and
keeps what it published so that a test can ask for it). Look next: `open_page.py` for a reader of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final

from hypothesis import strategies as st
from msgspec.structs import replace

from asithappened import press
from asithappened.core import body, fold, rules
from asithappened.core import events as e
from asithappened.core.ledger_state import Series
from asithappened.core.state import PostState, State
from asithappened.log import read

AT: Final = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
KINDS: Final = (
    # What newsrooms do most stands more often.
    "publish", "publish", "publish", "publish", "revise", "revise", "move", "withdraw", "withdraw", "erase", "trim",
    "kind", "kind", "pin", "pin", "unpin", "describe", "translate", "rename", "date", "audience", "close", "reopen",
    "continue", "uncontinue", "precede", "relate", "embed", "invite readers", "alert readers", "film", "join", "join",
    "leave", "tell",
    "say", "say", "assess", "count", "count", "move on", "move on", "move anew", "unmove",
    "correct", "correct", "remove", "erase row", "trim row",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A wish: what, to which of a few posts, and a number to choose the rest by."""

    kind: str
    post: int
    value: int


def days(most: int = 10, *, kinds: Sequence[str] = KINDS, posts: int = 4) -> st.SearchStrategy[list[list[Happening]]]:
    """Return days: a list of appends, each of one to three wishes."""
    wish = st.builds(Happening, kind=st.sampled_from(kinds), post=st.integers(0, posts - 1), value=st.integers(0, 3))
    return st.lists(st.lists(wish, min_size=1, max_size=3), min_size=2, max_size=most)


_slugs: Iterator[int] = count(1)
_CANARY: Final = re.compile(r"canary\d+x\d+x")


@dataclass
class Newsroom:
    """A live blog being covered. `words`: each canary that was published, with its subject and its seq."""

    blog: int = 0
    epoch: str = ""
    receipts: list[press.Receipt] = field(default_factory=list)
    words: dict[str, tuple[e.Subject, int]] = field(default_factory=dict)
    state: State = field(default_factory=State)
    facts: list[e.Fact] = field(default_factory=list)
    number: int = 0

    def open(self, audience: e.Audience = e.Audience.EVERYONE) -> "Newsroom":
        """Open the blog."""
        slug = f"day-{next(_slugs)}"
        receipt = press.publish(None, [e.BlogOpened(slug=slug, title="Storm Isolde", audience=audience)])
        self.blog, self.epoch = receipt.blog, receipt.epoch
        self.slug = slug
        self._look()
        return self

    def play(self, day: Sequence[Sequence[Happening]]) -> Iterator[press.Receipt]:
        """Play a day, an append at a time."""
        for wishes in day:
            if receipt := self.append(wishes):
                yield receipt

    def append(self, wishes: Sequence[Happening]) -> press.Receipt | None:
        """Make an append of those wishes that the rules allow; None if they allow none."""
        self._look()
        events = [event for wish in wishes if (event := self._foresee(wish)) is not None]
        if not events:
            return None
        receipt = press.publish(self.blog, events)
        self.receipts.append(receipt)
        for seq, event in enumerate(events, receipt.first):
            if canary := _CANARY.search(str(event)):
                self.words[canary[0]] = (event.subject, seq)
        return receipt

    def _look(self) -> None:
        self.facts = list(read.facts(self.blog))
        self.state = fold.fold(self.facts)

    def _foresee(self, wish: Happening) -> e.Event | None:
        event, blog = self._event(wish), self.state.blog
        if event is None or rules.may(blog, self.state.subjects.get(event.subject), event, e.Origin.LIVE) is not None:
            return None
        seq = self.state.seq + 1
        fact = fold.in_envelope(event, epoch=self.epoch, seq=seq, at=AT, origin=e.Origin.LIVE)
        self.facts.append(fact)
        self.state = fold.fold([fact], self.state)
        return event

    def _event(self, wish: Happening) -> e.Event | None:
        id_, value = f"p{wish.post}", wish.value
        post, blog = self.state.posts.get(id_), self.state.blog
        assert blog is not None
        match wish.kind:
            case "publish" | "revise" | "move" if post is not None and post.visible:
                at = AT + timedelta(minutes=value * 7) if wish.kind == "move" else post.published_at
                return e.PostRevised(
                    post=id_, published_at=at, minor=value == 1, reason="x" * value, **self._words(post)
                )
            case "publish" | "revise" | "move":
                again: dict[str, Any] = {"updated": value > 1, "reason": "y" * value} if post is not None else {}
                return e.PostPublished(
                    post=id_, published_at=AT + timedelta(minutes=value * 5), **again, **self._words(post)
                )
            case "withdraw":
                return e.PostWithdrawn(post=id_, reason="Not confirmed", noted=value > 1)
            case "erase":
                return self._erasure(id_, whole=True)
            case "trim":
                return self._erasure(id_, whole=False)
            case "kind":
                return e.PostKindSet(post=id_, kind=list(e.PostKind)[value % 3])
            case "pin":
                return e.PostPinned(post=id_, place=value % 3, alone=value == 3)
            case "unpin":
                return e.PostUnpinned(post=blog.pinned or id_)
            case "describe":
                return e.BlogDescribed(
                    title=f"Storm {value}", language=blog.language, zone=blog.zone, tags=("a",) * value
                )
            case "translate":
                language, zone = (
                    ("en", "ar", "en-GB", "en")[value],
                    ("UTC", "UTC", "Europe/London", "Asia/Kolkata")[value],
                )
                return e.BlogDescribed(title=blog.title, standfirst=blog.standfirst, language=language, zone=zone)
            case "rename":
                return e.BlogRenamed(slug=f"{self.slug}-{value}")
            case "date":
                return e.BlogDated(opened_at=AT, modified_at=AT + timedelta(hours=value))
            case "audience":
                return e.AudienceSet(audience=list(e.Audience)[value % 3])
            case "take down":
                return e.BlogTakenDown(reason="A court's order")
            case "close":
                return e.BlogClosed()
            case "reopen":
                return e.BlogReopened()
            case "continue":
                return e.BlogContinued(slug=f"tomorrow-{value}", title="Tomorrow")
            case "uncontinue":
                return e.BlogContinuationEnded()
            case "precede":
                return e.BlogPreceded(slug=f"yesterday-{value}", title="Yesterday") if value else e.BlogPreceded()
            case "relate":
                return e.RelatedSet(items=(e.Related(title=f"Related {value}", url="https://courier.example/a"),))
            case "embed":
                return e.EmbeddersSet(origins=tuple(f"https://paper{n}.example" for n in range(value)))
            case "invite readers":
                return e.ContributionsSet(open=not blog.contributions)
            case "alert readers":
                return e.AlertsSet(mode=list(e.Alerting)[(list(e.Alerting).index(blog.alerts) + 1) % 3])
            case "film":
                return e.LiveVideoSet(url=f"https://youtu.be/live-film-{value}" if value else "")
            case "join":
                return e.ContributorJoined(name=f"Reporter {value}" if value else "Ines Calloway")
            case "tell":
                portrait = e.Portrait(media=f"face{value}", digest="0f" * 32, width=256, height=256)
                url = "https://courier.example/ines" if value else ""
                return e.ContributorDescribed(
                    name=blog.contributors[0].name if blog.contributors else "Nobody",
                    role="Harbour <reporter>" * value,
                    url=url,
                    picture=portrait if value > 1 else None,
                )
            case "leave":
                return e.ContributorLeft(name=f"Reporter {value}")
            case "say" | "assess" | "count" | "move on" | "move anew" | "unmove" | "correct" | "remove":
                return self._of_the_ledger(wish.kind, wish.post, value)
            case "erase row" | "trim row":
                return self._of_the_ledger(wish.kind, wish.post, value)
            case _:
                raise ValueError(wish.kind)

    def _of_the_ledger(self, kind: str, number: int, value: int) -> e.Event | None:
        id_, row = f"r{number}", (e.STATEMENT, e.SERIES, e.CORRECTION)[value % 3]
        of = e.Subject(row, id_)
        anchor = e.Anchor(post=f"p{value}", start=0, end=6, exact="canary", suffix=" 63 killed")
        match kind:
            case "say":
                by = e.SaidBy(name="Bo Lund <mayor>", kind=e.SourceKind.GOVERNMENT, role="mayor")
                told = e.RelayedBy(outlet="Mida News", mode="citing", url="https://mida.example/1")
                on = e.SaidOn(channel="telegram", url="https://telegram.example/lund/1")
                return e.StatementRecorded(
                    statement=id_, text=f"It will hold, {self._canary()}", by=by if value else None, on=on,
                    relays=(told,) * value, hedges=("unverified",) if value % 2 else (), anchors=(anchor,),
                )  # fmt: skip
            case "assess":
                status = list(e.Verification)[value * 2]
                return e.StatementAssessed(statement=id_, status=status, note=self._canary() if value else "")
            case "count":
                of_states = number % 2 == 1
                return e.SeriesRecorded(
                    series=id_, of="state" if of_states else "figure", label=f"People <killed> {self._canary()}",
                    counted="people", outcome="killed", places=("Mida",), policy=list(e.Policy)[value % 3],
                )  # fmt: skip
            case "move on":
                by = e.SaidBy(name=f"Office {value}")
                moved = e.SeriesMoved(
                    series=id_, by=by, anchors=(anchor,), words=self._canary(), as_of=AT + timedelta(minutes=value)
                )
                return moved if number % 2 else replace(moved, value=60.0 + value, low=50.0, modifier="about")
            case "move anew":
                series = self.state.subjects.get(e.Subject(e.SERIES, id_))
                again = self._of_the_ledger("move on", number, value)
                if not isinstance(series, Series) or not series.values or not isinstance(again, e.SeriesMoved):
                    return None
                was = series.values[value % len(series.values)]
                return replace(again, place=was.place, first_at=was.at, anchors=())
            case "unmove":
                series = self.state.subjects.get(e.Subject(e.SERIES, id_))
                if not isinstance(series, Series) or not series.values:
                    return None
                return e.SeriesValueRemoved(series=id_, value=series.values[value % len(series.values)].seq)
            case "correct":
                what = self._canary()
                if value == 3:
                    return e.CorrectionRecorded(correction=id_, of="headline", was=f"Isolda {what}", now="Isolde")
                return e.CorrectionRecorded(
                    correction=id_, post=f"p{value}", was=f"63 {what}", now="89", reason="Misheard"
                )
            case "remove":
                return e.LedgerRemoved(of=of, reason="Said twice")
            case _:
                return self._erasure_of_a_row(of, whole=kind == "erase row")

    def _erasure_of_a_row(self, of: e.Subject, *, whole: bool) -> e.Event | None:
        erased = {seq for f in self.facts if isinstance(f.event, e.PayloadErased) for seq in f.event.seqs}
        left = [f for f in self.facts if f.subject == of and f.seq not in erased and f.event is not None]
        words = [f.seq for f in left if f.carries_words]
        also = [f.seq for f in left if f.event and f.event.ERASABLE is e.Erasable.WITH_ALL]
        seqs = words + also if whole else words[:-1]
        return e.PayloadErased(of=of, seqs=tuple(seqs), whole=whole, reason="A court's order") if seqs else None

    def _canary(self) -> str:
        self.number += 1
        return f"canary{self.blog}x{self.number}x"

    def _words(self, post: PostState | None) -> dict[str, Any]:
        canary = self._canary()
        doc = body.Doc(
            content=(
                body.Quote(content=(body.paragraph(f"<b>&\"'</b> {canary}"),), attrs=body.QuoteAttrs(cite="A witness")),
                body.paragraph(f"{canary} 😀 אב"),
            )
        )
        doc = body.with_ids(doc, seed=canary, old=post.body if post else None)
        return {"title": canary, "body": doc, "bylines": ("Ines Calloway",) * (self.number % 2)}

    def _erasure(self, id_: str, *, whole: bool) -> e.Event | None:
        erased = {seq for f in self.facts if isinstance(f.event, e.PayloadErased) for seq in f.event.seqs}
        words = [f for f in self.facts if f.post == id_ and f.position is not None and f.seq not in erased]
        if whole:
            reasons = [f.seq for f in self.facts if f.post == id_ and isinstance(f.event, e.PostWithdrawn)]
            seqs = [f.seq for f in words] + reasons
        else:
            seqs = [f.seq for f in words[:-1]]
        return (
            e.PayloadErased(of=e.post(id_), seqs=tuple(seqs), whole=whole, reason="A court's order") if seqs else None
        )

    def taken_back(self) -> set[str]:
        """Return the canaries that no published byte may have: of posts withdrawn or erased, or of erased revisions."""
        gone: set[str] = set()
        for canary, (subject, seq) in self.words.items():
            for fact in read.facts(self.blog, after=seq, subject=subject):
                match fact.event:
                    case e.PayloadErased(whole=whole, seqs=seqs):
                        taken = whole or seq in seqs
                    case e.SeriesValueRemoved(value=value):
                        taken = seq == value
                    case _:
                        # The reason can be erased, and with it the event; the envelope says what it was.
                        taken = fact.kind in {e.PostWithdrawn.KIND, e.LedgerRemoved.KIND}
                if taken:
                    gone.add(canary)
        return gone

    def erased(self) -> set[str]:
        """Return the canaries that no byte of the log may have either."""
        seqs = {seq for f in read.facts(self.blog) if isinstance(f.event, e.PayloadErased) for seq in f.event.seqs}
        return {canary for canary, (_, seq) in self.words.items() if seq in seqs}
