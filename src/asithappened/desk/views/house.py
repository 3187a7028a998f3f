"""The people of the house, for site admins: everybody's rights, how they sign in, and having somebody leave.

Owns two pages. Dangerous buttons ask the admin to prove again who they are (`accounts.reauthentication`). Look next:
`actions.house`, `actions.leaving`; `people` for the members of one live blog.
"""

from collections import Counter
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts import gate, invitation_links, reauthentication, staff
from asithappened.accounts.models import Membership, User
from asithappened.core.rules import Refusal
from asithappened.desk.actions import Refused, house, leaving
from asithappened.desk.actions import inviting as links
from asithappened.desk.forms.people import Leaving, LinkToHouse, Revoking, Rights
from asithappened.desk.forms.reading import NO_FIELDS, Fields
from asithappened.desk.views.asking import asker
from asithappened.desk.views.flow import flow
from asithappened.desk.views.people import shown_once
from asithappened.desk.views.screen import Button, Done, Screen, Shown
from asithappened.log import read

PAGE: Final = 50


@flow
def everybody(request: HttpRequest) -> Screen:
    """List all accounts, and invite people to the newsroom by a link."""
    by = asker(request)
    gate.check_may_administer(by)
    here = reverse("desk:everybody")

    def invite(typed: dict[str, Any]) -> Shown:
        made = links.make_link(None, by=by, role=None, email=typed["email"], uses=typed["uses"], days=typed["days"])
        return shown_once(made, days=typed["days"])

    def revoke(typed: dict[str, Any]) -> Done:
        links.revoke_link(None, by=by, number=typed["link"])
        return Done(said=_("The link is taken back. Whoever came by it stays."), to=here)

    return Screen(
        template="desk/everybody.html",
        context=lambda: {**_found(request), "links": invitation_links.of(None)},
        buttons={
            "invite": Button(reads=Fields(made=LinkToHouse, name="linking", prefix="invite"), verb=invite),
            "revoke": Button(reads=Fields(made=Revoking, name="revoking", shown=False), verb=revoke),
        },
        back=here,
    )


def _found(request: HttpRequest) -> dict[str, Any]:
    """Return one page of the people who match the search, each with live blogs and second factors."""
    asked = request.GET.get("q", "")[:120].strip()
    found = User.objects.order_by("-is_active", "byline", "email", "pk")
    if asked:
        found = found.filter(Q(byline__icontains=asked) | Q(email__icontains=asked))
    shown = Paginator(found, PAGE).get_page(request.GET.get("page"))
    users = list(shown.object_list)
    factors = staff.second_factors(users)
    rows = Membership.objects.filter(user__in=users)
    count = Counter(rows.values_list("user_id", flat=True))
    return {
        "asked": asked,
        "shown": shown,
        "people": [{"user": u, "factors": factors.get(u.pk, []), "blogs": count[u.pk]} for u in users],
    }


@flow
def person(request: HttpRequest, number: int) -> Screen:
    """Show one person; raise or lower their rights, let them in by a link, or have them leave everything."""
    by = asker(request)
    gate.check_may_administer(by)
    user = User.objects.select_related("invited_by").filter(pk=number).first()
    if user is None:
        raise Http404
    whose, here = user, reverse("desk:person", args=[number])

    def confirm() -> None:
        if not reauthentication.is_confirmed(request):
            message = _("Show once more that it is you, and then do this. Nothing was changed.")
            raise Refused(Refusal("confirm", message))

    def rights(typed: dict[str, Any]) -> Done | Shown:
        confirm()
        link = house.set_rights(whose, by=by, newsroom=typed["newsroom"], admin=typed["admin"])
        if link:
            return _link(whose, link)
        return Done(said=_("Saved."), to=here)

    def let_in() -> Shown:
        confirm()
        return _link(whose, house.let_in(whose, by=by))

    def leave(typed: dict[str, Any]) -> Done:
        confirm()
        to = User.objects.filter(pk=typed["to"]).first() if typed["to"] else None
        left = leaving.leave_house(by=by, user=whose, to=to)
        waiting = sum(one.drafts + one.scheduled + one.submissions for one in left)
        said = _("{who} is off everything. What waits for others now: {n}.").format(who=whose, n=waiting)
        return Done(said=said, to=here)

    held = {"newsroom": user.is_staff, "admin": user.is_superuser}
    return Screen(
        template="desk/person.html",
        context=lambda: _about(request, whose, by),
        buttons={
            "rights": Button(reads=Fields(made=Rights, name="rights", initial=held), verb=rights),
            "let_in": Button(reads=NO_FIELDS, verb=lambda _none: let_in()),
            "leave": Button(reads=Fields(made=_OnlyHeir, name="leaving", shown=False), verb=leave),
        },
        back=here,
    )


class _OnlyHeir(Leaving):
    """Who takes over what the leaving person had; the address names that person."""

    user = None  # type: ignore[assignment]


def _link(whose: User, link: str) -> Shown:
    return Shown(context={"link": link, "whose": str(whose)}, told={"link": link, "whose": str(whose)})


def _about(request: HttpRequest, user: User, by: User) -> dict[str, Any]:
    blogs = [
        {"state": read.blog(row.blog_id), "role": row.get_role_display(), "since": row.since, "seen": row.seen_at}
        for row in Membership.objects.filter(user=user).order_by("-since")
    ]
    return {
        "person": user,
        "own": user.pk == by.pk,
        "blogs": blogs,
        "factors": staff.second_factors([user]).get(user.pk, []),
        "shut_out": staff.may_be_let_in(user),
        "confirmed": reauthentication.is_confirmed(request),
        "confirm_at": reauthentication.confirm_at(request, reverse("desk:person", args=[user.pk])),
        "heirs": User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("byline", "email"),
    }
