"""The handover sheet: what stands in it, for whom, and links to it that end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import PostKind
from asithappened.desk import actions
from asithappened.desk.actions import handover, notes, submissions
from asithappened.desk.actions.promises import promise
from asithappened.desk.actions.scheduling import schedule_post
from asithappened.desk.drafts.models import Draft as KeptDraft
from asithappened.desk.handing_over import ROWS, Shift
from asithappened.desk.models import Act, Promise
from asithappened.desk.views.handover import began
from asithappened.desk.views.sheet import filled
from tests.desk.conftest import Blog, said

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)


@pytest.fixture
def day(blog: Blog, owner: User, editor: User, contributor: User) -> Blog:
    """Let a day happen: before the shift of the evening, and in it."""
    with time_machine.travel(EVENING - timedelta(hours=5), tick=False):
        early = actions.publish_post(blog.id, by=owner, draft=said("Calm.", title="Before"), once="1")
        actions.publish_post(blog.id, by=owner, draft=said("So far.", title="So far", kind=PostKind.SUMMARY), once="2")
    with time_machine.travel(EVENING, tick=False):
        actions.contributor_on(blog.id, by=editor, name="Ines Calloway")
        post = actions.publish_post(blog.id, by=editor, draft=said("It holds.", title="Sea wall"), once="3")
        actions.pin_post(blog.id, by=editor, post=post.id)
        actions.withdraw_post(blog.id, by=owner, post=early.id)
        submissions.submit(blog.id, by=contributor, draft=said("Shut.", title="Bridge shut"), once="4")
        notes.add_note(blog.id, by=editor, words="Call the harbour at six.", post=post.id)
    return blog


def sheet(blog: Blog, by: User, since: datetime = EVENING - timedelta(hours=1)) -> dict[str, list[tuple[str, str]]]:
    """Return the sheet as the texts of its sections' rows, but for sections that are no rows."""
    from asithappened.accounts import gate
    from asithappened.accounts.gate import Verb

    grant = gate.get_blog_for(by, blog.state.slug, to=Verb.PUBLISH)
    shift = Shift(grant=grant, by=by, since=since)
    return {
        one.section.name: [(row.text, row.more) for row in one.told]
        for one in filled(shift)
        if one.section.template == ROWS
    }


def test_it_says_who_was_on_what_waits_and_what_changed_since(day: Blog, editor: User) -> None:
    told = sheet(day, editor)
    assert told["on"] == [("Ines Calloway", "now")]
    assert told["summary"] == [("So far", "")]
    assert told["pins"] == [("Sea wall", "")]
    assert told["submissions"] == [("Bridge shut", "")]
    assert told["notes"] == [("Call the harbour at six.", "“Sea wall”")]
    assert told["posts"] == [("Before", "withdrawn"), ("Sea wall", "published")]
    editors = dict(told["acts"])["Editor Person"]
    assert "published a post" in editors
    assert "pinned a post" in editors
    assert dict(told["acts"])["Contributor Person"] == "handed in a post"


def test_it_says_what_is_being_written_what_is_scheduled_and_what_was_promised(
    day: Blog, editor: User, contributor: User
) -> None:
    now = datetime.now(UTC)
    KeptDraft.objects.create(
        blog=day.id, author=contributor.pk, key="k1", first_words="Half a thought", made_at=now, saved_at=now
    )
    due = now + timedelta(hours=2)
    schedule_post(day.id, by=editor, draft=said("At six.", title="Tide table"), once="k2", at=due, zone="UTC")
    promising = actions.publish_post(day.id, by=editor, draft=said("More soon.", title="Bridge"), once="k3")
    if not Promise.objects.filter(post=promising.id).exists():
        promise(day.id, by=editor, post=promising.id)
    told = sheet(day, editor)
    assert told["drafts"] == [("Half a thought", "")]
    assert told["scheduled"] == [("Tide table", "Scheduled")]
    assert told["promises"] == [("Bridge", "")]


def test_what_was_before_the_shift_is_not_told_as_a_change_of_it(day: Blog, editor: User) -> None:
    told = sheet(day, editor, since=EVENING + timedelta(hours=1))
    assert told["posts"] == []
    assert dict(told["acts"]) == {"Olu Owner": "opened the live blog"}  # as the test began, by the real clock
    assert told["summary"] == [("So far", "")]


def test_a_shift_began_at_the_sign_in_unless_that_was_another_day(editor: User) -> None:
    with time_machine.travel(EVENING, tick=False):
        assert began(editor) == EVENING - timedelta(hours=8)
        editor.last_login = EVENING - timedelta(hours=3)
        assert began(editor) == editor.last_login
        editor.last_login = EVENING - timedelta(days=3)
        assert began(editor) == EVENING - timedelta(hours=8)
        assert began(editor, "4") == EVENING - timedelta(hours=4)
        assert began(editor, "4444444444444444") == EVENING - timedelta(hours=8)


def test_it_is_a_tab_of_the_screen_and_a_page_for_who_publishes(
    day: Blog, browse: Callable[[User | None], Client], editor: User, contributor: User
) -> None:
    for path in ("tab/handover/", "handover/", "handover/?since=24"):
        assert "Call the harbour at six." in browse(editor).get(day.path + path).content.decode()
    assert browse(contributor).get(f"{day.path}tab/handover/").status_code == 404
    assert browse(contributor).get(f"{day.path}handover/").status_code == 403


def link(browse: Callable[[User | None], Client], day: Blog, person: User, **more: Any) -> str:
    """Return the path of a new link."""
    sent = {"version": 1, "do": "link", "hours": 24, **more}
    told = browse(person).post(f"{day.path}handover/", sent, content_type="application/json")
    return str(told.json()["link"]).removeprefix("http://localhost:8000")


def opened(browse: Callable[[User | None], Client], path: str) -> tuple[int, str]:
    """Return what somebody gets who is not signed in."""
    answer = browse(None).get(path)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    return answer.status_code, answer.content.decode().replace(answer["X-Request-Id"], "")


def test_a_link_shows_the_sheet_without_a_sign_in_and_no_way_to_change_anything(
    day: Blog, browse: Callable[[User | None], Client], editor: User
) -> None:
    status, page = opened(browse, link(browse, day, editor))
    assert status == 200
    assert "Call the harbour at six." in page
    assert "Bridge shut" in page
    assert "<form" not in page
    assert "/desk/live/" not in page
    assert browse(None).post(link(browse, day, editor)).status_code == 405


@pytest.mark.parametrize("how", ["over", "taken back", "maker left", "maker demoted", "account closed", "forged"])
def test_a_link_that_is_not_good_any_more_says_that_alone(
    how: str, day: Blog, browse: Callable[[User | None], Client], editor: User, owner: User
) -> None:
    with time_machine.travel(EVENING, tick=False) as clock:
        path = link(browse, day, editor)
        assert opened(browse, path)[0] == 200
        match how:
            case "over":
                clock.shift(timedelta(hours=24, seconds=1))
            case "taken back":
                browse(owner).post(f"{day.path}handover/", {"do": "revoke"})
            case "maker left":
                Membership.objects.filter(user=editor).delete()
            case "maker demoted":
                Membership.objects.filter(user=editor).update(role=Role.CONTRIBUTOR)
            case "account closed":
                User.objects.filter(pk=editor.pk).update(is_active=False)
            case _:
                path = f"/desk/handover/{signing.dumps([day.id, 1, owner.pk, 0, 2**40])}/"
        status, page = opened(browse, path)
        nobodys = opened(browse, "/desk/handover/no-such-thing/")
    assert (status, page) == nobodys
    assert status == 410
    assert "Storm" not in page


def test_a_link_after_the_others_were_taken_back_is_good(
    day: Blog, browse: Callable[[User | None], Client], editor: User
) -> None:
    first = link(browse, day, editor)
    browse(editor).post(f"{day.path}handover/", {"do": "revoke"})
    assert opened(browse, link(browse, day, editor, hours=8))[0] == 200
    assert opened(browse, first)[0] == 410
    assert set(Act.objects.values_list("verb", flat=True)) >= {"make_handover_link", "revoke_handover_links"}


def test_the_time_of_a_link_is_one_of_a_few(day: Blog, browse: Callable[[User | None], Client], editor: User) -> None:
    for hours in (0, -1, 100_000):
        sent = {"version": 1, "do": "link", "hours": hours}
        assert browse(editor).post(f"{day.path}handover/", sent, content_type="application/json").status_code == 422


def test_the_log_of_the_program_never_has_a_link(day: Blog, editor: User) -> None:
    from asithappened.wiring.logs import without_secrets

    token = handover.make_link(day.id, by=editor, since=EVENING, hours=8)
    assert token not in without_secrets(f"GET /desk/handover/{token}/ and again")
