"""docs/desk.md is true: every example is sent as it stands, and answered as it says; no button is without one."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from asithappened.accounts.links import sign_in_link
from asithappened.accounts.models import User
from asithappened.alerts.models import Alert
from asithappened.desk.actions import contributions
from asithappened.desk.models import Submission
from asithappened.desk.views import refused
from asithappened.desk.views.flow import Flow
from asithappened.jobs.clock import CLOCK
from asithappened.jobs.models import State
from tests.desk.conftest import Blog, given_up
from tests.desk.documented import PAGE, Names, examples
from tests.desk.test_flow import ALL

pytestmark = pytest.mark.django_db
ROOT = PAGE.parents[1]


def test_every_example_is_answered_as_the_page_says(
    admin: User, owner: User, editor: User, contributor: User, blog: Blog
) -> None:
    people = {"admin": admin, "owner": owner, "editor": editor, "contributor": contributor}
    clients = {who: Client() for who in people}
    for who, user in people.items():
        clients[who].force_login(user)
    clients["admin"].post(urlsplit(sign_in_link(admin)).path)  # just now, as what is dangerous asks for
    jobs = {"41": given_up("1"), "42": given_up("2", State.UNSURE), "43": given_up("3")}
    for words in ("The wall moved.", "The wall is gone."):
        contributions.contribute(blog.id, words=words, name="Rae", email="", once=words)
    here = {number: str(job.pk) for number, job in jobs.items()}
    written = Submission.objects.filter(author=None).order_by("pk").values_list("pk", flat=True)
    here |= {number: str(pk) for number, pk in zip(("6101", "6102"), written, strict=True)}
    waits = {"blog_id": blog.id, "post": "wall", "made_at": CLOCK.now(), "until": CLOCK.after(3600)}
    here["7401"] = str(Alert.objects.create(**waits).pk)
    names, link = Names({"https://courier.example": settings.PUBLIC_URL, **here}), ""
    for example in examples():
        if example.who == "newcomer" and example.who not in clients:
            clients["newcomer"] = Client()
            assert clients["newcomer"].post(urlsplit(link).path).status_code == 302
        client, path = clients[example.who], names.translated(example.path)
        if example.method == "GET":
            answer = client.get(path, headers={"Accept": "application/json"})
        else:
            answer = client.post(path, names.translated(example.sent), content_type="application/json")
        told = answer.json()
        assert answer.status_code == example.status, (example, told)
        page = json.loads(example.answered)
        if "refused" in told:
            page.pop("id", None)
            assert told.pop("id") == answer["X-Request-Id"]
        names.learn(told, page)
        assert names.alike(told, page), (example, told)
        link = told.get("link", link)


def test_no_button_is_without_its_example(
    place: Callable[..., str], admin: User, editor: User, browse: Callable[[User | None], Client]
) -> None:
    shown: dict[str | None, set[str]] = {}
    for example in examples():
        if example.method == "POST":
            shown.setdefault(resolve(example.path.partition("?")[0]).url_name, set()).add(
                json.loads(example.sent)["do"]
            )
    assert shown.pop("me") == {
        "hold",
        "language",
        "password",
        "profile",
    }  # the last after a one-time link
    for name, _, view in ALL:
        if isinstance(view, Flow) and name != "me":
            who = editor if name == "note" else admin  # whose note it is
            answer = browse(who).post(place(name), {"version": 1, "do": "?"}, content_type="application/json")
            assert set(answer.json()["buttons"]) == shown.pop(name)
    assert not shown


def test_every_code_is_explained_and_none_that_there_is_not() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src/asithappened/desk").rglob("*.py")))
    told = re.findall(r"(?:code=|Unreadable\(|_at\(error, |code = )\"([a-z_]+)\"", code)
    explained = re.findall(r"^\| `([a-z_]+)` \| [45]", PAGE.read_text("utf-8"), re.MULTILINE)
    assert set(explained) == {*told, *refused.SAID}
