"""Who works on a live blog, by its page: added, given a role, invited by a link."""

from collections.abc import Callable

import pytest
from django.test import Client

from asithappened.accounts import invitation_links
from asithappened.accounts.models import Invitation, Membership, Role, User
from asithappened.desk import actions
from tests.desk.conftest import Blog
from tests.desk.test_in_json import ask, why
from tests.desk.test_join import link, quick_passwords
from tests.desk.test_said import told

__all__ = ["link", "quick_passwords"]

pytestmark = pytest.mark.django_db


def test_a_role_that_there_is_not_demotes_nobody(
    browse: Callable[[User | None], Client], owner: User, editor: User, blog: Blog
) -> None:
    message = told(browse(owner), f"{blog.path}people/", {"do": "role", "user": editor.pk, "role": "emperor"})
    assert message == "There is no such role. Nothing was changed."
    assert Membership.objects.get(user=editor).role == Role.EDITOR
    message = told(browse(owner), f"{blog.path}people/", {"do": "role", "user": editor.pk, "role": "owner"})
    assert message.startswith("Editor Person is now: Owner")


def test_an_owner_makes_links_with_a_code_for_a_phone_and_takes_them_back(
    browse: Callable[[User | None], Client], owner: User, blog: Blog
) -> None:
    client, path = browse(owner), f"{blog.path}people/"
    page = client.post(path, {"do": "invite", "invite-role": "editor", "invite-uses": "3", "invite-days": "1"})
    words = page.content.decode()
    assert "/accounts/join/" in words
    assert "data:image/svg+xml;base64," in words
    made = Invitation.objects.get()
    assert (made.uses, made.role) == (3, "editor")
    assert client.post(path, {"do": "revoke", "link": made.pk}).status_code == 302
    assert invitation_links.of(blog.id) == []


def test_a_link_of_a_neighbours_is_not_there(
    browse: Callable[[User | None], Client], owner: User, blog: Blog, link: Callable[..., str]
) -> None:
    link()
    other = User.objects.create_user("neighbour@house.example", is_staff=True)
    actions.open_blog(by=other, slug="next-door", title="Next door")
    sent = {"do": "revoke", "link": Invitation.objects.get().pk}
    browse(other).post("/desk/live/next-door/people/", sent)
    assert Invitation.objects.get().revoked_at is None


def test_whose_account_it_is_is_asked_of_a_program_too(
    browse: Callable[[User | None], Client], owner: User, stranger: User, blog: Blog
) -> None:
    client, people = browse(owner), f"{blog.path}people/"
    sent = {"do": "add", "email": stranger.email, "role": "editor"}
    status, told = ask(client, people, **sent)
    assert (status, told["refused"][0]["code"], told["account"]["user"]) == (409, "has_account", stranger.pk)
    assert why(ask(client, people, **sent, user=str(stranger.pk))) == (422, [("type", "user")])
    assert ask(client, people, **sent, user=stranger.pk)[0] == 200
    assert why(ask(client, people, do="role", user=stranger.pk, role="emperor")) == (422, [("invalid_choice", "role")])
    assert why(ask(client, people, do="link", user=owner.pk))[1] == [("member", "")]
