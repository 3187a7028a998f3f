"""A small newsroom: people of each role, and a live blog to work on.

Owns the fixtures of the desk's tests. Everything is made by the desk's own verbs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.alerts.models import Alert
from asithappened.core import body
from asithappened.core.events import (
    Audience,
    PostKind,
    SeriesMoved,
    SeriesRecorded,
    SourceKind,
    StatementRecorded,
)
from asithappened.core.state import BlogState, PostState
from asithappened.desk import actions
from asithappened.desk.actions import contributions, handover, ledger, notes, sources, submissions
from asithappened.desk.draft import Draft
from asithappened.desk.models import Embargo, Source, Submission
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import Job, State
from asithappened.log import read
from tests.desk.addresses import DESK
from tests.media.brought import placed


@dataclass
class Blog:
    """A live blog under test."""

    id: int

    @property
    def state(self) -> BlogState:
        """Return it as it is now."""
        return read.blog(self.id)

    @property
    def path(self) -> str:
        """Return where its desk is."""
        return f"/desk/live/{self.state.slug}/"

    def post(self, id_: str) -> PostState:
        """Return a post as it is now."""
        post = read.post(self.id, id_)
        assert post is not None
        return post


def said(words: str, title: str = "", kind: PostKind = PostKind.UPDATE) -> Draft:
    """Return a draft of one paragraph."""
    return Draft(title=title, body=body.Doc(content=(body.paragraph(words),)), kind=kind, bylines=("Ada Reporter",))


@pytest.fixture
def admin(db: None) -> User:
    """Return a site admin."""
    return User.objects.create_superuser("admin@house.example")


@pytest.fixture
def owner(db: None) -> User:
    """Return somebody of the newsroom, who may open live blogs."""
    return User.objects.create_user("owner@house.example", is_staff=True, byline="Olu Owner")


def opened(owner: User) -> Blog:
    """Open a public live blog."""
    receipt = actions.open_blog(
        by=owner, slug="storm", title="Storm Isolde", audience=Audience.EVERYONE, zone="Europe/London"
    )
    return Blog(receipt.blog)


@pytest.fixture
def blog(owner: User) -> Blog:
    """Return a public live blog, opened by `owner`."""
    return opened(owner)


def member(blog: Blog, role: Role) -> User:
    """Return somebody new who works on a live blog."""
    user = User.objects.create_user(f"{role}@house.example", byline=f"{role.name.title()} Person")
    Membership.objects.create(blog_id=blog.id, user=user, role=role)
    return user


@pytest.fixture
def editor(blog: Blog) -> User:
    """Return an editor of `blog`."""
    return member(blog, Role.EDITOR)


@pytest.fixture
def contributor(blog: Blog) -> User:
    """Return a contributor to `blog`."""
    return member(blog, Role.CONTRIBUTOR)


@pytest.fixture
def stranger(db: None) -> User:
    """Return somebody with an account and no live blog."""
    return User.objects.create_user("stranger@house.example")


@pytest.fixture
def browse() -> Callable[[User | None], Client]:
    """Return a browser that checks CSRF tokens no less than a real one has to send them: signed in, or not."""

    def browser(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return browser


def given_up(key: str, state: State = State.DEAD) -> Job:
    """Return a job that waits for a person's word."""
    now = CLOCK.now()
    return Job.objects.create(
        kind="publish_post", key=key, payload="{}", due=now, try_at=now, put_at=now, ended_at=now, state=state
    )


def worked_on(blog: Blog, editor: User, contributor: User) -> Callable[..., str]:
    """Have something of everything on a live blog; return a function from an address's name to its path there.

    The path is on that live blog, or on another slug.
    """
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    handed = submissions.submit(blog.id, by=contributor, draft=said("Mine."), once="2")

    contributions.contribute(blog.id, words="A reader saw it.", name="Rae", email="rae@reader.example", once="4")
    written = Submission.objects.get(author=None)
    due = CLOCK.now() + timedelta(hours=1)
    later = actions.schedule_post(blog.id, by=editor, draft=said("Later."), once="3", at=due, embargo=True)
    promised = actions.promise(blog.id, by=editor, post=post.id)
    embargo = Embargo.objects.get()
    job = given_up("3")
    note = notes.add_note(blog.id, by=editor, words="Call the harbour.", post=post.id)
    file = placed(blog.id, by=contributor)
    actions.contributor_on(blog.id, by=editor, name="Olu Owner")
    token = handover.make_link(blog.id, by=editor, since=CLOCK.now(), hours=24)
    who = sources.said_by("Bo Lund", kind=SourceKind.PERSON, role="mayor", by=editor)
    ledger.record_statement(blog.id, by=editor, statement=StatementRecorded(statement="boat", text="A boat.", by=who))
    homes, first = SeriesRecorded(series="homes", label="Homes"), SeriesMoved(series="homes", value=4600)
    ledger.record_series(blog.id, by=editor, series=homes, values=[first])
    rows = {"statement": "boat", "series": "homes", "ledger_row": "boat"}
    alert = Alert.objects.create(blog_id=blog.id, post=post.id, made_at=CLOCK.now(), until=due)
    numbers = {"alert": alert.pk, "scheduled_post": later.pk, "embargo": embargo.pk, "promise": promised.pk}
    numbers |= {"note": note.pk, "settle_note": note.pk, "job": job.pk}
    numbers |= {"contribution": written.pk, "person": contributor.pk, "source": Source.objects.get().pk}

    def path(name: str, slug: str = "storm") -> str:
        route = DESK[name].replace("<slug:slug>", slug).replace("<slug:post>", post.id)
        route = route.replace("<slug:name>", "submissions")  # a tab
        route = route.replace("<slug:medium>", file.pk).replace("<str:name>", "640.webp")
        route = route.replace("<slug:about>", "statement").replace("<slug:row>", rows.get(name, ""))
        number = str(numbers.get(name, handed.pk))
        asked = "?name=Olu%20Owner" if name == "told_of" else ""
        return "/" + route.replace("<int:number>", number).replace("<str:token>", token) + asked

    return path


@pytest.fixture
def place(blog: Blog, editor: User, contributor: User) -> Callable[..., str]:
    """Return a function from an address's name to a path on `blog`, or on another slug."""
    return worked_on(blog, editor, contributor)
