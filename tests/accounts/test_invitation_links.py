"""Links that are handed over: counted, bound, taken back, and as good as the right of whoever made them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from asithappened.accounts import invitation_links
from asithappened.accounts.gate import Verb, verbs_of
from asithappened.accounts.invitation_links import AddressTaken, TakenBack
from asithappened.accounts.members import MemberError
from asithappened.accounts.models import Invitation, Membership, Role, User
from asithappened.desk import actions

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@house.example", is_staff=True)


@pytest.fixture
def blog(owner: User) -> int:
    return actions.open_blog(by=owner, slug="storm", title="Storm").blog


def token_of(link: str) -> str:
    return link.rstrip("/").rpartition("/")[2]


def made(blog: int | None, by: User, **more: Any) -> str:
    said = {"role": Role.EDITOR, "days": 7, **more} if blog else {"role": None, "days": 7, **more}
    return token_of(invitation_links.make(blog, by=by, **said).address)


def come(token: str, email: str) -> User:
    return invitation_links.use_as_new(invitation_links.found(token), email=email, byline="Nia", password=None)


def test_who_comes_by_a_link_is_a_member_at_once_and_the_address_is_proved_by_nothing(blog: int, owner: User) -> None:
    user = come(made(blog, owner), "Nia@house.example")
    assert (user.email, user.vouched, user.is_staff, user.invited_by) == ("nia@house.example", False, False, owner)
    assert Verb.PUBLISH in verbs_of(user, blog)


def test_a_link_lets_in_as_many_as_it_says_and_no_more(blog: int, owner: User) -> None:
    token = made(blog, owner, uses=2)
    for name in ("one", "two"):
        come(token, f"{name}@house.example")
    with pytest.raises(TakenBack):
        come(token, "three@house.example")
    assert not User.objects.filter(email="three@house.example").exists()


def test_of_two_at_once_for_the_last_use_one_is_refused_and_has_no_account(blog: int, owner: User) -> None:
    token = made(blog, owner)
    both = invitation_links.found(token), invitation_links.found(token)
    invitation_links.use_as_new(both[0], email="one@house.example", byline="One", password=None)
    with pytest.raises(TakenBack):
        invitation_links.use_as_new(both[1], email="two@house.example", byline="Two", password=None)
    assert not User.objects.filter(email="two@house.example").exists()


def test_a_link_ends_when_its_time_is_over_and_when_it_is_taken_back(blog: int, owner: User) -> None:
    late, taken = made(blog, owner, days=1), made(blog, owner)
    number = invitation_links.of(blog)[0].invitation.pk
    with pytest.raises(MemberError):
        invitation_links.revoke(None, number)  # of another place, it is not there
    invitation_links.revoke(blog, number)
    with pytest.raises(TakenBack):
        invitation_links.found(taken)
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)), pytest.raises(TakenBack):
        invitation_links.found(late)


@pytest.mark.parametrize("token", ["", "x", "x" * 24, "é" * 24, "x" * 5_000])
def test_a_made_up_link_is_none(token: str, blog: int) -> None:
    with pytest.raises(TakenBack):
        invitation_links.found(token)


def test_a_link_for_one_address_works_for_no_other_account(blog: int, owner: User) -> None:
    stranger = User.objects.create_user("else@house.example")
    token = made(blog, owner, email="Nia@house.example")
    with pytest.raises(MemberError, match="alone"):
        invitation_links.use(invitation_links.found(token), stranger)
    user = come(token, "else@house.example")  # whatever is typed, the account is of the link's address
    assert (user.email, user.vouched) == ("nia@house.example", False)


def test_only_a_site_admins_word_for_one_address_vouches_for_it(blog: int) -> None:
    boss = User.objects.create_superuser("boss@house.example")
    assert come(made(blog, boss, email="nia@house.example"), "").vouched
    assert not come(made(blog, boss), "else@house.example").vouched


def test_no_link_opens_or_lists_an_account_that_is_there(blog: int, owner: User) -> None:
    User.objects.create_superuser("boss@house.example", is_active=False)
    token = made(blog, owner)
    with pytest.raises(AddressTaken):
        come(token, "BOSS@house.example")
    assert invitation_links.found(token).used == 0


def test_a_link_is_as_good_as_the_right_of_whoever_made_it(blog: int, owner: User) -> None:
    second = User.objects.create_user("second@house.example")
    Membership.objects.create(blog_id=blog, user=second, role=Role.OWNER)
    token = made(blog, second)
    Membership.objects.filter(user=second).update(role=Role.EDITOR)
    with pytest.raises(TakenBack):
        invitation_links.found(token)
    assert [one.good for one in invitation_links.of(blog)] == [False]


def test_a_link_to_the_newsroom_makes_its_people_and_ends_with_its_admin(owner: User) -> None:
    boss = User.objects.create_superuser("boss@house.example")
    token = made(None, boss, uses=2)
    assert come(token, "nia@house.example").is_staff
    guest = User.objects.create_user("guest@house.example")
    invitation_links.use(invitation_links.found(token), guest)
    assert guest.is_staff
    last = made(None, boss)
    User.objects.filter(pk=boss.pk).update(is_superuser=False)
    with pytest.raises(TakenBack):
        invitation_links.found(last)


def test_who_works_there_already_spends_nothing_and_keeps_their_role(blog: int, owner: User) -> None:
    token = made(blog, owner, role=Role.CONTRIBUTOR)
    with pytest.raises(MemberError, match="already"):
        invitation_links.use(invitation_links.found(token), owner)
    assert invitation_links.found(token).used == 0
    assert Membership.objects.get(user=owner).role == Role.OWNER


def test_an_owner_is_made_once_a_link_and_nothing_stored_opens_one(blog: int, owner: User) -> None:
    for wrong in ({"role": Role.OWNER, "uses": 2}, {"email": "nia@house.example", "uses": 2}):
        with pytest.raises(MemberError, match="one person"):
            made(blog, owner, **wrong)
    token = made(blog, owner, role=Role.OWNER)
    assert token not in str(list(Invitation.objects.values()))
