"""Promises of polls to readers: a vote is counted, once an address, and nobody is known by it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened import press
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.polls import counting
from asithappened.polls.models import Count, Voted
from tests.answered import Answer
from tests.polls.newsroom import asked

pytestmark = pytest.mark.django_db
DYKE = "/polls/storm/p1/dyke/"
OURS = "http://localhost:8000"


def vote(option: str = "yes", *, path: str = DYKE, of: str = "203.0.113.7", origin: str = OURS, **more: Any) -> Answer:
    """Vote as a browser without script does."""
    return Client().post(path, {"option": option}, headers={"origin": origin, **more}, REMOTE_ADDR=of)


@pytest.fixture(autouse=True)
def here(settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = [OURS]


def test_a_vote_is_counted_and_a_second_one_of_its_address_is_kindly_not() -> None:
    blog = asked()
    first = vote()
    assert first.status_code == 200
    assert "Thank you. Your vote is counted." in first.content.decode()
    again = vote("no")
    assert again.status_code == 429
    assert "No more votes from this internet address" in again.content.decode()
    assert "<th" in again.content.decode()  # and yet is told how it stands
    assert vote("no", of="2001:db8:1:2::7").status_code == 200
    assert vote("no", of="2001:db8:1:2::8").status_code == 429  # of one customer, by all that can be known
    assert counting.votes(blog, post="p1", poll="dyke") == {"yes": 1, "no": 1}


def test_no_cookie_is_given_and_no_answer_is_kept() -> None:
    asked()
    page, part = Client().get(DYKE), Client().get(f"{DYKE}?part")
    for answer in (vote(), page, part):
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
    for answer in (page, part):
        assert answer["Cache-Control"] == "no-store"
    assert "<html" in page.content.decode()
    assert part.content.startswith(b'<figure class="results"')


def test_another_sites_page_has_nobody_vote() -> None:
    blog = asked()
    for origin in ("https://evil.example", "null", ""):
        assert vote(origin=origin).status_code == 403
    assert Client().post(DYKE, {"option": "yes"}).status_code == 403
    assert counting.votes(blog, post="p1", poll="dyke") == {}


def test_what_is_no_option_is_counted_for_none_and_words_are_words() -> None:
    asked()
    for option in ("", "maybe", "dyke", "yes\x00", "'; DROP TABLE polls_count; --", "yes" * 40_000):
        assert vote(option).status_code in {400, 409, 413}
    assert not Count.objects.exists()
    assert not Voted.objects.exists()
    assert "No, &lt;b&gt;open&lt;/b&gt; it" in Client().get(DYKE).content.decode()
    for path in ("/polls/storm/p1/other/", "/polls/storm/p2/dyke/", "/polls/calm/p1/dyke/"):
        assert Client().get(path).status_code == vote(path=path).status_code == 404


def test_a_poll_of_what_is_not_everyones_cannot_be_found() -> None:
    asked("rehearsal", audience=e.Audience.MEMBERS)
    asked("prepared", audience=e.Audience.NOBODY)
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger@house.example"))
    of_each = {"Content-Length": "", "X-Request-Id": ""}
    nowhere = dict(Client().get("/polls/nowhere/p1/dyke/").headers) | of_each
    for slug in ("rehearsal", "prepared"):
        path = f"/polls/{slug}/p1/dyke/"
        assert vote(path=path).status_code == stranger.get(path).status_code == 404
        assert dict(Client().get(path).headers) | of_each == nowhere


def test_members_of_a_rehearsal_see_what_a_vote_looks_like_and_none_is_kept() -> None:
    blog = asked("rehearsal", audience=e.Audience.MEMBERS)
    member = Client()
    user = User.objects.create_user("member@house.example")
    Membership.objects.create(blog_id=blog, user=user, role=Role.CONTRIBUTOR)
    member.force_login(user)
    path = "/polls/rehearsal/p1/dyke/"
    assert member.get(path).status_code == 200
    assert member.post(path, {"option": "yes"}, headers={"origin": "https://evil.example"}).status_code == 403
    for _ in range(2):
        told = member.post(path, {"option": "yes"}, headers={"origin": OURS})
        assert told.status_code == 200
        assert "This is a rehearsal: your vote is shown to you alone, and is not kept." in told.content.decode()
        assert "1 vote" in told.content.decode()
    assert not Count.objects.exists()
    assert not Voted.objects.exists()


def test_with_its_post_a_poll_is_gone_from_the_answer_on() -> None:
    blog = asked()
    vote()
    press.publish(blog, [e.PostWithdrawn(post="p1")])
    for path in (DYKE, f"{DYKE}?part"):
        answer = Client().get(path)
        assert answer.status_code == 404
        assert b"dyke stay shut" not in answer.content
    assert vote(of="203.0.113.9").status_code == 404
