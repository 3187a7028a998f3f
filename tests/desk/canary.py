"""A walk through all that can be done with words that nobody may read yet, with a word in each that gives it away.

Owns the steps, what each of them allows, and the law: no canary is in a byte that readers may have before its time. How
a step is done a `Door` knows: by the desk's verbs here (`test_canary`), at a server over HTTP (`scenarios.canary`).
"""

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from asithappened.core import body

HOLD_S: Final = 5
CANARY: Final = re.compile(rb"canary\d{5}x")


class Refused(Exception):
    """It may not be: nothing was done."""


class Unheard(Exception):
    """No answer came: it was done, or it was not."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What may be so of words. `public_from`: None while nobody said that they shall be; `until`: of their embargo."""

    public_from: datetime | None = None
    until: datetime | None = None

    def allows(self, at: datetime) -> bool:
        """Say whether readers may have them then."""
        return self.public_from is not None and self.public_from <= at and (self.until is None or self.until <= at)


@dataclass(eq=False)
class Words:
    """Words of which readers have heard nothing. `claims`: one of these is so; more than one while nobody knows."""

    token: str
    once: str
    rich: bool
    claims: tuple[Claim, ...] = (Claim(),)
    copies: tuple[Claim, ...] = ()  # of other copies of them, of which nothing is known by what becomes of this one
    number: int = 0  # of what is scheduled
    handed: int = 0  # of what was handed in
    post: str = ""  # that these words become
    recalled: bool = False  # they wait as a post that was taken back, under no key of their own
    steps: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Return the headline; of rich words it has the canary, as alerts, lists and cards would have it."""
        return f"To come: {self.token}" if self.rich else "To come"

    def body(self, wording: str = "") -> body.Doc:
        """Return them as somebody wrote them; rich words have the canary wherever a body hides any."""
        first = body.paragraph(f"Nobody may know yet of {self.token}.{wording}")
        if not self.rich:
            return body.Doc(content=(first,))
        quote = body.Quote(content=(body.paragraph(self.token),), attrs=body.QuoteAttrs(cite=self.token))
        where = f"https://pictures.example/{self.token}.jpg"
        seen = body.ImageAttrs(src=where, alt=self.token, caption=self.token, credit=self.token)
        card = body.CardAttrs(url=f"https://elsewhere.example/{self.token}", title=self.token, text=self.token)
        linked = body.Text(text="More", marks=(body.Link(attrs=body.LinkAttrs(href=card.url)),))
        cell = body.Cell(content=(body.paragraph(self.token),))
        blocks = (quote, body.Image(attrs=seen), body.Card(attrs=card), body.Paragraph(content=(linked,)))
        table = body.Table(content=(body.Row(content=(cell,)),), attrs=body.TableAttrs(caption=self.token))
        option = body.Option(attrs=body.OptionAttrs(name=self.token))
        poll = body.Poll(content=(option, option), attrs=body.PollAttrs(title=self.token))
        line = body.Result(attrs=body.ResultAttrs(name=self.token, votes=1))
        results = body.Results(content=(line,), attrs=body.ResultsAttrs(title=self.token, units=self.token))
        score = body.Score(attrs=body.ScoreAttrs(title=self.token, home=self.token, away=self.token))
        return body.Doc(content=(first, *blocks, table, poll, results, score))


class Door(Protocol):
    """How things are done. `by`: "editor", "owner"; an editor is none for a while (`role`)."""

    refused: tuple[type[Exception], ...]

    def now(self) -> datetime: ...
    def schedule(self, words: Words, *, by: str, at: datetime, embargo: bool) -> int: ...
    def embargo(self, words: Words, *, until: datetime) -> None: ...
    def reschedule(self, words: Words, *, at: datetime) -> None: ...
    def unschedule(self, words: Words) -> None: ...
    def reword(self, words: Words, wording: str) -> None: ...
    def publish(self, words: Words, *, by: str, once: str) -> None: ...
    def hold(self, words: Words) -> int: ...
    def publish_now(self, words: Words) -> None: ...
    def lift(self, words: Words) -> None: ...
    def hand_in(self, words: Words) -> int: ...
    def approve(self, words: Words) -> None: ...
    def give_back(self, words: Words) -> None: ...
    def bring_in(self, page: str, *, slug: str) -> None: ...
    def take_back(self) -> int: ...
    def unpublish(self) -> None: ...
    def note(self, words: Words) -> None: ...
    def draft(self, words: Words) -> None: ...
    def rehearse(self, words: Words) -> None: ...
    def role(self, role: str) -> None: ...
    def close(self) -> None: ...
    def reopen(self) -> None: ...
    def wait(self, seconds: float) -> None: ...
    def crash(self, chance: random.Random) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How far things lie apart: what is due, and what passes, in seconds. `often`: how often each step is drawn."""

    delays: tuple[int, ...]
    pauses: tuple[float, ...]
    often: dict[str, int] = field(default_factory=dict)


class Walk:
    """Random steps. Whoever reads what readers may have says what was `heard`."""

    def __init__(self, door: Door, pace: Pace, seed: int) -> None:
        """Begin; nothing is written yet."""
        self.door, self.pace, self.chance = door, pace, random.Random(seed)
        self.words: list[Words] = []  # of which things are done
        self.hidden: dict[str, Words] = {}  # by token: whatever nobody heard of yet
        self.out: dict[str, datetime] = {}  # when it was first heard,
        self.where: dict[str, str] = {}  # and where
        self.wrong: list[str] = []
        self.count = 0
        self.done: dict[str, int] = {}
        ops = (
            self.schedule, self.under_embargo, self.embargo, self.reschedule, self.unschedule, self.reword,
            self.publish, self.copy, self.hand_in, self.decide, self.bring_in, self.hold, self.undo, self.publish_now,
            self.lift, self.recall, self.unpublish, self.note, self.draft, self.rehearse, self.role, self.close,
            self.time, self.crash,
        )  # fmt: skip
        self.ops: dict[Callable[[Words], Any], int] = {op: pace.often.get(op.__name__, 1) for op in ops}

    def step(self) -> None:
        """Do one thing."""
        if len(self.words) < 4 or self.chance.random() < 0.1:
            self.count += 1
            token = f"canary{self.count:05d}x"
            words = Words(token=token, once=f"once-{self.count}", rich=self.chance.random() < 0.5)
            self.hidden[token] = words
            self.words.append(words)
        words = self.chance.choice(self.words)
        (op,) = self.chance.choices(list(self.ops), list(self.ops.values()))
        name = op.__name__
        words.steps.append(name)
        try:
            op(words)
        except self._no:
            name += ", refused"
        except Unheard:
            name += ", unheard"
        words.steps[-1] = name
        self.done[name] = self.done.get(name, 0) + 1
        if words.token in self.out and words in self.words:
            self.words.remove(words)

    def heard(self, public: bytes, at: datetime, where: str = "") -> None:
        """Look for canaries in what readers had by a time; what was rightly heard is watched no more."""
        for found in set(CANARY.findall(public)):
            token = found.decode()
            words = self.hidden.get(token)
            if words is None:
                continue
            claimed = (*words.claims, *words.copies)
            if any(claim.allows(at) for claim in claimed):
                self.out[token], self.where[token] = at, where
                del self.hidden[token]
            else:
                claims = " or ".join(f"from {claim.public_from}, until {claim.until}" for claim in claimed)
                self.wrong.append(f"{token} was heard at {at} {where}: {claims}; {words.steps}")

    @property
    def _no(self) -> tuple[type[Exception], ...]:
        """What a step raises that did nothing."""
        return (Refused, *self.door.refused)

    @contextmanager
    def _allowing(
        self, words: Words, *, narrows: bool = True, again: bool = False, **changes: datetime | None
    ) -> Iterator[None]:
        """Claim what a step makes so: both that and what was so before, until it is answered.

        `narrows`: whether an answer proves that the words were not out before. `again`: it may also mean that what was
        asked for before stands.
        """
        before = words.claims
        after = tuple(dict.fromkeys(replace(claim, **changes) for claim in before))
        words.claims = (*before, *after)
        try:
            yield
        except self._no:
            words.claims = before
            raise
        now = self.door.now()
        kept = [claim for claim in before if again or (not narrows and claim.allows(now))]
        words.claims = tuple(dict.fromkeys([*after, *kept]))

    @contextmanager
    def _copying(self, words: Words) -> Iterator[None]:
        """Claim that a copy of the words is published by a step, unless it is refused."""
        before = words.copies
        words.copies = (*before, Claim(public_from=self.door.now()))
        try:
            yield
        except self._no:
            words.copies = before
            raise

    # --- what can be done

    def soon(self) -> datetime:
        """Return a time that is soon, in whole seconds, as people say it."""
        at = self.door.now() + timedelta(seconds=self.chance.choice(self.pace.delays))
        return at.replace(microsecond=0) + timedelta(seconds=1)

    def scheduled(self, words: Words) -> None:
        """Refused if nothing is scheduled of them."""
        if not words.number:
            raise Refused

    def waits_once(self, words: Words) -> None:
        """Refused if their own key would have them wait a second time: the walk knows of one number alone."""
        if words.recalled:
            raise Refused

    def schedule(self, words: Words, *, embargo: bool = False) -> None:
        """Have them published later."""
        self.waits_once(words)
        at, by = self.soon(), self.chance.choice(["editor", "owner"])
        changes = {"public_from": at, "until": at} if embargo else {"public_from": at}
        with self._allowing(words, narrows=True, again=False, **changes):
            words.number = self.door.schedule(words, by=by, at=at, embargo=embargo)

    def under_embargo(self, words: Words) -> None:
        """The same, and not before, by anybody."""
        self.schedule(words, embargo=True)

    def embargo(self, words: Words) -> None:
        """Put them under embargo without a time."""
        self.waits_once(words)  # a post that was taken back has other words than these by now
        until = self.soon()
        with self._allowing(words, narrows=False, until=until):
            self.door.embargo(words, until=until)

    def reschedule(self, words: Words) -> None:
        """Give them another time."""
        self.scheduled(words)
        at = self.soon()
        with self._allowing(words, public_from=at):
            self.door.reschedule(words, at=at)

    def unschedule(self, words: Words) -> None:
        """Take them back."""
        self.scheduled(words)
        with self._allowing(words, public_from=None):
            self.door.unschedule(words)

    def reword(self, words: Words) -> None:
        """Word them otherwise."""
        self.scheduled(words)
        self.door.reword(words, f" So much is certain: {self.chance.random()}.")

    def publish(self, words: Words) -> None:
        """Publish them by their own key, past whatever waits."""
        with self._allowing(words, public_from=self.door.now()):
            self.door.publish(words, by=self.chance.choice(["editor", "owner"]), once=words.once)

    def copy(self, words: Words) -> None:
        """Publish a copy of them under another key."""
        with self._copying(words):
            self.door.publish(words, by="owner", once=f"copy-{self.chance.randrange(1 << 40)}")

    def hand_in(self, words: Words) -> None:
        """Have a contributor hand them in."""
        words.handed = self.door.hand_in(words)

    def decide(self, words: Words) -> None:
        """Have an editor publish what was handed in, or return it with a note."""
        if not words.handed:
            raise Refused
        if self.chance.random() < 0.5:
            return self.door.give_back(words)
        with self._copying(words):
            self.door.approve(words)

    def bring_in(self, words: Words) -> None:
        """Import them from elsewhere."""
        if words.rich:
            raise Refused
        post = f"{words.title}\n\nNobody may know yet of {words.token}.\n\nUpdated\n"
        page = f"Brought in\n\nLast modified: 01: 00 PM\n\nA standfirst.\n\n{post}"
        with self._copying(words):
            self.door.bring_in(page, slug=f"import-{self.chance.randrange(1 << 40)}")

    def hold(self, words: Words) -> None:
        """Publish them, to be undone for some seconds."""
        self.waits_once(words)
        with self._allowing(words, again=True, public_from=self.door.now() + timedelta(seconds=HOLD_S)):
            words.number = self.door.hold(words)

    def undo(self, words: Words) -> None:
        """Undo what is held."""
        self.unschedule(words)

    def publish_now(self, words: Words) -> None:
        """Publish what waits."""
        self.scheduled(words)
        with self._allowing(words, public_from=self.door.now()):
            self.door.publish_now(words)

    def lift(self, words: Words) -> None:
        """Lift their embargo: an owner's word."""
        with self._allowing(words, until=None):
            self.door.lift(words)

    def recall(self, words: Words) -> None:
        """Take the newest post back to a draft, and write them in its place."""
        if words.number or words.copies or words.claims != (Claim(),):
            raise Refused
        words.number, words.recalled = self.door.take_back(), True
        for other in self.words:  # the words that were that post's have no say in what becomes of it any more
            if other is not words and other.number == words.number:
                other.number = 0
        self.door.reword(words, "")

    def unpublish(self, words: Words) -> None:
        """Take the newest post back, and publish it again."""
        self.door.unpublish()

    def note(self, words: Words) -> None:
        """Leave a note for the desk."""
        self.door.note(words)

    def draft(self, words: Words) -> None:
        """Begin to write them."""
        self.door.draft(words)

    def rehearse(self, words: Words) -> None:
        """Publish them in a live blog that is there for its members alone."""
        self.door.rehearse(words)

    def role(self, words: Words) -> None:
        """Let an editor be none, or one again."""
        self.door.role(self.chance.choice(["editor"] * 4 + ["contributor"]))

    def close(self, words: Words) -> None:
        """Close the live blog, or open it again."""
        if self.chance.random() < 0.2:
            self.door.close()
        else:
            self.door.reopen()

    def time(self, words: Words) -> None:
        """Let time pass."""
        self.door.wait(self.chance.choice(self.pace.pauses))

    def crash(self, words: Words) -> None:
        """Kill whoever publishes, in the second in which something is published."""
        self.door.crash(self.chance)
