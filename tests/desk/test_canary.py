"""No word under embargo, scheduled, drafted or noted is in a byte that readers may have before its time."""

import random
from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import drafts, embargoed, ledger, notes, submissions
from asithappened.desk.draft import Draft
from asithappened.desk.drafts import keeping
from asithappened.desk.jobs import PUBLISH
from asithappened.desk.models import Embargo, Scheduled, Submission
from asithappened.importers.found import ImportRefused
from asithappened.importers.run import run
from asithappened.jobs import running
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.leases import Leases
from asithappened.jobs.models import ALREADY_DUE, Job, State
from asithappened.log import read
from asithappened.published.models import PublishedBlog
from tests.desk.canary import HOLD_S, Pace, Walk, Words
from tests.desk.conftest import Blog, said
from tests.jobs.clocks import Machine

pytestmark = pytest.mark.django_db

STEPS = 120
PACE = Pace(
    delays=(0, 4, 29, 89, 299),
    pauses=(1, 1, 4, 20, 100, 400),
    often={"schedule": 2, "time": 3, "note": 1, "draft": 1, "rehearse": 1},
)


class Verbs:
    """A door of the desk's own verbs, in this process; the worker too, by a clock that a walk sets forth."""

    refused: tuple[type[Exception], ...] = (
        actions.Refused, actions.Moved, actions.SaidBefore, PermissionDenied, Http404, ImportRefused, keeping.Newer,
    )  # fmt: skip

    def __init__(self, blog: Blog, owner: User, editor: User, contributor: User, machine: Machine) -> None:
        self.blog, self.owner, self.editor, self.contributor, self.machine = blog, owner, editor, contributor, machine
        self.leases = Leases(clock=CLOCK, monotonic=lambda: machine.uptime)
        self.rehearsal = actions.open_blog(
            by=owner, slug="rehearsal", title="A rehearsal", audience=Audience.MEMBERS, zone="Europe/London"
        ).blog
        actions.set_own_hold(by=editor, seconds=HOLD_S)

    def draft_of(self, words: Words, wording: str = "") -> Draft:
        """Return them as the desk has words."""
        kind = e.PostKind.KEY_EVENT if words.rich else e.PostKind.UPDATE
        return Draft(title=words.title, body=words.body(wording), kind=kind, bylines=("Ada Reporter",))

    def row(self, words: Words) -> Scheduled:
        """Return what is scheduled of them."""
        row = Scheduled.objects.filter(pk=words.number).first()
        if row is None:
            raise Http404
        return row

    def by(self, name: str) -> User:
        """Return somebody by their role."""
        return {"editor": self.editor, "owner": self.owner}[name]

    def now(self) -> datetime:
        """Return the time."""
        return CLOCK.now()

    def schedule(self, words: Words, *, by: str, at: datetime, embargo: bool) -> int:
        """Do it."""
        draft, who = self.draft_of(words), self.by(by)
        row = actions.schedule_post(self.blog.id, by=who, draft=draft, once=words.once, at=at, embargo=embargo)
        return row.pk

    def embargo(self, words: Words, *, until: datetime) -> None:
        """Do it."""
        post = actions.post_id(self.blog.id, words.once)
        actions.embargo_draft(self.blog.id, by=self.editor, draft=self.draft_of(words), post=post, until=until)

    def reschedule(self, words: Words, *, at: datetime) -> None:
        """Do it."""
        row = self.row(words)
        actions.reschedule_post(row, by=self.editor, at=at, version=row.version)

    def unschedule(self, words: Words) -> None:
        """Do it."""
        actions.unschedule_post(self.row(words), by=self.editor)

    def reword(self, words: Words, wording: str) -> None:
        """Do it."""
        row = self.row(words)
        actions.reword_post(row, by=self.editor, draft=self.draft_of(words, wording), version=row.version)

    def publish(self, words: Words, *, by: str, once: str) -> None:
        """Do it."""
        actions.publish_post(self.blog.id, by=self.by(by), draft=self.draft_of(words), once=once)

    def hold(self, words: Words) -> int:
        """Do it."""
        draft = self.draft_of(words)
        row = actions.hold_post(self.blog.id, by=self.editor, draft=draft, once=words.once, pin=False, again="")
        if row is None:
            raise Http404
        return row.pk

    def publish_now(self, words: Words) -> None:
        """Do it."""
        actions.publish_scheduled(self.row(words), by=self.owner)

    def lift(self, words: Words) -> None:
        """Do it."""
        post = actions.post_id(self.blog.id, words.once)
        embargo = Embargo.objects.filter(blog_id=self.blog.id, post=post).order_by("-pk").first()
        actions.lift_embargo(self.blog.id, by=self.owner, number=embargo.pk if embargo else 0)

    def hand_in(self, words: Words) -> int:
        """Do it."""
        draft = self.draft_of(words)
        return submissions.submit(self.blog.id, by=self.contributor, draft=draft, once=words.once).pk

    def handed(self, words: Words) -> Submission:
        """Return what was handed in."""
        return Submission.objects.get(pk=words.handed)

    def approve(self, words: Words) -> None:
        """Do it."""
        handed = self.handed(words)
        submissions.approve(handed, by=self.editor, draft=self.draft_of(words), version=handed.version)

    def give_back(self, words: Words) -> None:
        """Do it."""
        handed = self.handed(words)
        note = f"Who says so, {words.token}?"
        submissions.return_submission(handed, by=self.editor, note_=note, version=handed.version)

    def bring_in(self, page: str, *, slug: str) -> None:
        """Do it."""
        forbid = partial(embargoed.forbid, by=None)
        run(page.encode(), "page-text", slug=slug, audience=Audience.EVERYONE, forbid=forbid)

    def newest(self) -> str:
        """Return the newest post."""
        posts = read.posts(self.blog.id, newest=1)
        if not posts:
            raise Http404
        return posts[0].id

    def take_back(self) -> int:
        """Do it."""
        return actions.unpublish_post(self.blog.id, by=self.editor, post=self.newest()).pk

    def unpublish(self) -> None:
        """Do it, and publish it again."""
        post = self.newest()
        actions.unpublish_post(self.blog.id, by=self.editor, post=post)
        actions.restore_post(self.blog.id, by=self.editor, post=post)

    def note(self, words: Words) -> None:
        """Do it."""
        notes.add_note(self.blog.id, by=self.editor, words=f"Do not say {words.token} yet.")
        row = e.StatementRecorded(statement="wall", text="The wall holds.", by=e.SaidBy(name="The keeper of the wall"))
        ledger.record_statement(self.blog.id, by=self.editor, statement=row)
        checking = ledger.Checking(method=f"We asked {words.token}.", note=f"Not before {words.token} says so.")
        status = e.Verification.CHECKING
        ledger.assess_statement(self.blog.id, by=self.editor, statement="wall", status=status, checking=checking)

    def draft(self, words: Words) -> None:
        """Do it."""
        said = keeping.Words(title=words.title, body=msgspec.to_builtins(words.body()), more={"reason": words.token})
        copy = keeping.Copy(key=f"draft-{words.token}", words=said, writer="tab", turn=1, seen=0)
        drafts.save_draft(self.blog.id, by=self.editor, copy=copy)

    def rehearse(self, words: Words) -> None:
        """Do it."""
        actions.publish_post(self.rehearsal, by=self.owner, draft=self.draft_of(words), once=words.once)

    def role(self, role: str) -> None:
        """Do it."""
        Membership.objects.filter(user=self.editor).update(role=Role[role.upper()])

    def close(self) -> None:
        """Do it."""
        actions.close_blog(self.blog.id, by=self.owner)

    def reopen(self) -> None:
        """Do it."""
        actions.reopen_blog(self.blog.id, by=self.owner)

    # --- time, and the worker

    def wait(self, seconds: float) -> None:
        """Let time pass, and the worker look; what could be published by then has to be out."""
        self.machine.elapse(seconds)
        self.work(crash="")

    def crash(self, chance: random.Random) -> None:
        """Kill the worker before or after it published."""
        self.machine.elapse(chance.choice([1, 4, 20]))
        self.work(crash=chance.choice(["before", "after"]))

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
        mine.update(state=State.WAITING, owner="", try_at=ALREADY_DUE)  # as after a lease
        if not crash:
            now = CLOCK.now()
            overdue = Scheduled.objects.filter(state=Scheduled.State.WAITING, due_at__lte=now - timedelta(seconds=1))
            assert not overdue.exists(), "the worker looked, and it still waits"


def public_bytes() -> bytes:
    """Return everything that any reader may be sent, from whatever table: pages, frames, parts, documents."""
    everyones = list(PublishedBlog.objects.filter(audience=Audience.EVERYONE.value).values_list("pk", flat=True))
    found = []
    for model in apps.get_app_config("published").get_models():
        rows = model._default_manager.all()
        if "blog" in {column.name for column in model._meta.fields}:
            rows = rows.filter(blog__in=everyones)
        for row in rows.values_list():
            found += [bytes(value) for value in row if isinstance(value, bytes | memoryview)]
            found += [value.encode() for value in row if isinstance(value, str)]
    return b"\0".join(found)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return the clocks that everybody goes by, set forth by a test alone."""
    machine = Machine()
    monkeypatch.setattr(CLOCK, "_wall", lambda: machine.wall)
    monkeypatch.setattr(CLOCK, "_elapsed", lambda: machine.uptime)
    monkeypatch.setattr(CLOCK, "_found", (machine.wall, machine.uptime))
    return machine


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_canary_sings_before_its_time_whatever_is_done(
    blog: Blog, owner: User, editor: User, contributor: User, machine: Machine, seed: int
) -> None:
    walk = Walk(Verbs(blog, owner, editor, contributor, machine), PACE, seed)
    for _ in range(STEPS):
        walk.step()
        walk.heard(public_bytes(), CLOCK.now())
        assert walk.wrong == []
    assert len(walk.out) > 3, walk.done


def test_a_canary_that_is_out_is_found(blog: Blog, editor: User) -> None:
    actions.publish_post(blog.id, by=editor, draft=said("It is canary00001x."), once="1")
    assert b"canary00001x" in public_bytes()
