"""The first steps of the first site admin, and the sample that goes in one click."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User

pytestmark = pytest.mark.django_db


def test_the_first_site_admin_of_an_empty_newsroom_is_shown_round_once(
    browse: Callable[[User | None], Client], admin: User
) -> None:
    client = browse(admin)
    assert client.get("/desk/")["Location"] == "/desk/welcome/"
    answer = client.post("/desk/welcome/", {"do": "next", "byline": "Rae Admin", "language": ""})
    assert answer["Location"] == "/desk/welcome/blog/"
    sent = {"do": "open", "title": "Harbour day", "audience": "nobody", "zone": "Europe/London", "language": "en"}
    answer = client.post("/desk/welcome/blog/", {**sent, "once": "1", "slug": ""})
    assert answer["Location"] == "/desk/welcome/people/"
    page = client.get("/desk/welcome/people/").content.decode()
    assert "Harbour day" in page
    sent = {"do": "add", "email": "fay@house.example", "byline": "Fay First", "role": "editor", "blog": "harbour-day"}
    page = client.post("/desk/welcome/people/", sent).content.decode()
    assert "/accounts/enter/" in page
    assert client.post("/desk/welcome/people/", {"do": "done"})["Location"] == "/desk/live/harbour-day/"
    page = client.get("/desk/").content.decode()
    assert "Harbour day" in page
    assert "/desk/welcome/" not in page
    admin.refresh_from_db()
    assert (admin.byline, admin.welcomed_at is not None) == ("Rae Admin", True)


@pytest.mark.parametrize("step", ["", "blog/", "people/"])
def test_each_step_can_be_skipped_with_all_that_follow(
    step: str, browse: Callable[[User | None], Client], admin: User
) -> None:
    client = browse(admin)
    assert client.get(f"/desk/welcome/{step}").status_code == 200
    do = "done" if step == "people/" else "skip"
    assert client.post(f"/desk/welcome/{step}", {"do": do}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_nobody_else_is_shown_round_and_no_second_admin_is(
    browse: Callable[[User | None], Client], admin: User, owner: User, editor: User
) -> None:
    for person in (owner, editor):
        assert browse(person).get("/desk/").status_code == 200
        assert browse(person).get("/desk/welcome/").status_code == 403
    browse(admin).post("/desk/welcome/", {"do": "skip"})
    second = User.objects.create_superuser("second@house.example")
    assert browse(second).get("/desk/").status_code == 200


def test_the_steps_keep_what_was_typed_when_something_is_wrong(
    browse: Callable[[User | None], Client], admin: User
) -> None:
    sent = {
        "do": "open",
        "title": "Harbour day",
        "audience": "nobody",
        "zone": "Nowhere",
        "language": "en",
        "once": "1",
    }
    answer = browse(admin).post("/desk/welcome/blog/", sent)
    assert answer.status_code == 422
    assert "Harbour day" in answer.content.decode()
