"""The one gate: a role's verbs and no others, and a blog that is none of theirs is one that is not there."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from asithappened import press
from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e

pytestmark = [pytest.mark.both, pytest.mark.django_db]

MAY = {
    Role.CONTRIBUTOR: {Verb.READ_DESK, Verb.SUBMIT},
    Role.EDITOR: {Verb.READ_DESK, Verb.SUBMIT, Verb.PUBLISH, Verb.DESCRIBE},
    Role.OWNER: set(Verb),
}


def opened(slug: str = "storm") -> int:
    """Open a live blog."""
    return press.publish(None, [e.BlogOpened(slug=slug, title="Storm")]).blog


@pytest.mark.parametrize("role", MAY)
def test_a_member_may_what_their_role_says_and_is_told_so_of_the_rest(role: Role, user: User) -> None:
    blog = opened()
    Membership.objects.create(blog_id=blog, user=user, role=role)
    assert gate.verbs_of(user, blog) == MAY[role]
    for verb in Verb:
        if verb in MAY[role]:
            assert gate.get_blog_for(user, "storm", to=verb).may(verb)
            gate.check(user, blog, verb)
            continue
        with pytest.raises(PermissionDenied):
            gate.get_blog_for(user, "storm", to=verb)
        with pytest.raises(PermissionDenied):
            gate.check(user, blog, verb)


def test_a_blog_of_others_is_one_that_is_not_there_for_whoever_is_no_member(user: User) -> None:
    blog = opened()
    gone = User.objects.create_superuser("gone@house.example", is_active=False)
    for nobody in (user, AnonymousUser(), gone):
        assert gate.verbs_of(nobody, blog) == frozenset()
        assert gate.blogs_for(nobody) == []
        with pytest.raises(Http404):
            gate.get_blog_for(nobody, "storm", to=Verb.READ_DESK)
        with pytest.raises(Http404):
            gate.check(nobody, blog, Verb.READ_DESK)


def test_a_site_admin_may_everything_everywhere_and_guests_open_nothing(user: User) -> None:
    blogs = [opened("storm"), opened("gale")]
    admin = User.objects.create_superuser("admin@house.example")
    assert [grant.id for grant in gate.blogs_for(admin)] == blogs[::-1]
    assert gate.verbs_of(admin, blogs[0]) == frozenset(Verb)
    assert gate.only_running(admin) is None, "there is a choice"
    assert (gate.may_open(admin), gate.may_administer(admin)) == (True, True)
    assert (gate.may_open(user), gate.may_administer(user)) == (False, False)
    for check in (gate.check_may_open, gate.check_may_administer):
        check(admin)
        with pytest.raises(PermissionDenied):
            check(user)


def test_who_works_on_one_running_blog_has_no_choice_to_make(user: User) -> None:
    for slug in ("storm", "gale"):
        Membership.objects.create(blog_id=opened(slug), user=user, role=Role.EDITOR)
    newest = gate.blogs_for(user)[0]
    press.publish(newest.id, [e.BlogClosed()])
    only = gate.only_running(user)
    assert only is not None
    assert only.state.slug == "storm"
