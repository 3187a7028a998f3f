"""A walk through all that can be done with words that nobody may read yet, with a word in each that gives it away.

Owns the steps, what is known of each word, and the laws: no canary is in a byte that readers may have before its time,
and what is due is there once the worker has looked. The clock is the walk's own. Look next: `test_canary`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.models import Membership, Role, User
from asithappened.desk import actions
from asithappened.desk.actions import embargoed, notes, submissions
from asithappened.desk.draft import Draft
from asithappened.desk.jobs import PUBLISH
from asithappened.desk.models import Embargo, Scheduled
from asithappened.importers.found import ImportRefused
from asithappened.importers.run import run
from asithappened.jobs import running
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.leases import Leases
from asithappened.jobs.models import AT_ONCE, Job, State
from tests.desk.conftest import Blog, said
from tests.jobs.clocks import Machine

REFUSED: Final = (actions.Refused, actions.Moved, actions.SaidBefore, PermissionDenied, Http404, ImportRefused)


@dataclass
class Words:
    """Words of which readers have heard nothing. `public_from`: since when they may; None while nobody said so."""

    token: str
    once: str
    number: int | None = None
    until: datetime | None = None
    public_from: datetime | None = None
    steps: list[str] = field(default_factory=list)

    @property
    def draft(self) -> Draft:
        """Return them as somebody wrote them."""
        return said(f"Nobody may know yet of {self.token}.", "To come")


class Walk:
    """One live blog, its people, and random steps. `public`: returns all the bytes that readers may have."""

    def __init__(self, blog: Blog, owner: User, editor: User, contributor: User, machine: Machine, seed: int) -> None:
        """Begin; nothing is written yet."""
        self.blog, self.owner, self.editor, self.contributor = blog, owner, editor, contributor
        self.machine, self.chance = machine, random.Random(seed)
        self.leases = Leases(clock=CLOCK, monotonic=lambda: machine.uptime)
        self.words: list[Words] = []
        self.count = 0
        self.done: dict[str, int] = {}
        self.came_out = 0
        self.ops: tuple[Callable[[Words], Any], ...] = (
            self.schedule, self.schedule, self.under_embargo, self.embargo, self.reschedule, self.unschedule,
            self.reword, self.publish, self.copy, self.hand_in, self.bring_in, self.hold, self.undo,
            self.publish_now, self.lift, self.unpublish, self.note, self.role, self.close,
            self.time, self.time, self.time, self.crash,
        )  # fmt: skip

    def step(self) -> None:
        """Do one thing, and look whether the laws hold."""
        if len(self.words) < 4 or self.chance.random() < 0.1:
            self.count += 1
            self.words.append(Words(token=f"canary{self.count:05d}x", once=f"once-{self.count}"))
        words, op = self.chance.choice(self.words), self.chance.choice(self.ops)
        words.steps.append(op.__name__)
        try:
            op(words)
            self.done[op.__name__] = self.done.get(op.__name__, 0) + 1
        except REFUSED:
            self.done[f"{op.__name__}, refused"] = self.done.get(f"{op.__name__}, refused", 0) + 1
        self.check()

    def check(self) -> None:
        """No canary sings before its time."""
        public, now = public_bytes(), CLOCK.now()
        for words in list(self.words):
            if words.token.encode() in public:
                assert words.public_from is not None, f"{words.token} came out: {words.steps}"
                assert words.public_from <= now, f"{words.token} came out early: {words.steps}"
                assert words.until is None or words.until <= now, f"{words.token}, under embargo: {words.steps}"
                self.words.remove(words)
                self.came_out += 1

    # --- what can be done

    def row(self, words: Words) -> Scheduled:
        """Return what is scheduled of them; refused if nothing is."""
        row = Scheduled.objects.filter(pk=words.number or 0).first()
        if row is None:
            raise Http404
        return row

    def soon(self) -> datetime:
        """Return a time in the next minutes."""
        return CLOCK.after(self.chance.choice([1, 5, 30, 90, 300]))

    def schedule(self, words: Words, *, embargo: bool = False) -> None:
        """Have them published later."""
        at = self.soon()
        by = self.chance.choice([self.editor, self.owner])
        row = actions.schedule_post(self.blog.id, by=by, draft=words.draft, once=words.once, at=at, embargo=embargo)
        words.number, words.public_from = row.pk, at
        if embargo:
            words.until = at

    def under_embargo(self, words: Words) -> None:
        """The same, and not before, by anybody."""
        self.schedule(words, embargo=True)

    def embargo(self, words: Words) -> None:
        """Put them under embargo without a time."""
        post, until = actions.post_id(self.blog.id, words.once), self.soon()
        actions.embargo_draft(self.blog.id, by=self.editor, draft=words.draft, post=post, until=until)
        words.until = until

    def reschedule(self, words: Words) -> None:
        """Give them another time."""
        at, row = self.soon(), self.row(words)
        actions.reschedule_post(row, by=self.editor, at=at, version=row.version)
        words.public_from = at

    def unschedule(self, words: Words) -> None:
        """Take them back."""
        actions.unschedule_post(self.row(words), by=self.editor)
        words.public_from = None

    def reword(self, words: Words) -> None:
        """Word them otherwise."""
        row = self.row(words)
        other = said(f"It is {self.chance.random()} that {words.token}.", "To come")
        actions.reword_post(row, by=self.editor, draft=other, version=row.version)

    def publish(self, words: Words) -> None:
        """Publish them by their own key, past whatever waits."""
        by = self.chance.choice([self.editor, self.owner])
        actions.publish_post(self.blog.id, by=by, draft=words.draft, once=words.once)
        words.public_from = CLOCK.now()

    def copy(self, words: Words) -> None:
        """Publish a copy of them under another key."""
        once = f"copy-{self.chance.random()}"
        actions.publish_post(self.blog.id, by=self.owner, draft=words.draft, once=once)
        words.public_from = CLOCK.now()

    def hand_in(self, words: Words) -> None:
        """Have a contributor hand them in, and perhaps an editor publish that."""
        handed = submissions.submit(self.blog.id, by=self.contributor, draft=words.draft, once=words.once)
        if self.chance.random() < 0.3:
            submissions.approve(handed, by=self.editor, draft=words.draft, version=handed.version)
            words.public_from = CLOCK.now()

    def bring_in(self, words: Words) -> None:
        """Import them from elsewhere."""
        page = f"Title\n\nUpdated\n\n10.00am\n\nTo come\n\nNobody may know yet of {words.token}.\n\n"
        slug = f"import-{self.chance.randrange(1 << 40)}"
        run(page.encode(), "page-text", slug=slug, forbid=lambda blog, said: embargoed.forbid(blog, said, by=None))
        words.public_from = CLOCK.now()

    def hold(self, words: Words) -> None:
        """Publish them, to be undone for five seconds."""
        row = actions.hold_post(self.blog.id, by=self.editor, draft=words.draft, once=words.once, pin=False, again="")
        if row is None:
            raise Http404
        words.number, words.public_from = row.pk, row.due_at

    def undo(self, words: Words) -> None:
        """Undo what is held."""
        self.unschedule(words)

    def publish_now(self, words: Words) -> None:
        """Publish what waits."""
        actions.publish_scheduled(self.row(words), by=self.owner)
        words.public_from = CLOCK.now()

    def lift(self, words: Words) -> None:
        """Lift their embargo: an owner's word."""
        post = actions.post_id(self.blog.id, words.once)
        embargo = Embargo.objects.filter(blog_id=self.blog.id, post=post).order_by("-pk").first()
        actions.lift_embargo(self.blog.id, by=self.owner, number=embargo.pk if embargo else 0)
        words.until = None

    def unpublish(self, words: Words) -> None:
        """Take the newest post back to a draft, and publish it again."""
        from asithappened.log import read

        posts = read.posts(self.blog.id, newest=1)
        if posts:
            actions.unpublish_post(self.blog.id, by=self.editor, post=posts[0].id)
            actions.restore_post(self.blog.id, by=self.editor, post=posts[0].id)

    def note(self, words: Words) -> None:
        """Leave a note for the desk."""
        notes.add_note(self.blog.id, by=self.editor, words=f"Do not say {words.token} yet.")

    def role(self, words: Words) -> None:
        """Let an editor be none, or one again."""
        role = self.chance.choice([Role.EDITOR, Role.EDITOR, Role.CONTRIBUTOR])
        Membership.objects.filter(user=self.editor).update(role=role)

    def close(self, words: Words) -> None:
        """Close the live blog, or open it again."""
        verb = self.chance.choice([actions.close_blog, actions.reopen_blog, actions.reopen_blog])
        verb(self.blog.id, by=self.owner)

    # --- time, and the worker

    def time(self, words: Words) -> None:
        """Let time pass, and the worker look; what could be published by then has to be out."""
        self.machine.elapse(self.chance.choice([1, 1, 4, 20, 100, 400]))
        self.work(crash="")

    def crash(self, words: Words) -> None:
        """Kill the worker in the second in which it publishes, before or after it did."""
        self.machine.elapse(self.chance.choice([1, 4, 20]))
        self.work(crash=self.chance.choice(["before", "after"]))

    def work(self, *, crash: str) -> None:
        """Do what is due, or be killed doing it."""
        self.leases.beat()
        for job in running.take(self.leases, {PUBLISH.name: PUBLISH}, clock=CLOCK, most=100):
            if crash != "before":
                became = running.carry_out(job, PUBLISH)
                assert became is State.DONE, job.error
                if not crash:
                    running.end(job, became, clock=CLOCK)
        mine = Job.objects.filter(state=State.RUNNING)
        mine.update(state=State.WAITING, owner="", try_at=AT_ONCE)  # as after a lease
        if not crash:
            now = CLOCK.now()
            overdue = Scheduled.objects.filter(state=Scheduled.State.WAITING, due_at__lte=now - timedelta(seconds=1))
            assert not overdue.exists(), "the worker looked, and it still waits"


def public_bytes() -> bytes:
    """Return everything that a reader may be sent, from whatever table: pages, frames, parts, documents."""
    found = []
    for model in apps.get_app_config("published").get_models():
        for row in model._default_manager.values_list():
            found += [bytes(value) for value in row if isinstance(value, bytes | memoryview)]
            found += [value.encode() for value in row if isinstance(value, str)]
    return b"\0".join(found)
