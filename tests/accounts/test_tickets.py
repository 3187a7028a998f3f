"""Tickets to live blogs that are not everyone's: one blog, one key, until a time, and nothing else passes."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from asithappened.accounts import members, staff, tickets
from asithappened.accounts.models import Role, User
from asithappened.delivery.permits import Permits
from asithappened.desk import actions
from asithappened.desk.actions import leaving
from asithappened.desk.actions import members as members_actions
from asithappened.published.models import Revoked
from asithappened.published.tickets import GOOD_FOR_S, Ticket, key_in, read

Keys = Callable[[str], Ticket]


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Keys:
    settings.TICKET_KEY_FILE = tmp_path / "ticket.key"

    def of(ticket: str) -> Ticket:
        found = read(key_in(settings.TICKET_KEY_FILE), ticket)
        assert found is not None
        return found

    return of


def good(ticket: Ticket) -> bool:
    """Say whether delivery, with the tables as they are, takes a ticket."""
    permits = Permits()
    permits.revoked = {(row.blog, row.holder): row.until for row in Revoked.objects.all()}
    return permits.good(ticket, time.time())


@pytest.mark.both
@pytest.mark.django_db
def test_the_desk_gives_a_ticket_that_passes(keys: Keys) -> None:
    user = User.objects.create_user("ada@house.example")
    ticket = keys(tickets.issue(3, user.pk))
    assert (ticket.blog, ticket.holder) == (3, str(user.pk))
    assert good(ticket)


@pytest.mark.both
@pytest.mark.django_db
def test_who_is_removed_loses_every_ticket_to_that_blog_and_who_comes_back_gets_a_good_one(keys: Keys) -> None:
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
        members_actions.add_member(blog, by=owner, email=user.email, role=Role.EDITOR, confirmed=user.pk)
        again = keys(tickets.issue(blog, user.pk))  # within the very second
        assert good(again)
        assert not good(late)


@pytest.mark.both
@pytest.mark.django_db
def test_an_account_that_is_closed_loses_every_ticket_and_so_does_one_that_is_another_persons_now(keys: Keys) -> None:
    for email, close in (("ada@house.example", deactivated), ("guest@else.example", raised)):
        user = User.objects.create_user(email)
        held = [keys(tickets.issue(blog, user.pk)) for blog in (3, 4)]
        assert all(map(good, held))
        close(user)
        assert not any(map(good, held)), email


def deactivated(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def raised(user: User) -> None:
    staff.invite(user.email)


@pytest.mark.both
@pytest.mark.django_db
def test_what_was_taken_back_is_kept_no_longer_than_tickets_last() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tickets.revoke(3, 1)
        tickets.revoke(3, 1)
        assert Revoked.objects.count() == 1
        clock.shift(timedelta(seconds=GOOD_FOR_S + 1))
        tickets.revoke(4, 2)
        assert list(Revoked.objects.values_list("blog", "holder")) == [(4, "2")]
