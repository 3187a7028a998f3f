"""Who asks: nothing is taken from the page of somebody who is not signed in any more."""

import json

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.log import read
from tests.desk.conftest import Blog
from tests.desk.test_in_json import desk, doc, write

__all__ = ["desk", "write"]

pytestmark = pytest.mark.django_db


def test_nothing_is_taken_from_the_page_of_somebody_who_is_not_signed_in_any_more(
    desk: Client, write: str, blog: Blog, editor: User, owner: User
) -> None:
    """The session is another person's, whatever becomes of the token; who it is is said, and not what is there."""
    page = {"X-Desk-Person": str(owner.pk)}
    sent = json.dumps({"version": 1, "do": "publish", "once": "k", "body": doc("Now.")})
    for path in (write, f"{blog.path}beat/", "/desk/live/nowhere/write/", "/desk/open/"):
        answer = desk.post(path, sent, content_type="application/json", headers=page)
        told = answer.json()
        assert (answer.status_code, told["refused"][0]["code"], told["who"]) == (409, "another", "Editor Person")
        assert "Editor Person is signed in here now." in told["refused"][0]["message"]
    assert desk.get(write, headers={**page, "Accept": "application/json"}).status_code == 409
    assert read.posts(blog.id) == []
    mine = desk.post(write, sent, content_type="application/json", headers={"X-Desk-Person": str(editor.pk)})
    assert (mine.status_code, len(read.posts(blog.id))) == (200, 1)
