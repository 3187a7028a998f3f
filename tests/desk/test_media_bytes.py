"""The bytes of files at the desk: for whom they are, and how they are given."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client, RequestFactory

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import Audience
from asithappened.delivery.behind import MAY_READ
from asithappened.desk import actions
from asithappened.desk.views import media_bytes
from tests.desk.conftest import Blog
from tests.desk.test_media import draft, folder
from tests.media.brought import picture, shown

__all__ = ["folder"]

pytestmark = pytest.mark.django_db


def test_a_file_is_for_whoever_brought_it_and_for_who_publishes_and_its_original_for_nobody(
    browse: Callable[[User | None], Client],
    editor: User,
    contributor: User,
    blog: Blog,
    owner: User,
    admin: User,
    stranger: User,
    tmp_path: Path,
) -> None:
    second = User.objects.create_user("second@house.example")
    Membership.objects.create(blog_id=blog.id, user=second, role=Role.CONTRIBUTOR)
    actions.open_blog(by=owner, slug="other", title="Another", audience=Audience.EVERYONE)
    row = picture(blog.id, contributor, tmp_path)
    for slug, name, who, may in (
        ("storm", "640.webp", (contributor, editor, owner, admin), True),
        ("storm", "640.webp", (second, stranger), False),
        ("other", "640.webp", (owner, admin, stranger), False),
        ("storm", "original", (contributor, admin), False),
        ("storm", "641.webp", (contributor,), False),
        ("storm", "..%2f..%2fsecret.key", (admin,), False),
    ):
        for person in who:
            answer = browse(person).get(f"/desk/live/{slug}/media/{row.pk}/{name}")
            assert answer.status_code == (200 if may else 404), (slug, name, person)
    answer = browse(editor).get(f"/desk/live/storm/media/{row.pk}/640.webp", headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "Content-Encoding" not in answer
    part = browse(editor).get(f"/desk/live/storm/media/{row.pk}/640.webp", headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, answer.content[4:8])
    assert part["Content-Range"] == "bytes 4-7/32"
    beyond = browse(editor).get(f"/desk/live/storm/media/{row.pk}/640.webp", headers={"Range": "bytes=32-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */32")


def test_a_file_that_no_reader_may_have_is_for_who_works_on_its_live_blog(
    browse: Callable[[User | None], Client],
    editor: User,
    contributor: User,
    stranger: User,
    blog: Blog,
    owner: User,
    admin: User,
    tmp_path: Path,
) -> None:
    actions.open_blog(by=owner, slug="other", title="Another", audience=Audience.EVERYONE)
    row, unused = picture(blog.id, editor, tmp_path), picture(blog.id, editor, tmp_path)
    post = actions.publish_post(blog.id, by=editor, draft=draft(shown(row)), once="1")
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    path = f"/live/storm/p/{post.id}/media/{row.pk}/{row.digest[:8]}/640.webp"
    for who in (editor, contributor, owner, admin):
        assert browse(who).get(path)["Cache-Control"] == "no-store"
    for nobody in (stranger, None):
        assert browse(nobody).get(path).status_code == 404
    for wrong in (
        path.replace("storm", "other"),
        path.replace(post.id, "another"),
        path.replace(row.pk, unused.pk).replace(row.digest[:8], unused.digest[:8]),
        path.replace(row.digest[:8], "00000000"),
        path.replace("640.webp", "original"),
    ):
        assert browse(admin).get(wrong).status_code == 404, wrong


def test_a_file_that_delivery_says_a_reader_may_have_is_fetched_and_given_to_anybody(
    blog: Blog, editor: User, tmp_path: Path, folder: Path
) -> None:
    row = picture(blog.id, editor, tmp_path)
    request = RequestFactory().get("/live/storm/p/1/media/…")
    request.user = AnonymousUser()
    setattr(request, "scope", {"state": {MAY_READ: True}})  # noqa: B010 -- as an ASGI request has it
    given = media_bytes.of_a_post(request, "storm", "1", row.pk, row.digest[:8], "640.webp")
    assert given.content == (folder / row.pk[:2] / row.pk / "640.webp").read_bytes()
    setattr(request, "scope", {"state": {}})  # noqa: B010
    with pytest.raises(Http404):
        media_bytes.of_a_post(request, "storm", "1", row.pk, row.digest[:8], "640.webp")
