"""A post shows a file that is ready here, described, and for whoever publishes it to use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.draft import Draft
from asithappened.log import read
from asithappened.media.models import MediaUse
from tests.desk.conftest import Blog
from tests.desk.test_media import draft, folder, refused
from tests.media.brought import picture, shown

__all__ = ["folder"]

pytestmark = pytest.mark.django_db


def test_a_post_shows_a_file_that_is_ready_here_and_described(
    editor: User, contributor: User, blog: Blog, owner: User, tmp_path: Path
) -> None:
    actions.open_blog(by=owner, slug="other", title="Another", audience=Audience.EVERYONE)
    other = read.blog_id("other")
    assert other is not None
    row, waiting = picture(blog.id, contributor, tmp_path), picture(blog.id, editor, tmp_path, state="waiting")
    next_door = picture(other, owner, tmp_path)
    wrong = {
        "media_not_ready": shown(waiting),
        "no_such_media": shown(next_door),
        "no_alt": shown(row, alt=" "),
    }
    for code, image in wrong.items():
        assert refused(actions.publish_post, blog.id, by=editor, draft=draft(image), once="1") == code
        assert refused(submissions.submit, blog.id, by=editor, draft=draft(image), once="1") == code
    assert refused(actions.publish_post, blog.id, by=editor, draft=draft(shown(row, digest="0" * 64)), once="1") == (
        "no_such_media"
    )
    assert blog.state.posts == 0
    post = actions.publish_post(blog.id, by=editor, draft=draft(shown(row)), once="1")
    actions.publish_post(blog.id, by=editor, draft=draft(shown(row, alt="", decorative=True)), once="2")
    # What it showed before it may go on showing, and in whatever order.
    MediaUse.objects.filter(media=row).delete()
    assert refused(actions.publish_post, blog.id, by=editor, draft=draft(shown(row)), once="3") == "no_such_media"
    new = Draft(title="Sea wall breaks", body=post.body)
    post = actions.revise_post(blog.id, by=editor, post=post.id, draft=new, based_on=post.last_seq)
    actions.withdraw_post(blog.id, by=editor, post=post.id)
    assert actions.restore_post(blog.id, by=editor, post=post.id).visible


def test_a_contributor_hands_in_their_own_files_and_no_others(
    editor: User, contributor: User, blog: Blog, tmp_path: Path
) -> None:
    mine, theirs = picture(blog.id, contributor, tmp_path), picture(blog.id, editor, tmp_path)
    assert refused(submissions.submit, blog.id, by=contributor, draft=draft(shown(theirs)), once="1") == "no_such_media"
    handed = submissions.submit(blog.id, by=contributor, draft=draft(shown(mine)), once="2")
    assert submissions.approve(handed, by=editor, draft=submissions.draft_of(handed), version=handed.version).visible


def test_a_program_is_told_where_alternative_text_is_missing_and_a_draft_may_lack_it(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, tmp_path: Path
) -> None:
    row = picture(blog.id, editor, tmp_path)
    doc: dict[str, Any] = {"type": "doc", "content": [{"type": "image", "attrs": {
        "media": row.pk, "digest": row.digest, "width": 1000, "height": 500}}]}  # fmt: skip
    said = {"version": 1, "do": "publish", "once": "k1", "title": "Wall", "body": doc}
    client = browse(editor)
    answer = client.post("/desk/live/storm/write/", said, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["refused"][0]["field"] == "body.content[0].attrs.alt"
    doc["content"][0]["attrs"]["alt"] = "The wall"
    assert client.post("/desk/live/storm/write/", said, content_type="application/json").status_code == 200
