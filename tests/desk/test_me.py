"""A person's own page: their picture is theirs alone before it is anywhere."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from tests.desk.test_profiles import ME, WRITTEN, photo, sent

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_picture_is_shown_at_the_desk_to_its_person_alone_before_it_is_anywhere(
    browse: Callable[[User | None], Client], owner: User, stranger: User
) -> None:
    browse(owner).post(ME, {**WRITTEN, "photo": sent(photo())})
    mine = browse(owner).get("/desk/me/picture/")
    assert (mine.status_code, mine["content-type"], mine["content-security-policy"]) == (
        200, "image/webp", "sandbox; default-src 'none'",
    )  # fmt: skip
    assert browse(stranger).get("/desk/me/picture/").status_code == 404
    assert browse(None).get("/desk/me/picture/").status_code == 302
