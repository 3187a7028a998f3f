"""The rows that an open screen asks for: those that changed, those named, the newest anew if it is too far behind."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.core import body
from asithappened.core.events import PostKind
from asithappened.desk import actions
from asithappened.desk.draft import Draft
from asithappened.desk.views import rows
from asithappened.polls import counting
from asithappened.published.models import PublishedPost
from tests.desk.conftest import Blog, said
from tests.polls.newsroom import POLL

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(blog: Blog, editor: User) -> list[str]:
    """Return the ids of three posts, oldest first."""
    return [actions.publish_post(blog.id, by=editor, draft=said(f"Words {n}."), once=str(n)).id for n in range(3)]


@pytest.fixture
def ask(
    browse: Callable[[User | None], Client], editor: User, blog: Blog, posts: list[str]
) -> Callable[[str], tuple[list[str], str]]:
    """Return a function that asks for rows, and returns their ids, newest first, and the fragment."""
    client = browse(editor)

    def asked(query: str) -> tuple[list[str], str]:
        answer = client.get(f"{blog.path}rows/{query}")
        assert answer.status_code == 200
        html = answer.content.decode()
        return re.findall(r'data-row="([^"]+)"', html), html

    return asked


def standing(html: str) -> str:
    """Return the fact and the life of the log that a fragment stands at, as a query."""
    epoch, head = re.search(r'data-epoch="([^"]*)" data-head="([^"]*)"', html).groups()
    return f"?since={head}&epoch={epoch}"


def test_only_what_changed_since_is_sent(
    ask: Callable[[str], tuple[list[str], str]], blog: Blog, editor: User, posts: list[str]
) -> None:
    _, html = ask("")
    assert ask(standing(html))[0] == []
    actions.set_kind(blog.id, by=editor, post=posts[0], kind=PostKind.KEY_EVENT)
    actions.withdraw_post(blog.id, by=editor, post=posts[2], reason="")
    changed, later = ask(standing(html))
    assert changed == [posts[2], posts[0]]
    assert ask(standing(later))[0] == []


def test_a_row_holds_the_very_bytes_that_readers_have(
    ask: Callable[[str], tuple[list[str], str]], blog: Blog, posts: list[str]
) -> None:
    fragment = bytes(PublishedPost.objects.get(blog=blog.id, post=posts[1]).fragment).decode()
    assert fragment in ask(f"?post={posts[1]}")[1]


def test_posts_are_sent_by_name_whatever_changed(ask: Callable[[str], tuple[list[str], str]], posts: list[str]) -> None:
    _, html = ask("")
    assert ask(f"{standing(html)}&post={posts[1]}&post=nowhere")[0] == [posts[1]]


@pytest.mark.parametrize(
    "query", ["?since=0&epoch=another", "?since=-1", "?since=x&epoch=", "?since=999999999999999999"]
)
def test_a_screen_that_cannot_be_brought_on_is_shown_the_newest_anew(
    ask: Callable[[str], tuple[list[str], str]], posts: list[str], query: str
) -> None:
    found, html = ask(query)
    assert found == posts[::-1]
    assert "data-anew" in html


def test_a_screen_far_behind_is_shown_the_newest_anew(
    ask: Callable[[str], tuple[list[str], str]],
    blog: Blog,
    editor: User,
    posts: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, html = ask("")
    monkeypatch.setattr(rows, "FAR", 1)
    for _ in range(2):
        actions.pin_post(blog.id, by=editor, post=posts[0])
        actions.unpin_post(blog.id, by=editor, post=posts[0])
    assert "data-anew" in ask(standing(html))[1]


def test_older_posts_come_in_place(ask: Callable[[str], tuple[list[str], str]], blog: Blog, posts: list[str]) -> None:
    _, html = ask(f"?before={blog.post(posts[1]).position}-{blog.post(posts[1]).first_seq}")
    assert re.findall(r'data-row="([^"]+)"', html) == [posts[0]]


def test_a_contributor_is_shown_rows_without_buttons(
    browse: Callable[[User | None], Client], contributor: User, blog: Blog, posts: list[str]
) -> None:
    html = browse(contributor).get(f"{blog.path}rows/").content.decode()
    assert "data-row" in html
    assert "data-act" not in html


def test_an_open_poll_stands_in_its_row_as_it_is_and_nothing_there_leads_away(
    ask: Callable[[str], tuple[list[str], str]], blog: Blog, editor: User
) -> None:
    draft = Draft(title="The dyke", body=body.Doc(content=(body.paragraph("Tell us."), POLL)))
    post = actions.publish_post(blog.id, by=editor, draft=draft, once="asks").id
    (poll,) = (block for block in blog.post(post).body.content if isinstance(block, body.Poll))
    yes = poll.content[0].attrs.id
    counting.vote(blog.id, post=post, poll=poll.attrs.id, option=yes, network="203.0.113.7")
    _, html = ask(f"?post={post}")
    assert "1 vote" in html
    assert "Tell us." in html
    assert "/polls/" not in html
