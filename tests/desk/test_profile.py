"""The form of a profile: its picture, by a browser or a program, and its link."""

import base64
import json
from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk.forms.profile import PHOTO_BYTES
from asithappened.media.models import Media
from asithappened.media.store import store
from tests.desk.conftest import Blog
from tests.desk.test_profiles import ME, WRITTEN, on, photo, sent, told

__all__ = ["on"]

pytestmark = pytest.mark.django_db(databases="__all__")


def test_what_is_no_picture_is_refused_with_what_was_typed_and_leaves_nothing(
    on: Blog, browse: Callable[[User | None], Client], owner: User
) -> None:
    before = set(store().ids_on_disk())
    film = b"\x1aE\xdf\xa3" + bytes(400)
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"%PDF-1.7", film, b""):
        answer = browse(owner).post(ME, {**WRITTEN, "role": "Kept words", "photo": sent(content)})
        assert answer.status_code in {409, 422}
        assert "Kept words" in answer.content.decode()
    assert Media.objects.count() == 0
    assert set(store().ids_on_disk()) == before
    assert not told(on).described


def test_a_picture_too_large_for_a_form_is_refused_in_words(
    browse: Callable[[User | None], Client], owner: User
) -> None:
    answer = browse(owner).post(ME, {**WRITTEN, "photo": sent(photo() + bytes(PHOTO_BYTES))})
    assert answer.status_code == 422
    assert "900 KB at most" in answer.content.decode()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "courier.example/olu", "https://a@evil.example/", "mailto:o@c.example"]
)
def test_a_link_is_the_address_of_a_page(browse: Callable[[User | None], Client], owner: User, url: str) -> None:
    answer = browse(owner).post(ME, {**WRITTEN, "url": url})
    assert (answer.status_code, "Write a whole address" in answer.content.decode()) == (422, True)


def test_a_program_sends_a_picture_in_base64(on: Blog, browse: Callable[[User | None], Client], owner: User) -> None:
    form = {"version": 1, **WRITTEN, "photo": base64.b64encode(photo("green")).decode()}
    answer = browse(owner).post(ME, json.dumps(form), content_type="application/json")
    assert answer.status_code == 200
    assert told(on).picture is not None
    for bad in ("no base64!", "AAAA"):
        answer = browse(owner).post(ME, json.dumps({**form, "photo": bad}), content_type="application/json")
        assert answer.status_code in {409, 422}
