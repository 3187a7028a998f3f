"""Notes of the desk for itself: who leaves, changes and finishes one, and that no reader ever gets a word of it."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.state import PostState
from asithappened.desk import actions
from asithappened.desk.actions import notes
from asithappened.desk.models import Act, Note
from asithappened.log import read
from asithappened.published.models import Entry, Frame, Part, PublishedPost
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db

SECRET = "The harbour master asked not to be named"


@pytest.fixture
def post(blog: Blog, editor: User) -> PostState:
    """Return a post."""
    return actions.publish_post(blog.id, by=editor, draft=said("The wall holds.", title="Sea wall"), once="1")


def public_bytes(blog: Blog) -> bytes:
    """Return every byte of a live blog that readers can be sent."""
    columns = (
        (Frame, "data"),
        (Part, "data"),
        (Entry, "data"),
        (PublishedPost, "fragment"),
        (PublishedPost, "history"),
    )
    return b"".join(bytes(row) for table, column in columns for row in table.objects.values_list(column, flat=True))


def test_a_note_shows_on_its_post_and_in_the_list_and_reaches_no_reader(
    browse: Callable[[User | None], Client], blog: Blog, editor: User, contributor: User, post: PostState
) -> None:
    before, facts = public_bytes(blog), len(list(read.facts(blog.id)))
    answer = browse(editor).post(f"{blog.path}notes/", {"do": "add", "text": SECRET, "post": post.id})
    assert answer.status_code == 302
    for person in (editor, contributor):
        assert "1 note" in browse(person).get(blog.path).content.decode()
        page = browse(person).get(f"{blog.path}notes/").content.decode()
        assert SECRET in page
        assert "Sea wall" in page
        assert SECRET in browse(person).get(f"{blog.path}tab/notes/").content.decode()
    assert (public_bytes(blog), len(list(read.facts(blog.id)))) == (before, facts)
    assert SECRET.encode() not in before


def test_the_same_words_again_are_one_note_until_it_is_done_with(blog: Blog, editor: User, contributor: User) -> None:
    first = notes.add_note(blog.id, by=editor, words=" Call her. ")
    assert notes.add_note(blog.id, by=editor, words="Call her.") == first
    assert notes.add_note(blog.id, by=contributor, words="Call her.") != first
    notes.finish_note(first, by=editor)
    assert notes.add_note(blog.id, by=editor, words="Call her.") != first
    assert Act.objects.filter(verb="add_note").count() == 3


def test_words_are_changed_by_their_author_alone_and_nobody_overwrites_a_newer_version(
    blog: Blog, owner: User, editor: User
) -> None:
    note = notes.add_note(blog.id, by=editor, words="Call her.")
    with pytest.raises(PermissionDenied):
        notes.edit_note(note, by=owner, words="Do not call her.", version=1)
    notes.edit_note(note, by=editor, words="Call her at six.", version=1)
    with pytest.raises(actions.Moved):
        notes.edit_note(note, by=editor, words="Call her at five.", version=1)
    assert Note.objects.get().text == "Call her at six."


def test_a_note_is_done_with_by_its_author_or_an_editor_and_once(
    blog: Blog, owner: User, editor: User, contributor: User
) -> None:
    mine = notes.add_note(blog.id, by=contributor, words="Mine.")
    theirs = notes.add_note(blog.id, by=editor, words="Theirs.")
    with pytest.raises(PermissionDenied):
        notes.finish_note(theirs, by=contributor)
    notes.finish_note(mine, by=contributor)
    with pytest.raises(actions.Moved):
        notes.finish_note(mine, by=editor)
    notes.reopen_note(mine, by=owner)
    assert (mine.done_at, mine.done_by) == (None, None)


@pytest.mark.parametrize("words", ["", "  \u200b ", "x" * 2001])
def test_a_note_says_something_and_not_too_much(
    browse: Callable[[User | None], Client], blog: Blog, editor: User, words: str
) -> None:
    answer = browse(editor).post(f"{blog.path}notes/", {"do": "add", "text": words})
    assert answer.status_code in {409, 422}
    assert words.strip("\u200b ") in answer.content.decode()
    assert not Note.objects.exists()


def test_a_note_is_about_a_post_that_is_there(blog: Blog, editor: User) -> None:
    other = actions.open_blog(
        by=User.objects.create_user("n@house.example", is_staff=True), slug="other", title="Other"
    )
    Membership.objects.create(blog_id=other.blog, user=editor, role=Role.EDITOR)
    there = actions.publish_post(other.blog, by=editor, draft=said("Theirs."), once="1")
    for id_ in ("nothing", there.id):
        with pytest.raises(actions.Refused):
            notes.add_note(blog.id, by=editor, words="About it.", post=id_)


def test_erasing_a_post_erases_what_was_noted_about_it_and_the_audit_never_had_the_words(
    blog: Blog, owner: User, editor: User, post: PostState
) -> None:
    notes.add_note(blog.id, by=editor, words=SECRET, post=post.id)
    kept = notes.add_note(blog.id, by=editor, words="About the blog.")
    actions.erase_post(blog.id, by=owner, post=post.id)
    assert list(Note.objects.all()) == [kept]
    assert not [act for act in Act.objects.all() if SECRET in f"{act.about}{act.words}{act.verb}"]


def test_who_lost_the_right_leaves_none(blog: Blog, editor: User) -> None:
    note = notes.add_note(blog.id, by=editor, words="Call her.")
    Membership.objects.filter(user=editor).delete()
    for attempt in (
        lambda: notes.add_note(blog.id, by=editor, words="More."),
        lambda: notes.edit_note(note, by=editor, words="More.", version=1),
        lambda: notes.finish_note(note, by=editor),
    ):
        with pytest.raises(Http404):
            attempt()


def test_a_note_is_shown_as_text_whatever_it_holds(
    browse: Callable[[User | None], Client], blog: Blog, editor: User
) -> None:
    notes.add_note(blog.id, by=editor, words="<img src=x onerror=alert(1)>")
    for path in ("notes/", "tab/notes/", "handover/"):
        page = browse(editor).get(blog.path + path).content.decode()
        assert "<img" not in page
        assert "&lt;img src=x" in page
