"""What an editor does with what a reader wrote, and who sees how to reach that reader."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from asithappened.accounts.models import User
from asithappened.desk import actions
from asithappened.desk.actions import Moved, Refused, contributions
from asithappened.desk.drafts.models import Draft
from asithappened.desk.models import Act, Contact, Submission
from asithappened.log import read
from tests.desk.conftest import Blog
from tests.desk.test_contribute import open_, written

__all__ = ["open_", "written"]

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_editor_takes_it_into_a_draft_and_readers_have_nothing(
    written: Submission, editor: User, browse: Callable[[User | None], Client], open_: Blog
) -> None:
    client, path = browse(editor), f"{open_.path}contributions/{written.pk}/"
    assert "rae@reader.example" in client.get(path).content.decode()
    assert client.post(path, {"do": "take", "based_on": "1"}).status_code == 302
    kept = Draft.objects.get()
    assert (kept.author, kept.first_words) == (editor.pk, "The bridge is shut. I stand before it.")
    assert "rae@" not in kept.words
    written.refresh_from_db()
    assert written.state == "taken"
    assert read.posts(open_.id) == []


def test_of_two_who_take_it_one_is_told(written: Submission, editor: User, owner: User) -> None:
    contributions.take(written, by=editor, version=1)
    with pytest.raises(Moved):
        contributions.take(written, by=owner, version=1)
    assert Draft.objects.get(state="open").author == editor.pk


def test_it_is_not_taken_with_a_note_for_the_desk(
    written: Submission, editor: User, open_: Blog, browse: Callable[[User | None], Client]
) -> None:
    with pytest.raises(Refused):
        contributions.reject(written, by=editor, note_=" ", version=1)
    contributions.reject(written, by=editor, note_="We have seen no such bridge.", version=1)
    assert "no such bridge" in browse(editor).get(f"{open_.path}contributions/{written.pk}/").content.decode()


def test_how_to_reach_a_reader_is_shown_to_who_judges_alone_and_stands_in_no_audit(
    written: Submission,
    open_: Blog,
    browse: Callable[[User | None], Client],
    editor: User,
    contributor: User,
    owner: User,
) -> None:
    contributions.take(written, by=editor, version=1)
    assert browse(contributor).get(f"{open_.path}contributions/{written.pk}/").status_code == 403
    for path in ("", "submissions/", "tab/submissions/", "tab/handover/", "audit/", "audit/csv/", "tab/drafts/"):
        answer = browse(owner).get(open_.path + path)
        page = answer.getvalue()
        assert b"rae@reader" not in page
        assert b"Rae Reader" not in page
    assert not Act.objects.filter(about__contains="rae").exists()
    assert "rae" not in str(Contact.objects.get()).lower()


def test_a_press_forgets_how_to_reach_a_reader(written: Submission, editor: User) -> None:
    contributions.forget_contact(written, by=editor)
    assert not Contact.objects.exists()
    assert Submission.objects.exists()
    with pytest.raises(Refused):
        contributions.forget_contact(written, by=editor)


def test_all_of_it_is_erased_some_days_after_the_end_and_not_before(
    written: Submission, open_: Blog, owner: User, settings: Settings
) -> None:
    settings.CONTRIBUTIONS_KEPT_DAYS = 30
    assert contributions.forget_ended() == 0
    actions.close_blog(open_.id, by=owner)
    for days, kept in ((29, 1), (31, 0)):
        contributions.forget_ended(timezone.now() + timedelta(days=days))
        assert (Submission.objects.count(), Contact.objects.count()) == (kept, kept)
