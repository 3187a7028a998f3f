"""The newsroom of conftest.py, made once for a module of tests; each finds it as it was made.

For modules that ask hundreds of addresses, where making it takes longer than asking. It stands in a transaction that
each test's own is inside of, so that what a test does is rolled back to it. A module imports these fixtures by name,
and they take the place of conftest's; rows are read anew for each test, so that none meets what another did to one.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from asithappened.accounts.models import Role, User
from asithappened.core.events import Audience
from asithappened.desk import actions
from tests.desk.conftest import Blog, member, opened, worked_on

__all__ = ["admin", "blog", "browse", "contributor", "editor", "newsroom", "owner", "people", "place", "stranger"]


@dataclass(frozen=True, kw_only=True)
class Newsroom:
    """People by what they are to the live blog, and where things are on it."""

    blog: Blog
    people: dict[str, int]
    signed_in: dict[int, str]  # the session of each, by the person
    place: Callable[..., str]


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Newsroom]:
    """Return a public live blog with something of everything, somebody of each role, and who owns another."""
    with ExitStack() as undone:
        undone.enter_context(django_db_blocker.unblock())
        for database in connections:
            around = transaction.atomic(using=database)
            setattr(around, "_from_testcase", True)  # noqa: B010 -- as Django's own: what has to be outermost may be so within it
            undone.enter_context(around)
            undone.callback(transaction.set_rollback, True, using=database)
        owner = User.objects.create_user("owner@house.example", is_staff=True, byline="Olu Owner")
        neighbour = User.objects.create_user("neighbour@house.example", is_staff=True)
        blog = opened(owner)
        actions.open_blog(by=neighbour, slug="neighbours", title="Next door", audience=Audience.EVERYONE)
        people = {
            "admin": User.objects.create_superuser("admin@house.example"),
            "owner": owner,
            "editor": member(blog, Role.EDITOR),
            "contributor": member(blog, Role.CONTRIBUTOR),
            "stranger": User.objects.create_user("stranger@house.example"),
            "neighbour": neighbour,
        }
        place = worked_on(blog, people["editor"], people["contributor"])
        signed_in = {user.pk: _signed_in(user) for user in people.values()}
        with django_db_blocker.block():
            yield Newsroom(
                blog=blog,
                people={role: user.pk for role, user in people.items()},
                signed_in=signed_in,
                place=place,
            )


def _signed_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def browse(newsroom: Newsroom, db: None) -> Callable[[User | None], Client]:
    """Return a browser in which somebody is signed in, as they were when the test began; or nobody is."""

    def browser(user: User | None) -> Client:
        client = Client()
        if user is not None and user.pk in newsroom.signed_in:
            client.cookies[settings.SESSION_COOKIE_NAME] = newsroom.signed_in[user.pk]
        elif user is not None:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def people(newsroom: Newsroom, db: None) -> dict[str, User]:
    """Return somebody of each role, and somebody who owns another live blog."""
    found = User.objects.in_bulk(newsroom.people.values())
    return {role: found[id_] for role, id_ in newsroom.people.items()}


@pytest.fixture
def blog(newsroom: Newsroom, db: None) -> Blog:
    """Return the public live blog."""
    return Blog(newsroom.blog.id)


@pytest.fixture
def place(newsroom: Newsroom, db: None) -> Callable[..., str]:
    """Return a function from an address's name to a path on `blog`, or on another slug."""
    return newsroom.place


@pytest.fixture
def admin(people: dict[str, User]) -> User:
    """Return a site admin."""
    return people["admin"]


@pytest.fixture
def owner(people: dict[str, User]) -> User:
    """Return the owner of `blog`."""
    return people["owner"]


@pytest.fixture
def editor(people: dict[str, User]) -> User:
    """Return an editor of `blog`."""
    return people["editor"]


@pytest.fixture
def contributor(people: dict[str, User]) -> User:
    """Return a contributor to `blog`."""
    return people["contributor"]


@pytest.fixture
def stranger(people: dict[str, User]) -> User:
    """Return somebody with an account and no live blog."""
    return people["stranger"]
