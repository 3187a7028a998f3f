"""What readers are told of a contributor: seen by an editor before it is on a page."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from tests.desk.conftest import Blog
from tests.desk.test_profiles import ME, URL, WRITTEN, photo, sent, told

pytestmark = pytest.mark.django_db(databases="__all__")


def test_who_only_hands_in_changes_no_page_and_an_editor_puts_it_in(
    blog: Blog, browse: Callable[[User | None], Client], contributor: User, editor: User
) -> None:
    actions.contributor_on(blog.id, by=editor, name="Contributor Person")
    mine = {**WRITTEN, "byline": "Contributor Person"}
    page = browse(contributor).post(ME, mine, follow=True).content.decode()
    assert "Not yet those of “Storm Isolde”: an editor there can put it in" in page
    assert not told(blog, "Contributor Person").described
    path = f"{blog.path}settings/contributor/profile/?name=Contributor%20Person"
    assert browse(contributor).get(path).status_code == 403
    asked = browse(editor).get(path).content.decode()
    assert "this is what they say of themselves" in asked
    assert 'value="Live editor"' in asked
    browse(editor).post(path, {"do": "profile", "role": "Harbour pilot", "url": "", "photo": sent(photo("blue"))})
    one = told(blog, "Contributor Person")
    assert (one.role, one.url, one.picture is not None) == ("Harbour pilot", "", True)
    desk = browse(editor).get(path).content.decode()
    assert f"{blog.path}media/{one.picture.media}/300.webp" in desk
    assert browse(editor).get(f"{blog.path}media/{one.picture.media}/300.webp").status_code == 200


def test_what_somebody_who_only_hands_in_says_of_themselves_is_seen_by_an_editor_first(
    blog: Blog, browse: Callable[[User | None], Client], contributor: User, editor: User
) -> None:
    browse(contributor).post(ME, {**WRITTEN, "byline": "Rae Reporter", "photo": sent(photo())})
    actions.contributor_on(blog.id, by=editor, name="Rae Reporter")
    assert not told(blog, "Rae Reporter").described
    path = f"{blog.path}settings/contributor/profile/?name=Rae%20Reporter"
    (picture,) = re.findall(r'src="(/desk/live/storm/media/\w+/300.webp)"', browse(editor).get(path).content.decode())
    assert browse(editor).get(picture).status_code == 200
    browse(editor).post(path, {"do": "profile", "role": "Harbour pilot", "url": URL})
    one = told(blog, "Rae Reporter")
    assert (one.role, one.url, one.picture is not None) == ("Harbour pilot", URL, True)


def test_of_somebody_who_is_not_named_there_is_no_page(
    blog: Blog, browse: Callable[[User | None], Client], editor: User
) -> None:
    assert browse(editor).get(f"{blog.path}settings/contributor/profile/?name=Nobody").status_code == 404
    assert browse(editor).post(f"{blog.path}settings/contributor/profile/").status_code == 404
