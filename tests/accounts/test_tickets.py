"""Tickets to live blogs that are not everyone's: one blog, one key, until a time, and nothing else passes."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from asithappened.accounts import invitations, members, tickets
from asithappened.accounts.models import Role, User
from asithappened.delivery.permits import Permits
from asithappened.desk import actions
from asithappened.desk.actions import leaving
from asithappened.published.models import Revoked
from asithappened.published.tickets import GOOD_FOR_S, Ticket, key_in, read, sign

KEY = b"k" * 32


@given(st.integers(1, 2**62), st.integers(1, 2**40), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_ticket_says_its_blog_its_time_and_its_holder(blog, expires_at, holder):
    ticket = sign(KEY, blog, expires_at, holder)
    assert read(KEY, ticket) == Ticket(blog=blog, expires_at=expires_at, holder=holder)
    assert read(b"j" * 32, ticket) is None


def test_tickets_that_earlier_versions_gave_are_read():
    """Signed by version 0.1.0 with this key: blog 7, until 1,000, for account 42."""
    assert sign(KEY, 7, 1000, "42") == "7.1000.NDI.v1Pgzi23reJtjQdM81yJk_P_34sqhzU-aLOsbQbjitM"
    assert read(KEY, "7.1000.NDI.v1Pgzi23reJtjQdM81yJk_P_34sqhzU-aLOsbQbjitM") is not None


@given(st.text(max_size=60))
def test_nothing_made_up_passes_or_breaks_anything(ticket):
    assert read(KEY, ticket) is None


@given(st.data())
def test_no_letter_of_a_ticket_can_be_changed(data):
    ticket = sign(KEY, 7, 1000, "ada")
    at = data.draw(st.integers(0, len(ticket) - 1))
    other = data.draw(st.sampled_from([c for c in "abcXYZ019-_." if c != ticket[at]]))
    assert read(KEY, ticket[:at] + other + ticket[at + 1 :]) is None


ROWS = st.sampled_from([(7, "a"), (0, "a"), (7, "b"), (8, "a")])


@given(st.integers(0, 2_000), st.dictionaries(ROWS, st.integers(0, 2_000)))
def test_a_ticket_is_good_until_its_time_unless_it_was_taken_back(now, revoked):
    permits = Permits()
    permits.revoked = revoked
    taken_back = max(revoked.get((7, "a"), 0), revoked.get((0, "a"), 0)) >= 1_000
    ticket = Ticket(blog=7, expires_at=1_000, holder="a")
    assert permits.good(ticket, now) is (now < 1_000 and not taken_back)


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "deep" / "ticket.key"
    key = key_in(path)
    assert (len(key), key_in(path), path.stat().st_mode & 0o777) == (32, key, 0o600)
    assert [file.name for file in path.parent.iterdir()] == ["ticket.key"]


def test_checking_a_ticket_needs_no_django():
    code = "import sys; import asithappened.delivery.permits; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.fixture
def keys(settings, tmp_path):
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"
    return lambda ticket: read(key_in(settings.TICKET_KEY_FILE), ticket)


def good(ticket):
    """Say whether delivery, with the tables as they are, takes a ticket."""
    permits = Permits()
    permits.revoked = {(row.blog, row.holder): row.until for row in Revoked.objects.all()}
    return permits.good(ticket, time.time())


@pytest.mark.both
@pytest.mark.django_db
def test_the_desk_gives_a_ticket_that_passes(keys):
    user = User.objects.create_user("ada@house.example")
    ticket = keys(tickets.issue(3, user.pk))
    assert (ticket.blog, ticket.holder) == (3, str(user.pk))
    assert good(ticket)


@pytest.mark.both
@pytest.mark.django_db
def test_who_is_removed_loses_every_ticket_to_that_blog_and_who_comes_back_gets_a_good_one(keys):
    owner = User.objects.create_user("owner@house.example", is_staff=True)
    blog, other = (actions.open_blog(by=owner, slug=slug, title=slug).blog for slug in ("storm", "flood"))
    user = members.add(blog, email="guest@else.example", role=Role.EDITOR, by=owner).member.user
    members.add(other, email=user.email, role=Role.EDITOR, by=owner, confirmed=user.pk)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        early = keys(tickets.issue(blog, user.pk))
        clock.shift(timedelta(minutes=30))
        late, elsewhere = keys(tickets.issue(blog, user.pk)), keys(tickets.issue(other, user.pk))
        owners = keys(tickets.issue(blog, owner.pk))
        leaving.leave_blog(blog, by=owner, user=user)
        assert [good(ticket) for ticket in (early, late, elsewhere, owners)] == [False, False, True, True]
        actions.members.add_member(blog, by=owner, email=user.email, role=Role.EDITOR, confirmed=user.pk)
        again = keys(tickets.issue(blog, user.pk))  # within the very second
        assert good(again)
        assert not good(late)


@pytest.mark.both
@pytest.mark.django_db
def test_an_account_that_is_closed_loses_every_ticket_and_so_does_one_that_is_another_persons_now(keys):
    for email, close in (("ada@house.example", deactivated), ("guest@else.example", raised)):
        user = User.objects.create_user(email)
        held = [keys(tickets.issue(blog, user.pk)) for blog in (3, 4)]
        assert all(map(good, held))
        close(user)
        assert not any(map(good, held)), email


def deactivated(user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def raised(user):
    invitations.invite(user.email)


@pytest.mark.both
@pytest.mark.django_db
def test_what_was_taken_back_is_kept_no_longer_than_tickets_last():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tickets.revoke(3, 1)
        tickets.revoke(3, 1)
        assert Revoked.objects.count() == 1
        clock.shift(timedelta(seconds=GOOD_FOR_S + 1))
        tickets.revoke(4, 2)
        assert list(Revoked.objects.values_list("blog", "holder")) == [(4, "2")]
