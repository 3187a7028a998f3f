"""Who works on a live blog is an owner's to say, and each change leaves a line in the audit."""

import pytest
from django.core.exceptions import PermissionDenied

from asithappened.accounts.models import Membership, Role, User
from asithappened.desk.actions import members
from asithappened.desk.models import Act
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db


def test_an_owner_adds_somebody_and_changes_what_they_may_and_both_are_in_the_audit(blog: Blog, owner: User) -> None:
    nia = members.add_member(blog.id, by=owner, email="nia@house.example", role=Role.CONTRIBUTOR).member.user
    members.set_role(blog.id, by=owner, user=nia.pk, role=Role.EDITOR)
    assert Membership.objects.get(user=nia).role == Role.EDITOR
    lines = Act.objects.filter(user=owner, about__startswith=nia.email).order_by("pk")
    assert [(one.verb, one.about) for one in lines] == [
        ("add_member", "nia@house.example: contributor"), ("set_role", "nia@house.example: editor"),
    ]  # fmt: skip


def test_an_account_that_is_there_is_added_only_when_it_was_confirmed(blog: Blog, owner: User, stranger: User) -> None:
    with pytest.raises(members.HasAccount):
        members.add_member(blog.id, by=owner, email=stranger.email, role=Role.EDITOR)
    assert not Membership.objects.filter(user=stranger).exists()
    members.add_member(blog.id, by=owner, email=stranger.email, role=Role.EDITOR, confirmed=stranger.pk)
    assert Membership.objects.filter(user=stranger).exists()


def test_an_editor_changes_nobodys_role_and_makes_no_link(blog: Blog, editor: User, contributor: User) -> None:
    with pytest.raises(PermissionDenied):
        members.set_role(blog.id, by=editor, user=contributor.pk, role=Role.EDITOR)
    with pytest.raises(PermissionDenied):
        members.link_again(blog.id, by=editor, user=contributor.pk)


def test_a_link_is_made_again_only_for_a_member(blog: Blog, owner: User, stranger: User) -> None:
    with pytest.raises(members.MemberError):
        members.link_again(blog.id, by=owner, user=stranger.pk)
    assert not Act.objects.filter(verb="link_again").exists()
