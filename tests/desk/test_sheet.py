"""Pages of the desk in a sheet over its screen: the page without its frame, and answers that a script understands."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.state import Status
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db
SHEET = {"X-Desk-Sheet": "1", "Accept": "text/html"}
PAGES = ("settings/", "people/", "close/", "continue/", "take-down/", "public/", "audit/", "readers/", "handover/")


@pytest.mark.parametrize("page", PAGES)
def test_a_sheet_is_the_page_without_its_frame(
    blog: Blog, owner: User, browse: Callable[[User | None], Client], page: str
) -> None:
    client = browse(owner)
    whole, sheet = client.get(blog.path + page), client.get(blog.path + page, headers=SHEET)
    assert sheet.status_code == whole.status_code == 200
    text = sheet.content.decode()
    assert "<html" not in text
    assert "<header" not in text
    assert "<h1" in text
    heading = text[text.index("<h1") : text.index("</h1>")]
    assert heading in whole.content.decode()


def test_what_was_done_in_a_sheet_is_told_as_to_a_program_and_leads_nobody_away(
    blog: Blog, owner: User, browse: Callable[[User | None], Client]
) -> None:
    sent = {"standfirst": "The wall held.", "ended": ""}
    answer = browse(owner).post(f"{blog.path}close/", sent, headers=SHEET)
    assert (answer.status_code, answer.json()["to"]) == (200, blog.path)
    assert answer.json()["done"].startswith("Closed")
    assert (blog.state.status, blog.state.standfirst) == (Status.CLOSED, "The wall held.")


def test_what_has_to_be_mended_in_a_sheet_comes_back_in_its_field(
    blog: Blog, owner: User, browse: Callable[[User | None], Client]
) -> None:
    answer = browse(owner).post(f"{blog.path}take-down/", {"slug": "another", "reason": "Kept."}, headers=SHEET)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Kept." in text
    assert "<html" not in text
    assert blog.state.status is Status.LIVE


def test_a_sheet_of_whoever_is_signed_out_or_may_not_is_told_so_as_a_program_is(
    blog: Blog, contributor: User, stranger: User, browse: Callable[[User | None], Client]
) -> None:
    for who, status, code in ((None, 403, "signed_out"), (contributor, 403, "forbidden"), (stranger, 404, "not_found")):
        for answer in (
            browse(who).get(f"{blog.path}close/", headers=SHEET),
            browse(who).post(f"{blog.path}close/", {}, headers=SHEET),
        ):
            assert (answer.status_code, answer.json()["refused"][0]["code"]) == (status, code)
    assert blog.state.status is Status.LIVE
