"""What the desk says is true and names what it is about: after a button, and at the top of a refused form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import submissions
from asithappened.desk.models import Submission
from tests.desk.conftest import Blog, said
from tests.desk.pages import form, sent_by

pytestmark = pytest.mark.django_db


def told(client: Client, path: str, data: dict[str, Any]) -> str:
    """Return the message that the page after a form shows."""
    page = client.post(path, data, follow=True).content.decode()
    found = re.search(r'<p class="message [a-z]*">(.*?)</p>', page)
    assert found is not None
    return found[1].replace("&#x27;", "’")


def test_a_button_says_what_it_changed(browse: Callable[[User | None], Client], editor: User, blog: Blog) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words.", title="The wall goes"), once="1")
    other = actions.publish_post(blog.id, by=editor, draft=said("The bridge is shut. More soon."), once="2")
    client = browse(editor)
    first, second = (f"{blog.path}p/{one.id}/change/" for one in (post, other))
    assert told(client, first, {"do": "key_event"}) == "“The wall goes” is now a key event."
    assert told(client, first, {"do": "pin"}) == "“The wall goes” is pinned."
    assert told(client, second, {"do": "pin"}) == "“The bridge is shut.” is pinned."
    moved = "“The wall goes” has another place among the pinned posts."
    assert told(client, first, {"do": "higher"}) == moved
    assert blog.state.pins == (post.id, other.id)
    assert told(client, first, {"do": "lower"}) == moved
    assert blog.state.pins == (other.id, post.id)
    assert told(client, second, {"do": "unpin"}) == "“The bridge is shut.” is no longer pinned."


def test_a_pin_too_many_is_refused_and_the_words_stay(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    client = browse(editor)
    for n in range(5):
        message = told(client, f"{blog.path}write/", form(title=f"Post {n}", pin="on", once=str(n)))
        assert message == f"Published. Readers have it. “Post {n}” is pinned."
    sixth = client.post(f"{blog.path}write/", form(title="Post 5", pin="on", once="5"))
    assert sixth.status_code == 409
    assert "No more than 5 posts can be pinned." in sixth.content.decode()
    assert 'value="Post 5"' in sixth.content.decode()
    assert [blog.post(pin).title for pin in blog.state.pins] == [f"Post {n}" for n in (4, 3, 2, 1, 0)]


@pytest.fixture
def handed(contributor: User, blog: Blog) -> Submission:
    """Return a post that a contributor handed in."""
    return submissions.submit(blog.id, by=contributor, draft=said("A tip."), once="1")


def test_what_is_not_taken_says_why_to_its_author_who_keeps_the_words(
    browse: Callable[[User | None], Client], editor: User, contributor: User, blog: Blog, handed: Submission
) -> None:
    path = f"{blog.path}submissions/{handed.pk}/"
    client = browse(editor)
    sent = {**sent_by(client.get(path).content.decode()), "do": "reject"}
    refused = client.post(path, {**sent, "note": " "})
    assert refused.status_code == 409
    assert "its author reads it" in refused.content.decode()
    assert told(client, path, {**sent, "note": "We have it from the agency."}) == (
        "Not taken. Contributor Person sees your note."
    )
    page = browse(contributor).get(path).content.decode()
    for shown in ("Not taken", "We have it from the agency.", "A tip."):
        assert shown in page
    assert "Hand in again" not in page


def test_what_was_not_taken_is_decided_and_the_same_words_may_be_handed_in_anew(
    editor: User, contributor: User, blog: Blog, handed: Submission
) -> None:
    submissions.reject_submission(handed, by=editor, note_="Not now.", version=1)
    with pytest.raises(actions.Moved):
        submissions.approve(handed, by=editor, draft=submissions.draft_of(handed), version=2)
    with pytest.raises(actions.Moved):
        submissions.submit_again(handed, by=contributor, draft=said("A better tip."), version=2)
    assert submissions.submit(blog.id, by=contributor, draft=said("A tip."), once="2").pk != handed.pk


def test_a_note_that_is_too_long_is_refused_in_words(editor: User, blog: Blog, handed: Submission) -> None:
    with pytest.raises(actions.Refused, match="2000 is the most"):
        submissions.return_submission(handed, by=editor, note_="x" * 2_001, version=1)
    assert Submission.objects.get().state == "waiting"


def test_where_the_reason_of_a_withdrawal_is_read_is_said_truly(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    post = actions.publish_post(blog.id, by=editor, draft=said("Words."), once="1")
    page = browse(editor).get(f"{blog.path}p/{post.id}/withdraw/").content.decode()
    assert "where the words stood" not in page
    assert "the post’s own address is told this" in page
