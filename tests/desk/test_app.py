"""The desk as an app: what a device keeps of the server is nobody's, and what another app hands over goes nowhere."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.views import app
from asithappened.published import assets
from tests.answered import Answer
from tests.desk.conftest import Blog
from tests.desk.standing import admin, blog, browse, contributor, editor, newsroom, owner, people, place, stranger
from tests.desk.test_flow import kept
from tests.desk.test_matrix import ROLES

__all__ = ["admin", "blog", "browse", "contributor", "editor", "newsroom", "owner", "people", "place", "stranger"]

pytestmark = pytest.mark.django_db
KEPT = ["/desk/app/", "/desk/app/?in=de", "/desk/app/manifest.webmanifest", "/desk/worker.js", "/desk/worker.js?in=de"]


def told(answer: Answer) -> Any:
    """Return what a worker is told."""
    script = answer.content
    assert script.startswith(b"self.TOLD=")
    return json.loads(script[len(b"self.TOLD=") : script.index(b";\n")])


@pytest.mark.parametrize("path", KEPT)
def test_what_a_device_keeps_is_the_same_for_everybody_and_makes_nobody_known(
    path: str, people: dict[str, User], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    answers = [browse(None).get(path), *(browse(people[role]).get(path) for role in (*ROLES, "stranger"))]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)
    assert b"csrf" not in answers[0].content or path.startswith("/desk/worker")  # which asks for one when it sends
    for secret in (blog.state.title, people["editor"].email):
        assert secret not in answers[0].content.decode()


def test_the_page_speaks_the_language_that_is_asked_for_and_no_other(browse: Callable[[User | None], Client]) -> None:
    assert "Die Redaktion" not in browse(None).get("/desk/app/").content.decode()
    assert '<html lang="de"' in browse(None).get("/desk/app/?in=de").content.decode()
    assert '<html lang="en"' in browse(None).get("/desk/app/?in=tlh").content.decode()


def test_the_manifest_names_the_house_its_icons_and_what_can_be_handed_over(
    browse: Callable[[User | None], Client], settings: Settings
) -> None:
    settings.SITE_NAME = "The Very Long Courier"
    answer = browse(None).get("/desk/app/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    found = answer.json()
    assert (found["name"], found["short_name"]) == ("The Very Long Courier: the desk", "Desk")
    assert (found["scope"], found["start_url"], found["display"]) == ("/desk/", "/desk/app/", "standalone")
    assert {icon["purpose"] for icon in found["icons"]} == {"any", "maskable"}
    assert [icon["src"].removeprefix(assets.PREFIX) in assets.files() for icon in found["icons"]] == [True] * 3
    assert [one["url"] for one in found["shortcuts"]] == ["/desk/app/?do=write", "/desk/app/?do=camera"]
    assert (found["share_target"]["action"], found["share_target"]["method"]) == ("/desk/app/share/", "POST")


def test_the_worker_keeps_built_files_and_the_page_and_is_another_when_one_of_them_is(
    browse: Callable[[User | None], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = browse(None).get("/desk/worker.js")
    assert before["Cache-Control"] == "no-store"
    assert "worker-src 'self'" in before["Content-Security-Policy"]
    found = told(before)
    assert all(address.removeprefix(assets.PREFIX) in assets.files() for address in found["assets"])
    page = browse(None).get(found["shell"]).content.decode()
    named = set(re.findall(r'"(/static/desk[^"]+)"', page))
    assert named
    assert named <= set(found["assets"])
    app._worker.cache_clear()
    monkeypatch.setattr(app, "_shell", lambda language: "another page")
    assert told(browse(None).get("/desk/worker.js"))["version"] != found["version"]
    app._worker.cache_clear()


def test_where_there_shall_be_no_worker_the_one_that_was_takes_itself_away(
    browse: Callable[[User | None], Client], people: dict[str, User], settings: Settings
) -> None:
    assert 'name="desk-worker" content="/desk/worker.js' in browse(people["editor"]).get("/desk/").content.decode()
    settings.APP = False
    assert b"unregister()" in browse(None).get("/desk/worker.js").content
    assert 'name="desk-worker" content=""' in browse(people["editor"]).get("/desk/").content.decode()


@pytest.mark.parametrize("role", [*ROLES, "stranger"])
def test_a_device_is_told_of_the_running_live_blogs_that_its_person_works_on(
    role: str, people: dict[str, User], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    person = people[role]
    found = browse(person).get("/desk/app/known/", headers={"Accept": "application/json"}).json()["known"]
    assert (found["user"], found["byline"]) == (person.pk, person.byline)
    may = {one["slug"]: one["may"] for one in found["blogs"]}
    assert may.get("storm") == {"stranger": None, "contributor": "hand_in"}.get(role, "write")
    assert ("neighbours" in may) == (role == "admin")
    actions.close_blog(blog.id, by=people["owner"])
    found = browse(person).get("/desk/app/known/", headers={"Accept": "application/json"}).json()["known"]
    assert "storm" not in {one["slug"] for one in found["blogs"]}


def test_who_is_signed_out_is_told_so_as_a_program_is(browse: Callable[[User | None], Client]) -> None:
    answer = browse(None).get("/desk/app/known/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["refused"][0]["code"]) == (403, "signed_out")


HANDED = {"title": "</script><b>", "text": "See https://pictures.example/a", "url": ""}


@pytest.mark.parametrize("role", [None, "editor"])
def test_what_another_app_hands_to_the_server_is_given_back_and_becomes_nothing_by_itself(
    role: str | None, people: dict[str, User], blog: Blog
) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "none"})
    if role:
        client.force_login(people[role])
    before = kept()
    given = client.post("/desk/app/share/", HANDED)
    assert given.status_code == 403
    page = given.content.decode()
    assert "See https://pictures.example/a" in page
    assert "<b>" not in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    shown = client.post("/desk/app/share/", {**HANDED, "csrfmiddlewaretoken": token[1]})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert '"text": "See https://pictures.example/a"' in page
    assert "<b>" not in page
    assert kept() == before


def test_another_sites_form_is_given_nothing_back(people: dict[str, User], blog: Blog) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    client.force_login(people["editor"])
    answer = client.post("/desk/app/share/", HANDED)
    assert answer.status_code == 403
    assert "pictures.example" not in answer.content.decode()
    assert client.get("/desk/app/share/").status_code == 302
