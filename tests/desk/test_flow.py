"""Whatever the desk takes, it takes through its one flow: no other view of the URL conf accepts a POST."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from asithappened.accounts.models import Invitation, Membership, User
from asithappened.desk.models import (
    Check,
    Contact,
    Embargo,
    HandoverLinks,
    Note,
    Profile,
    Promise,
    Scheduled,
    Source,
    SourceName,
    Submission,
)
from asithappened.desk.views.flow import Flow
from asithappened.jobs.models import Job
from asithappened.log import read
from tests.answered import Answer
from tests.desk.addresses import DESK
from tests.desk.conftest import Blog
from tests.desk.standing import admin, blog, browse, contributor, editor, newsroom, owner, people, place, stranger
from tests.desk.test_matrix import ONLY_PRESSED, ROLES, ROUTES, without_what_differs
from tests.desk.test_typed import LOOKED_AT, PRESSES, WORDS

__all__ = ["admin", "blog", "browse", "contributor", "editor", "newsroom", "owner", "people", "place", "stranger"]

pytestmark = pytest.mark.django_db
# Not in the flow, each with its reason. What is only looked at answers 405 to whatever is sent, which is tried below.
LOOKED_AT_ONLY = {
    "front": "",
    "alerts_worker": "alerts/",
    "media_of_a_post": "live/",
    "portrait": "live/",
    "card": "live/",
    "card_of_a_post": "live/",
    "card_of_a_row": "live/",
    "search": "search",
    "search_in_a_live_blog": "live/",
    "oembed": "oembed",
    **dict.fromkeys(LOOKED_AT, "desk/"),
}
OTHERS_FORMS = {
    "accounts/": "an account's pages are allauth's, one by one on the closed list of accounts.urls",
    DESK["share"]: "nothing is taken: what was sent is shown to whoever sent it (test_app.py)",
    DESK["media"]: "a file comes in pieces, by a protocol with its own answers: test_media.py",
}
# Of readers, who are given no cookie: nobody is signed in to be made to send it, and its own token is dated.
READERS_FORMS = {
    "contribute": "contribute/",
    "alerts_of": "alerts/live/",
    "alerts_moved": "alerts/moved/",
    "poll": "polls/",
}
# What each address is sent. Who may not is refused whatever it is, and a page of several buttons wants one by name.
BUTTON = {"write": "publish", "edit": "publish", "hand_in": "publish", "submission": "publish",
          "contribution": "take", "settings": "on",
          "contributor": "on", "change": "pin", "people": "add", "continue": "end", "me": "profile",
          "told_of": "profile",
          "everybody": "invite", "person": "rights",
          "job": "discard", "drafts": "mine", "handover": "revoke",
          "notes": "add", "note": "edit", "settle_note": "done", "beat": "beat",
          "welcome": "next", "welcome_blog": "keep", "welcome_people": "done", "sample": "remove",
          "new_statement": "record", "statement": "assess", "new_series": "figure", "series": "move",
          "ledger_row": "remove", "sources": "add", "source": "change",
          "scheduled_post": "unschedule", "embargo": "lift", "promise": "drop", "alert": "drop"}  # fmt: skip
ADMINS = ("everybody", "person", "sample", "welcome", "welcome_blog", "welcome_people")
HOUSES = ("sources", "source")  # for whoever publishes somewhere
FLOWS = {*WORDS, *PRESSES}
ENCODINGS = ["form", "json"]


def kept() -> list[object]:
    """Return all that a form could have changed; signing in changes none of it."""
    people = "email, password, byline, is_staff, is_superuser, is_active"
    rows = (Membership, Invitation, Submission, Job, Note, Contact, HandoverLinks, Scheduled, Embargo, Promise,
            Profile, Source, SourceName, Check)  # fmt: skip
    found: list[object] = [*read.blogs()]
    with connection.cursor() as cursor:  # it is called 800 times, and composing queries takes longer than their answers
        for columns, table in ((people, User), *(("*", row) for row in rows)):
            cursor.execute(f"SELECT {columns} FROM {table._meta.db_table}")
            found += cursor.fetchall()
    return found


def walked(
    found: Iterable[URLPattern | URLResolver], prefix: str = ""
) -> Iterator[tuple[str | None, str, Callable[..., Any]]]:
    """Yield each address of the URL conf: its name, its route, and its view."""
    for item in found:
        if isinstance(item, URLResolver):
            yield from walked(item.url_patterns, prefix + str(item.pattern))
        else:
            yield item.name, prefix + str(item.pattern), item.callback


ALL = list(walked(get_resolver().url_patterns))


def send(client: Client, path: str, name: str, encoding: str, **more: Any) -> Answer:
    """Send an address its button, as a browser does or as a program does."""
    sent = {"do": BUTTON.get(name, ""), **more}
    if encoding == "form":
        return client.post(path, sent)
    return client.post(path, json.dumps({"version": 1, **sent}), content_type="application/json")


def code(answer: Answer) -> str | None:
    """Return the code of a program's refusal, which no page's answer has; and that is what it is."""
    if not answer["Content-Type"].startswith("application/json"):
        return None
    (refused,) = answer.json()["refused"]
    assert refused["message"]
    return str(refused["code"])


@pytest.mark.parametrize(("name", "route", "view"), ALL, ids=[route for _, route, _ in ALL])
def test_every_address_takes_things_through_the_flow_or_takes_none(
    name: str,
    route: str,
    view: Callable[..., Any],
    browse: Callable[[User | None], Client],
    admin: User,
    place: Callable[..., str],
) -> None:
    assert getattr(view, "csrf_exempt", False) is (name in READERS_FORMS)
    if isinstance(view, Flow):
        assert name in FLOWS
    elif not route.startswith(tuple(OTHERS_FORMS) + tuple(READERS_FORMS.values())):
        assert route.startswith(LOOKED_AT_ONLY[name])
        path = place(name) if name in DESK else "/" + re.sub(r"<\w+:\w+>", "a", route)
        for encoding in ENCODINGS:
            assert send(browse(admin), path, name, encoding).status_code == 405


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", sorted(FLOWS))
def test_nothing_is_taken_without_its_token(
    name: str, encoding: str, place: Callable[..., str], people: dict[str, User], blog: Blog
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["admin"])
    path, before = place(name), kept()
    answer = send(client, path, name, encoding)
    assert (answer.status_code, code(answer)) == (403, "stale" if encoding == "json" else None)
    assert kept() == before


@pytest.mark.parametrize("name", sorted(FLOWS))
def test_a_program_sends_the_token_that_it_was_told_in_a_header(
    name: str, place: Callable[..., str], people: dict[str, User], blog: Blog
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["editor" if name == "note" else "admin"])
    token = client.get("/desk/me/", headers={"Accept": "application/json"}).json()["csrf"]
    client.defaults["HTTP_X_CSRFTOKEN"] = token
    assert send(client, place(name), "other", "json", do="no such button").status_code == 422


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", sorted(FLOWS))
def test_nothing_is_taken_of_who_is_not_signed_in(
    name: str, encoding: str, place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    path, before = place(name), kept()
    answer = send(browse(None), path, name, encoding)
    assert answer.status_code in ({302, 403} if encoding == "form" else {403})
    assert code(answer) == ("signed_out" if encoding == "json" else None)
    assert kept() == before
    looked = browse(None).get(path, headers={"Accept": "application/json"})
    assert looked.status_code == (405 if name in ONLY_PRESSED else 403)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", sorted(FLOWS & set(ROUTES)))
def test_nothing_is_taken_of_a_member_who_may_not_or_of_anybody_else(
    name: str,
    encoding: str,
    place: Callable[..., str],
    people: dict[str, User],
    browse: Callable[[User | None], Client],
    blog: Blog,
) -> None:
    path, before = place(name), kept()
    for role in set(ROLES) - set(ROUTES[name][1]):
        answer = send(browse(people[role]), path, name, encoding)
        said = (404, "not_found") if name == "note" else (403, "forbidden")  # of a note, whoever did not write it
        assert (answer.status_code, code(answer)) == (said[0], said[1] if encoding == "json" else None)
    for role in ("stranger", "neighbour"):
        answer = send(browse(people[role]), path, name, encoding)
        assert (answer.status_code, code(answer)) == (404, "not_found" if encoding == "json" else None)
        nobodys = send(browse(people[role]), place(name, slug="no-such-blog"), name, encoding)
        assert encoding == "form" or without_what_differs(nobodys) == without_what_differs(answer)
    assert kept() == before


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("open", ["contributor", "editor", "stranger"]),
        ("learned", ["contributor", "editor", "stranger"]),
        ("job", ["owner", "editor"]),
        *((name, ["contributor", "stranger"]) for name in HOUSES),
        *((name, ["owner", "editor"]) for name in ADMINS),
    ],
)
def test_what_is_of_no_live_blog_is_not_for_everybody(
    name: str,
    roles: list[str],
    encoding: str,
    place: Callable[..., str],
    people: dict[str, User],
    browse: Callable[[User | None], Client],
) -> None:
    path, before = place(name), kept()
    for role in roles:
        answer = send(browse(people[role]), path, name, encoding)
        assert (answer.status_code, code(answer)) == (403, "forbidden" if encoding == "json" else None)
    assert kept() == before


def test_what_is_not_tried_above_is_ones_own_page() -> None:
    assert {*(FLOWS & set(ROUTES)), "open", "job", "learned", "me", *ADMINS, *HOUSES} == FLOWS


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", sorted(FLOWS))
def test_a_button_that_there_is_not_does_nothing(
    name: str,
    encoding: str,
    place: Callable[..., str],
    people: dict[str, User],
    browse: Callable[[User | None], Client],
) -> None:
    path, before = place(name), kept()
    who = people["editor" if name == "note" else "admin"]  # whose note it is
    answer = send(browse(who), path, name, encoding, do="no such button")
    assert answer.status_code in ({200, 302} if encoding == "form" else {422})
    assert code(answer) == ("unknown_button" if encoding == "json" else None)
    assert kept() == before
