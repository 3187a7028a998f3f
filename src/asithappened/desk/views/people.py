"""Who works on a live blog: the owner's page."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts import members
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Role
from asithappened.desk.actions import members as actions
from asithappened.desk.forms.people import Inviting, Promoting, Whose
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Explanation, Screen, Shown


@flow
def people(request: HttpRequest, slug: str) -> Screen:
    """Show, add, change and remove members."""
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

    def link(typed: dict[str, Any]) -> Shown:
        member, made = actions.link_again(grant.id, by=by, user=typed["user"])
        context = {"link": made, "whose": str(member.user)}
        return Shown(context=context, told=context)

    def gone_on(said: str, user: int) -> Done:
        # Who has just given up being an owner may not see this page any more.
        to = reverse("desk:blogs") if user == by.pk and not by.is_superuser else here
        return Done(said=said, to=to, told={"members": listed()})

    def set_role(typed: dict[str, Any]) -> Done:
        member = actions.set_role(grant.id, by=by, user=typed["user"], role=Role(typed["role"]))
        said = _("{who} is now: {role}.").format(who=member.user, role=Role(typed["role"]).label)
        return gone_on(said, typed["user"])

    def remove(typed: dict[str, Any]) -> Done:
        member = actions.remove_member(grant.id, by=by, user=typed["user"])
        return gone_on(_("{who} no longer works on this live blog.").format(who=member.user), typed["user"])

    whose = Fields(made=Whose, name="whose", shown=False)
    promoting = Fields(made=Promoting, name="promoting", shown=False)
    return Screen(
        template="desk/people.html",
        context=lambda: page(grant, members=members.of(grant.id), roles=Role.choices),
        buttons={
            "add": Button(reads=Fields(made=Inviting), verb=add, explain=is_it_who),
            "link": Button(reads=whose, verb=link),
            "role": Button(reads=promoting, verb=set_role),
            "remove": Button(reads=whose, verb=remove),
        },
        back=here,
    )
