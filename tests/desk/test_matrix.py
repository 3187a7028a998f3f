"""Who may come where: every address of the desk, for every role, and for somebody else's live blog.

The list of addresses is Django's own, so a new one without a row here fails. A live blog that is none of yours answers
exactly as one that does not exist.
"""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from asithappened.accounts.models import Membership, Role, User
from asithappened.core.events import Audience
from asithappened.log import read
from tests.answered import Answer
from tests.desk.addresses import ACCOUNTS, DESK
from tests.desk.conftest import Blog
from tests.desk.standing import admin, blog, browse, contributor, editor, newsroom, owner, people, place, stranger

__all__ = ["admin", "blog", "browse", "contributor", "editor", "newsroom", "owner", "people", "place", "stranger"]

pytestmark = pytest.mark.django_db

ROLES = ("contributor", "editor", "owner", "admin")
# Name: method, and who may. Whoever is a member and may not gets 403.
ROUTES = {
    "desk": ("get", ROLES),
    "as_readers": ("get", ROLES),
    "rows": ("get", ROLES),
    "beat": ("post", ROLES),  # leases only from editor up: test_beat.py
    "links": ("post", ROLES),
    "suggest": ("post", ROLES[1:]),
    "correct": ("post", ROLES[1:]),
    "correct_blog": ("post", ROLES[1:]),
    "figures": ("post", ROLES[1:]),
    "corrections": ("get", ROLES[1:]),
    "sweep": ("post", ROLES[1:]),
    "hand_in": ("post", ROLES),
    "submissions": ("get", ROLES),
    "drafts": ("post", ROLES),  # one's own; of others only from editor up: test_drafts
    "tab": ("get", ROLES),
    "handover": ("post", ROLES[1:]),
    "notes": ("post", ROLES),
    "note": ("post", ROLES[1:2]),  # whoever wrote it, below
    "settle_note": ("post", ROLES),  # of another's only from editor up, below
    "submission": ("post", ROLES),  # one's own, below; of others only from editor up
    "contribution": ("post", ROLES[1:]),  # and how to reach a reader with it
    "write": ("post", ROLES[1:]),
    "edit": ("post", ROLES[1:]),
    "withdraw": ("post", ROLES[1:]),
    "erase": ("post", ROLES[2:]),
    "change": ("post", ROLES[1:]),
    "history": ("post", ROLES[1:]),  # its owner's button: test_post_history
    "scheduled": ("get", ROLES[1:]),
    "scheduled_post": ("post", ROLES[1:]),
    "embargo": ("post", ROLES[2:]),
    "promises": ("get", ROLES[1:]),
    "alerts": ("get", ROLES[1:]),
    "alert": ("post", ROLES[1:]),
    "ledger": ("get", ROLES[1:]),
    "new_statement": ("post", ROLES[1:]),
    "statement": ("post", ROLES[1:]),
    "new_series": ("post", ROLES[1:]),
    "series": ("post", ROLES[1:]),
    "ledger_row": ("post", ROLES[1:]),  # its owner's button: test_ledger_pages.py
    "promise": ("post", ROLES[1:]),
    "media": ("post", ROLES),  # one's own uploads, and the files of a role: test_media.py
    "medium": ("get", ROLES),
    "media_file": ("get", ROLES),
    "settings": ("post", ROLES[1:]),
    "contributor": ("post", ROLES[1:]),
    "told_of": ("post", ROLES[1:]),
    "people": ("post", ROLES[2:]),
    "readers": ("get", ROLES),
    "audit": ("get", ROLES[2:]),
    "audit_csv": ("get", ROLES[2:]),
    "close": ("post", ROLES[2:]),
    "reopen": ("post", ROLES[2:]),
    "public": ("post", ROLES[2:]),
    "take_down": ("post", ROLES[2:]),
    "continue": ("post", ROLES[2:]),
}
# Of the pages of an account, those for who is not signed in (yet); all others are for whoever is, whatever their role.
OPEN = {
    "accounts_enter": {200, 410},
    "accounts_join": {410},  # of a link that is good: test_joining.py
    "accounts_webauthn_script": {200},
    "accounts_oidc_begin": {404, 405},  # no provider is named: tests/accounts/oidc
    "accounts_oidc_come_back": {404},
    "account_login": {200},
    "account_logout": {302},
    "account_inactive": {200},
    "account_reset_password": {200},
    "mfa_authenticate": {302},
    "mfa_login_webauthn": {302},
}
NOT_OF_A_BLOG = {
    "blogs", "open", "me", "my_picture", "everybody", "person", "jobs", "job", "audit_all", "audit_all_csv",
    "sample", "welcome", "welcome_blog", "welcome_people", "known", "sources", "source", "learned",
}  # fmt: skip
NOBODYS = {"app", "manifest", "share", "worker"}  # the same for everybody: test_app.py
BY_LINK = {"handed_over"}  # for whoever has one: test_handover.py
ONLY_PRESSED = {
    "sample",
    "change",
    "ledger_row",
    "contributor",
    "settle_note",
    "beat",
    "links",
    "suggest",
    "embargo",
    "promise",
    "alert",
    "media",
}
OWNERS_PARTS_OF_SETTINGS = (
    {"do": "audience", "audience-audience": "nobody"},
    {"do": "rename", "rename-slug": "mine"},
    {"do": "embed", "embed-origins": "https://mine.example"},
    {"do": "alerts", "alerts-mode": "by_itself"},
)


def test_every_address_of_the_desk_has_its_row() -> None:
    assert set(DESK) == set(ROUTES) | NOT_OF_A_BLOG | BY_LINK | NOBODYS


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("role", ROLES)
def test_a_member_may_what_the_role_may_and_is_told_when_not(
    name: str,
    role: str,
    people: dict[str, User],
    place: Callable[..., str],
    browse: Callable[[User | None], Client],
    blog: Blog,
) -> None:
    method, allowed = ROUTES[name]
    before = read.blog(blog.id)
    answer = getattr(browse(people[role]), method)(place(name), {"do": "nothing of the sort"})
    if role in allowed:
        assert answer.status_code in {200, 302, 409, 412, 422}
    else:
        assert answer.status_code == (404 if name == "note" else 403)
        assert read.blog(blog.id) == before


def without_what_differs(answer: Answer) -> bytes:
    """Return an answer without its token and its request's id, in which two of the same differ."""
    id_ = answer["X-Request-Id"].encode()
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content).replace(id_, b"")


@pytest.mark.parametrize("name", ROUTES)
@pytest.mark.parametrize("role", ["stranger", "neighbour"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_blog_that_is_none_of_yours_is_not_there(
    name: str,
    role: str,
    method: str,
    people: dict[str, User],
    place: Callable[..., str],
    browse: Callable[[User | None], Client],
    blog: Blog,
) -> None:
    before = read.blog(blog.id)
    client = browse(people[role])
    theirs = getattr(client, method)(place(name))
    nobodys = getattr(client, method)(place(name, slug="no-such-blog"))
    wrong_method = name in ONLY_PRESSED if method == "get" else ROUTES[name][0] == "get"
    assert theirs.status_code == nobodys.status_code == (405 if wrong_method else 404)
    masked = [without_what_differs(answer) for answer in (theirs, nobodys)]
    assert masked[0] == masked[1]
    assert read.blog(blog.id) == before


@pytest.mark.parametrize("name", [*ROUTES, *NOT_OF_A_BLOG])
def test_who_is_not_signed_in_is_asked_to_whatever_the_address(
    name: str, place: Callable[..., str], browse: Callable[[User | None], Client]
) -> None:
    for slug in ("storm", "no-such-blog"):
        answer = browse(None).get(place(name, slug))
        if answer.status_code == 405:
            answer = browse(None).post(place(name, slug))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/?next=")


def account_path(name: str, number: int = 1) -> str:
    return "/" + ACCOUNTS[name].replace("<int:pk>", str(number)).replace("<str:uid>/<str:token>", "1/x-y").replace(
        "<str:token>", "x"
    )


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_of_an_account_is_for_who_is_signed_in_unless_it_is_a_way_in(
    name: str, method: str, browse: Callable[[User | None], Client]
) -> None:
    answer = getattr(browse(None), method)(account_path(name))
    if name in OPEN:
        assert answer.status_code in OPEN[name] | ({302, 403, 405, 410} if method == "post" else set())
        assert "?next=" not in answer.get("Location", "")
    else:
        assert answer.status_code == 302
        assert answer["Location"] == f"/accounts/login/?next={account_path(name)}"


@pytest.mark.parametrize("name", ACCOUNTS)
@pytest.mark.parametrize("role", [*ROLES, "stranger"])
def test_every_role_has_its_own_account_and_no_passkey_of_anothers(
    name: str, role: str, people: dict[str, User], browse: Callable[[User | None], Client]
) -> None:
    theirs = Authenticator.objects.create(
        user=people["neighbour"], type=Authenticator.Type.WEBAUTHN, data={"name": "x"}
    )
    for method in ("get", "post"):
        answer = getattr(browse(people[role]), method)(account_path(name, theirs.pk), {"name": "mine"})
        of_a_key = "<int:pk>" in ACCOUNTS[name]
        assert answer.status_code == 404 if of_a_key else answer.status_code in {200, 302, 403, 404, 405, 410}
    theirs.refresh_from_db()
    assert theirs.data == {"name": "x"}


def test_a_post_or_submission_of_another_blog_is_not_there(
    people: dict[str, User], place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog, owner: User
) -> None:
    """An owner cannot reach into a neighbour's blog by putting its post's id behind their own slug."""
    client = browse(people["neighbour"])
    of_a_blog = ("edit", "withdraw", "change", "submission", "contribution", "note", "settle_note")
    for name in (*of_a_blog, "scheduled_post", "embargo", "promise"):
        assert client.post(place(name, slug="neighbours"), {"do": "publish"}).status_code == 404


def test_an_editor_changes_neither_audience_nor_address(
    people: dict[str, User], place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    for data in OWNERS_PARTS_OF_SETTINGS:
        assert browse(people["editor"]).post(place("settings"), data).status_code == 403
    assert (blog.state.audience, blog.state.slug) == (Audience.EVERYONE, "storm")
    page = browse(people["editor"]).get(place("settings")).content.decode()
    assert "Change who may read it" not in page


def test_a_contributor_sees_only_their_own_submissions(
    people: dict[str, User], place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    second = User.objects.create_user("second@house.example")
    Membership.objects.create(blog_id=blog.id, user=second, role=Role.CONTRIBUTOR)
    assert browse(people["contributor"]).get(place("submission")).status_code == 200
    assert browse(second).get(place("submission")).status_code == 404
    assert "submissions/" not in browse(second).get(place("submissions")).content.decode().split("<main")[1]


def test_a_guest_cannot_open_a_live_blog(people: dict[str, User], browse: Callable[[User | None], Client]) -> None:
    assert browse(people["editor"]).get("/desk/open/").status_code == 403
    assert "Open a live blog" not in browse(people["editor"]).get("/desk/").content.decode()
    assert browse(people["owner"]).get("/desk/open/").status_code == 200


def test_who_was_removed_or_locked_out_is_out_at_once(
    people: dict[str, User], place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    client = browse(people["editor"])
    assert client.get(place("desk")).status_code == 200
    Membership.objects.filter(user=people["editor"]).delete()
    assert client.get(place("desk")).status_code == 404
    client = browse(people["contributor"])
    User.objects.filter(pk=people["contributor"].pk).update(is_active=False)
    assert client.get(place("desk")).status_code == 302


@pytest.mark.parametrize("name", [name for name, (method, _) in ROUTES.items() if method == "post"])
def test_no_form_is_taken_without_its_token(
    name: str, people: dict[str, User], place: Callable[..., str], blog: Blog
) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people["admin"])
    before = read.blog(blog.id)
    answer = client.post(place(name), {"do": "publish", "text": "My words are here", "slug": "storm"})
    assert answer.status_code == 403
    assert read.blog(blog.id) == before
    assert "My words are here" in answer.content.decode()


def test_a_form_sent_by_another_site_is_given_nothing_back(people: dict[str, User], place: Callable[..., str]) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "cross-site"})
    client.force_login(people["admin"])
    answer = client.post(place("write"), {"text": "Somebody else's words"})
    assert answer.status_code == 403
    assert "else's words" not in answer.content.decode()


def test_looking_changes_nothing(
    people: dict[str, User], place: Callable[..., str], browse: Callable[[User | None], Client], blog: Blog
) -> None:
    before, facts = read.blog(blog.id), len(list(read.facts(blog.id)))
    for name in ROUTES:
        browse(people["admin"]).get(place(name), {"do": "publish", "reason": "x", "slug": "storm"})
    assert (read.blog(blog.id), len(list(read.facts(blog.id)))) == (before, facts)
