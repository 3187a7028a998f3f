"""The members of a live blog: the owner's page, and the links that invite others."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts import invitation_links, members
from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import Role, User
from asithappened.desk.actions import inviting as links
from asithappened.desk.actions import leaving
from asithappened.desk.actions import members as actions
from asithappened.desk.drafts import presence
from asithappened.desk.forms.people import Inviting, Leaving, LinkToBlog, Promoting, Revoking, Whose
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.qr import picture_of
from asithappened.desk.views.screen import Button, Done, Explanation, Screen, Shown
from asithappened.jobs.clock import CLOCK


@flow
def people(request: HttpRequest, slug: str) -> Screen:
    """Show, invite, add, change and remove members."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)
    here = reverse("desk:people", args=[grant.state.slug])

    def listed() -> list[dict[str, Any]]:
        return [{"user": m.user_id, "name": str(m.user), "role": m.role} for m in members.of(grant.id)]

    def add(typed: dict[str, Any]) -> Shown:
        invited = actions.add_member(
            grant.id,
            by=by,
            email=typed["email"],
            role=Role(typed["role"]),
            byline=typed["byline"],
            confirmed=typed["user"],
        )
        context = {"link": invited.link, "mailed": invited.mailed, "whose": str(invited.member.user)}
        return Shown(context=context, told={**context, "members": listed()})

    def is_it_who(error: Exception, typed: dict[str, Any]) -> Explanation | None:
        if not isinstance(error, actions.HasAccount):
            return None
        message = _("There is an account with this address. Is it who you mean?")
        return Explanation(
            problem=Problem(code="has_account", message=message),
            context={"found": error.user, "role": Role(typed["role"]).label},
            told={"account": {"user": error.user.pk, "name": str(error.user)}},
            in_form=False,
        )

    def invite(typed: dict[str, Any]) -> Shown:
        role = Role(typed["role"])
        made = links.make_link(grant.id, by=by, role=role, email=typed["email"], uses=typed["uses"], days=typed["days"])
        return shown_once(made, days=typed["days"])

    def revoke(typed: dict[str, Any]) -> Done:
        links.revoke_link(grant.id, by=by, number=typed["link"])
        return Done(said=_("The link is taken back. Whoever came by it stays."), to=here)

    def link(typed: dict[str, Any]) -> Shown:
        member, made = actions.link_again(grant.id, by=by, user=typed["user"])
        context = {"link": made, "whose": str(member.user)}
        return Shown(context=context, told=context)

    def gone_on(said: str, user: int) -> Done:
        # An owner who has just given up that role may not see this page any more.
        to = reverse("desk:blogs") if user == by.pk and not by.is_superuser else here
        return Done(said=said, to=to, told={"members": listed()})

    def set_role(typed: dict[str, Any]) -> Done:
        member = actions.set_role(grant.id, by=by, user=typed["user"], role=Role(typed["role"]))
        said = _("{who} is now: {role}.").format(who=member.user, role=Role(typed["role"]).label)
        return gone_on(said, typed["user"])

    def remove(typed: dict[str, Any]) -> Done:
        user, to = (User.objects.filter(pk=typed[name] or 0).first() for name in ("user", "to"))
        if user is None:
            raise actions.MemberError(_("That person does not work on this live blog."))
        leaving.leave_blog(grant.id, by=by, user=user, to=to)
        return gone_on(_("{who} no longer works on this live blog.").format(who=user), user.pk)

    whose = Fields(made=Whose, name="whose", shown=False)
    promoting = Fields(made=Promoting, name="promoting", shown=False)
    off = Fields(made=Leaving, name="leaving", shown=False)
    which = Fields(made=Revoking, name="revoking", shown=False)
    return Screen(
        template="desk/people.html",
        context=lambda: page(grant, **_who(grant), links=invitation_links.of(grant.id), roles=Role.choices),
        buttons={
            "invite": Button(reads=Fields(made=LinkToBlog, name="linking", prefix="invite"), verb=invite),
            "revoke": Button(reads=which, verb=revoke),
            "add": Button(reads=Fields(made=Inviting), verb=add, explain=is_it_who),
            "link": Button(reads=whose, verb=link),
            "role": Button(reads=promoting, verb=set_role),
            "remove": Button(reads=off, verb=remove),
        },
        back=here,
    )


def shown_once(made: links.Made, *, days: int) -> Shown:
    """Return a new link with its QR code, to be handed over. It is shown once."""
    context = {"made": made, "qr": picture_of(made.address), "days": days}
    return Shown(context=context, told={"link": made.address, "number": made.invitation.pk})


def _who(grant: Grant) -> dict[str, Any]:
    """Return the members, which of them have the desk open now, and when the others last had."""
    now = {one.user for one in presence.here(grant.id, CLOCK.now())}
    seen = presence.seen(grant.id)
    rows = [
        {"member": m, "here": m.user_id in now, "seen": seen.get((grant.id, m.user_id)) or m.seen_at}
        for m in members.of(grant.id)
    ]
    return {"members": rows}
