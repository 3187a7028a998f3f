"""Members: invited by address, changed, removed. A live blog keeps an owner; a link never opens another's account."""

from collections.abc import Callable

import pytest

from asithappened.accounts import members
from asithappened.accounts.gate import Verb, blogs_for, verbs_of
from asithappened.accounts.members import MemberError
from asithappened.accounts.models import Role, User
from asithappened.desk import actions

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@house.example", is_staff=True)


@pytest.fixture
def blog(owner: User) -> int:
    return actions.open_blog(by=owner, slug="storm", title="Storm").blog


def test_somebody_new_gets_an_account_and_a_link(blog: int, owner: User) -> None:
    invited = members.add(blog, email="New@House.example", role=Role.EDITOR, by=owner, byline="Nia New")
    assert "/accounts/enter/" in invited.link
    assert (invited.member.user.email, invited.member.user.is_staff) == ("new@house.example", False)
    assert Verb.PUBLISH in verbs_of(invited.member.user, blog)


def test_somebody_with_an_account_gets_no_link_so_that_nobody_signs_in_as_them(blog: int, owner: User) -> None:
    boss = User.objects.create_superuser("boss@house.example")
    invited = members.add(blog, email="BOSS@house.example", role=Role.CONTRIBUTOR, by=owner, confirmed=boss.pk)
    assert (invited.link, invited.member.user) == ("", boss)
    with pytest.raises(MemberError, match="Only who invited"):
        members.link_again(invited.member, by=owner)


def test_a_new_link_is_for_who_never_came_and_from_who_invited_them(blog: int, owner: User) -> None:
    member = members.add(blog, email="new@house.example", role=Role.EDITOR, by=owner).member
    other = User.objects.create_user("other@house.example")
    assert members.link_again(member, by=owner)
    with pytest.raises(MemberError):
        members.link_again(member, by=other)
    User.objects.filter(pk=member.user_id).update(is_staff=True)
    member.user.refresh_from_db()
    with pytest.raises(MemberError):
        members.link_again(member, by=owner)


def test_a_live_blog_keeps_an_owner(blog: int, owner: User) -> None:
    changes: list[Callable[[], object]] = [
        lambda: members.remove(blog, owner.pk),
        lambda: members.set_role(blog, owner.pk, Role.EDITOR),
    ]
    for change in changes:
        with pytest.raises(MemberError, match="at least one owner"):
            change()
    second = members.add(blog, email="second@house.example", role=Role.OWNER, by=owner).member
    members.remove(blog, owner.pk)
    assert [m.pk for m in members.of(blog)] == [second.pk]
    assert verbs_of(owner, blog) == frozenset()


def test_nobody_is_a_member_twice(blog: int, owner: User) -> None:
    members.add(blog, email="new@house.example", role=Role.EDITOR, by=owner)
    with pytest.raises(MemberError, match="already"):
        members.add(blog, email="NEW@house.example", role=Role.OWNER, by=owner)


def test_everybody_sees_their_own_live_blogs_and_an_admin_all(blog: int, owner: User) -> None:
    assert [g.id for g in blogs_for(owner)] == [blog]
    assert blogs_for(User.objects.create_user("x@house.example")) == []
    assert [g.id for g in blogs_for(User.objects.create_superuser("boss@house.example"))] == [blog]
