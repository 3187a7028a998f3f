"""Who works on a live blog: the owner's page."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from asithappened.accounts import members
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Role
from asithappened.desk.actions import members as actions
from asithappened.desk.forms.blog import Inviting
from asithappened.desk.views.asking import asker, attempt, grant_for, page, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show, add, change and remove members."""
    grant = grant_for(request, slug, to=Verb.OWN)
    by = asker(request)
    form, link, whose, found, status = Inviting(), "", "", None, 200
    do = request.POST.get("do", "") if request.method == "POST" else ""
    raw = request.POST.get("user", "")
    user = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= _DIGITS else None
    role = Role(raw) if (raw := request.POST.get("role", "")) in set(Role) else None
    if do == "add":
        form = Inviting(request.POST)
        if form.is_valid():
            typed = form.cleaned_data
            try:
                invited = actions.add_member(
                    grant.id,
                    by=by,
                    email=typed["email"],
                    role=Role(typed["role"]),
                    byline=typed["byline"],
                    confirmed=user,
                )
            except actions.HasAccount as known:
                found = known.user
            except actions.MemberError as error:
                form.add_error("email", str(error))
            else:
                form, link, whose = Inviting(), invited.link, str(invited.member.user)
        status = 422 if form.errors else 409 if found else 200
    elif do == "link" and user is not None:
        try:
            member, link = actions.link_again(grant.id, by=by, user=user)
            whose = str(member.user)
        except actions.MemberError as error:
            return render(
                request, "desk/people.html", page(grant, form=form, wrong=str(error), **_listed(grant.id)), status=409
            )
    elif do in {"role", "remove"} and user is not None:
        who = next((str(m.user) for m in members.of(grant.id) if m.user_id == user), "")
        if do == "remove":
            done = _("{who} no longer works on this live blog.").format(who=who)
            attempt(request, done, lambda: actions.remove_member(grant.id, by=by, user=user))
        elif role is None:
            messages.error(request, _("There is no such role. Nothing was changed."))
        else:
            done = _("{who} is now: {role}.").format(who=who, role=role.label)
            attempt(request, done, lambda: actions.set_role(grant.id, by=by, user=user, role=role))
        if user == by.pk and not by.is_superuser:
            return redirect("desk:blogs")  # who has just given up being an owner may not see this page any more
        return redirect("desk:people", grant.state.slug)
    context = page(grant, form=form, link=link, whose=whose, found=found, role=role and role.label, **_listed(grant.id))
    return render(request, "desk/people.html", context, status=status)


_DIGITS: Final = 18  # what a database takes for a number


def _listed(blog: int) -> dict[str, object]:
    return {"members": members.of(blog), "roles": Role.choices}
