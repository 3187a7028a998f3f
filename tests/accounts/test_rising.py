"""Nobody can gain rights by themselves: only a command gives rights on the installation, to the holder of its link."""

import json
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse

from asithappened.accounts import links, members, staff
from asithappened.accounts.gate import Verb, may_open, verbs_of
from asithappened.accounts.members import HasAccount
from asithappened.accounts.models import Role, User
from asithappened.desk import actions
from tests.accounts.test_pages import ALL, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
COLLEAGUE = "boss@house.example"


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("owner@house.example", is_staff=True, byline="Olu Owner")


@pytest.fixture
def blog(owner: User) -> int:
    return actions.open_blog(by=owner, slug="storm", title="Storm").blog


def enter(link: str) -> Client:
    client = Client()
    assert client.post(urlsplit(link).path).status_code == 302
    return client


def signed_in(client: Client) -> bool:
    return client.get("/desk/me/").status_code == 200


def lowly(user: User) -> bool:
    user.refresh_from_db()
    return not (user.is_staff or user.is_superuser or may_open(user))


@pytest.fixture
def guest(blog: int, owner: User) -> tuple[User, Client]:
    """Return a guest contributor, signed in, and their browser."""
    invited = members.add(blog, email="guest@else.example", role=Role.CONTRIBUTOR, by=owner)
    return invited.member.user, enter(invited.link)


def test_a_guest_who_takes_a_colleagues_address_is_granted_nothing_by_it(
    guest: tuple[User, Client], blog: int, owner: User
) -> None:
    user, client = guest
    for page in ("email/", "confirm-email/", "signup/"):
        for action in ("action_add", "action_primary", "action_send"):
            client.post(f"/accounts/{page}", {"email": COLLEAGUE, action: ""})
    staff.invite(COLLEAGUE, admin=True)
    members.add(
        blog, email=COLLEAGUE, role=Role.OWNER, by=owner, confirmed=User.objects.get(email=COLLEAGUE).pk
    )  # fmt: skip
    user.refresh_from_db()
    assert user.email == "guest@else.example"
    assert lowly(user)
    assert Verb.PUBLISH not in verbs_of(user, blog)


def test_whatever_a_guest_sends_to_whatever_page_they_stay_a_guest(guest: tuple[User, Client], blog: int) -> None:
    user, client = guest
    wishes = {
        "is_staff": "on", "is_superuser": "on", "vouched": "on", "email": COLLEAGUE, "role": "owner", "user": user.pk,
        "do": "add", "action_add": "", "action_primary": "", "invited_by": "", "is_active": "on", "pk": "1",
        "do_role": "owner", "byline": "The boss", "login": COLLEAGUE, "confirmed": user.pk, "groups": "1",
    }  # fmt: skip
    for route in ALL:
        for do in ("add", "role", "byline", "link", "publish"):
            path = path_of(route).replace("/live/x/", "/live/storm/").replace("/logout/", "/login/")
            client.post(path, {**wishes, "do": do})
            client.post(path, json.dumps({**wishes, "do": do}), content_type="application/json")
    assert lowly(user)
    assert user.email == "guest@else.example"
    assert [m.role for m in members.of(blog) if m.user_id == user.pk] == [Role.CONTRIBUTOR]
    assert not User.objects.filter(email=COLLEAGUE).exists()
    assert not EmailAddress.objects.exists(), "an account has the address that it was invited by, and no other"


@pytest.mark.parametrize("admin", [True, False])
@pytest.mark.parametrize("by", ["password", "session", "passkey", "second link", "authenticator", "half a sign-in"])
def test_who_opened_anothers_invitation_is_out_before_that_address_rises(
    blog: int, owner: User, by: str, admin: bool
) -> None:
    """An owner invites X and opens the link themselves, or passes it on; later X becomes an admin by command."""
    invited = members.add(blog, email=COLLEAGUE, role=Role.CONTRIBUTOR, by=owner)
    user = invited.member.user
    spare = links.sign_in_link(user) if by == "second link" else ""
    client = Client() if spare else enter(invited.link)
    if not spare:
        new = {"do": "password", "new_password1": "planted by another 7", "new_password2": "planted by another 7"}
        client.post("/desk/me/", new)
        user.refresh_from_db()
        assert user.check_password("planted by another 7")
    if by in {"authenticator", "half a sign-in"}:
        totp.TOTP.activate(user, totp.generate_totp_secret())
    if by == "passkey":
        Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})
    half = Client()
    if by == "half a sign-in":
        half.post("/accounts/login/", {"login": COLLEAGUE, "password": "planted by another 7"})
        assert "2fa/authenticate" in half.get("/accounts/login/")["Location"]

    risen = staff.invite(COLLEAGUE, admin=admin)
    assert risen.shut_out
    assert (risen.user.is_superuser, risen.user.is_staff) == (admin, True)

    assert not signed_in(client)
    stranger = Client()
    stranger.post("/accounts/login/", {"login": COLLEAGUE, "password": "planted by another 7"})
    assert not signed_in(stranger)
    half.post("/accounts/2fa/authenticate/", {"code": "000000"})
    half.get("/accounts/login/")
    assert not signed_in(half)
    for old in (spare, invited.link):
        assert not old or stranger.post(urlsplit(old).path).status_code == 410
    assert not Authenticator.objects.filter(user=user).exists()
    assert signed_in(enter(links.sign_in_link(risen.user)))


def test_a_person_of_the_newsroom_keeps_password_and_session_when_rights_are_added() -> None:
    first = staff.invite("ada@house.example").user
    client = enter(links.sign_in_link(first))
    first.refresh_from_db()
    first.set_password("a rather long password")
    first.save()
    client.post("/accounts/login/", {"login": first.email, "password": "a rather long password"})
    again = staff.invite("ADA@house.example ", admin=True)
    assert not again.shut_out
    assert again.user.check_password("a rather long password")
    assert signed_in(client)


def test_an_inviter_makes_no_link_to_whom_a_command_has_raised(blog: int, owner: User) -> None:
    member = members.add(blog, email=COLLEAGUE, role=Role.CONTRIBUTOR, by=owner).member
    staff.invite(COLLEAGUE)
    member = next(m for m in members.of(blog) if m.pk == member.pk)
    with pytest.raises(members.MemberError):
        members.link_again(member, by=owner)


def test_granting_to_an_address_that_has_an_account_is_confirmed_by_who_has_seen_whose_it_is(
    blog: int, owner: User
) -> None:
    other = User.objects.create_user("other@else.example", is_staff=True)
    there = User.objects.create_user("known@else.example", byline="Kim Known", invited_by=other)
    with pytest.raises(HasAccount) as refused:
        members.add(blog, email="KNOWN@else.example", role=Role.EDITOR, by=owner)
    assert refused.value.user == there
    assert verbs_of(there, blog) == frozenset()
    with pytest.raises(HasAccount):
        members.add(blog, email="known@else.example", role=Role.EDITOR, by=owner, confirmed=other.pk)

    client = Client()
    client.force_login(owner)
    page = client.post("/desk/live/storm/people/", {"do": "add", "email": there.email, "role": "editor"})
    shown = page.content.decode()
    assert page.status_code == 409
    for said in ("Kim Known", "known@else.example", "other@else.example", "Nobody has proved", "as: Editor"):
        assert said in shown
    assert verbs_of(there, blog) == frozenset()
    for number in ("9" * 30, "9" * 5_000, "٣", "-1", ""):
        asked = {"do": "add", "email": there.email, "role": "editor", "user": number}
        assert client.post("/desk/live/storm/people/", asked).status_code == 409
    yes = {"do": "add", "email": there.email, "role": "editor", "user": there.pk}
    assert client.post("/desk/live/storm/people/", yes).status_code == 200
    assert Verb.PUBLISH in verbs_of(there, blog)


def test_no_page_makes_an_admin_or_a_person_of_the_newsroom(blog: int, owner: User) -> None:
    """Not even an owner's: staff and admins come from the command line."""
    client = Client()
    client.force_login(owner)
    guest = User.objects.create_user("guest@else.example")
    for route in ALL:
        path = path_of(route).replace("/live/x/", "/live/storm/")
        if "logout" in path or "take-down" in path:
            continue
        for do in ("add", "role"):
            rights = {"do": do, "is_staff": "1", "is_superuser": "1", "role": "owner", "email": guest.email}
            client.post(path, {**rights, "user": guest.pk})
    assert lowly(guest)
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")


def test_of_an_earlier_homes_people_those_whom_the_machines_owner_let_in_are_vouched_for() -> None:
    """Whoever could have chosen an address themselves is not, and is opened anew by the next command."""
    judge = import_module("asithappened.accounts.migrations.0002_vouched").judge
    boss = User.objects.create_user("boss@house.example", is_staff=True, is_superuser=True)
    helper = User.objects.create_user("staff@house.example", is_staff=True)
    User.objects.create_user("guest@else.example", invited_by=boss)
    User.objects.create_user("orphan@else.example")
    taken = User.objects.create_user("taken@house.example", is_staff=True)
    EmailAddress.objects.create(user=taken, email=taken.email, primary=True)
    raised = User.objects.create_user("raised@else.example", is_staff=True, invited_by=helper)
    judge(apps, None)
    assert set(User.objects.filter(vouched=True)) == {boss, helper}
    assert not EmailAddress.objects.exists()
    assert staff.invite(taken.email).shut_out
    assert staff.invite(raised.email, admin=True).shut_out
    assert not staff.invite(boss.email).shut_out


def test_what_one_account_proved_is_not_the_next_ones_in_the_same_browser() -> None:
    """Somebody with a second factor spends their own link in a colleague's open session."""
    victim = User.objects.create_user("ada@house.example", "her own long password")
    thief = User.objects.create_user("thief@house.example", "his own long password")
    totp.TOTP.activate(thief, totp.generate_totp_secret())
    new = {"do": "password", "new_password1": "his choice of hers 9", "new_password2": "his choice of hers 9"}
    open_session = Client()
    open_session.force_login(victim)
    assert "2fa/authenticate" in open_session.post(urlsplit(links.sign_in_link(thief)).path)["Location"]
    open_session.post("/desk/me/", new)
    victim.refresh_from_db()
    assert victim.check_password("her own long password")
