"""The desk's history of a post: all that happened, who did it, and one version of it erased for good."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.desk.drafts import keeping
from asithappened.desk.drafts.keeping import Copy, Words
from asithappened.log import read
from asithappened.log.models import Payload
from tests.desk.conftest import Blog, said
from tests.desk.pages import sent_by
from tests.desk.test_withdrawn import public_bytes
from tests.log.chained import broken

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(editor: User, owner: User, blog: Blog) -> PostState:
    """Return a post of three versions, of which the second names somebody."""
    post = actions.publish_post(blog.id, by=editor, draft=said("A man was arrested."), once="1")
    named = actions.revise_post(
        blog.id, by=owner, post=post.id, draft=said("WRONGNAME was arrested."), based_on=post.last_seq, reason="A name."
    )
    return actions.revise_post(
        blog.id, by=editor, post=post.id, draft=said("A man of 40 was arrested."), based_on=named.last_seq
    )


@pytest.mark.both
def test_it_tells_every_step_newest_first_with_who_and_what_changed(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, edited: PostState
) -> None:
    actions.withdraw_post(blog.id, by=editor, post=edited.id, reason="To be checked.")
    page = browse(editor).get(f"{blog.path}p/{edited.id}/history/").content.decode()
    steps = page.split('<li class="past-step')[1:]
    assert [step.split("<h3>")[1].split("<")[0].strip() for step in steps] == [
        "Withdrawn", "Edited", "Edited", "Published",
    ]  # fmt: skip
    assert [step.split("<bdi>")[1].split("<")[0] for step in steps] == [
        "Editor Person", "Editor Person", "Olu Owner", "Editor Person",
    ]  # fmt: skip
    assert "To be checked." in steps[0]
    assert "<del>WRONGNAME</del>" in steps[1]
    assert "as it is now" in steps[1]
    assert "A name." in steps[2]


def test_the_screen_that_asks_is_given_the_same_as_a_fragment(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, edited: PostState
) -> None:
    path = f"{blog.path}p/{edited.id}/history/"
    alone = browse(editor).get(path, headers={"HX-Request": "true"}).content.decode()
    assert alone.lstrip().startswith("<section")
    assert "<html" not in alone
    assert alone.count('<li class="past-step') == 3


def test_an_older_version_is_edited_on_top_of_what_there_is_now(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, edited: PostState
) -> None:
    client = browse(editor)
    older = f"{blog.path}p/{edited.id}/?version={edited.first_seq}"
    assert older in client.get(f"{blog.path}p/{edited.id}/history/").content.decode()
    page = client.get(older).content.decode()
    assert "A man was arrested." in page
    client.post(older, {**sent_by(page), "do": "publish"})
    assert body.plain(blog.post(edited.id).body) == "A man was arrested."
    assert client.get(f"{blog.path}p/{edited.id}/?version=1").status_code == 404


@pytest.mark.both
def test_its_owner_alone_erases_one_version(
    browse: Callable[[User | None], Client], editor: User, owner: User, blog: Blog, edited: PostState
) -> None:
    path = f"{blog.path}p/{edited.id}/history/"
    sent = {"do": "erase_version", "seq": 3, "reason": "By order of a court."}
    assert "Erase this version" not in browse(editor).get(path).content.decode()
    assert browse(editor).post(path, sent).status_code == 403
    kept = keeping.save(
        blog.id,
        editor.pk,
        Copy(key="k", of=edited.id, based_on=3, words=Words(title="WRONGNAME"), writer="w", turn=1, seen=0),
    )
    assert kept.pk
    client = browse(owner)
    assert "Removed on legal order." in client.get(path).content.decode()
    assert client.post(path, sent).status_code == 302
    assert b"WRONGNAME" not in public_bytes(blog)
    assert b"By order of a court." in public_bytes(blog)
    assert not [held for held in Payload.objects.values_list("data", flat=True) if b"WRONGNAME" in bytes(held)]
    assert keeping.opened(blog.id) == []
    assert broken(blog.id) == []
    page = client.get(path).content.decode()
    assert "WRONGNAME" not in page
    assert "The text of this version was erased." in page
    assert [fact.event is None for fact in read.revisions(blog.id, edited.id)] == [False, True, False]
    assert body.plain(blog.post(edited.id).body) == "A man of 40 was arrested."


@pytest.mark.both
def test_the_words_that_readers_have_are_erased_only_with_the_post(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, edited: PostState
) -> None:
    path = f"{blog.path}p/{edited.id}/history/"
    answer = browse(owner).post(path, {"do": "erase_version", "seq": edited.content_seq})
    assert answer.status_code == 409
    assert "newest text of the post" in answer.content.decode()
    for seq in (1, 999):
        assert browse(owner).post(path, {"do": "erase_version", "seq": seq}).status_code == 409
    assert browse(owner).post(path, {"do": "erase_version", "seq": "x"}).status_code == 422


SCRIPT = """
from asithappened.wiring import home
home.prepare()
from django.conf import settings
from asithappened.core import body
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.actions.actor import System
from asithappened.desk.draft import Draft

def said(words):
    return Draft(title="Title", body=body.Doc(content=(body.paragraph(words),)))

by = System(name="test")
blog = actions.open_blog(by=by, slug="storm", title="Storm", audience=Audience.EVERYONE).blog
post = actions.publish_post(blog, by=by, draft=said("kept-canary one " * 50), once="1")
for words in ("erased-canary " * 200, "kept-canary two " * 50):
    post = actions.revise_post(blog, by=by, post=post.id, draft=said(words), based_on=post.last_seq)
actions.erase_revision(blog, by=by, post=post.id, seq=3, reason="Removed on legal order.")
held = b"".join(path.read_bytes() for path in settings.HOME.rglob("*") if path.is_file())
for kept in (b"kept-canary one", b"kept-canary two", b"Removed on legal order."):
    assert kept in held, "the search finds what is there"
assert b"erased-canary" not in held
"""


def test_no_byte_of_the_files_keeps_an_erased_version(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ASITHAPPENED_DATABASE"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | {"ASITHAPPENED_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
