"""The history of one post at the desk, and erasing a single older version of it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.desk import actions
from asithappened.desk.forms.blog import ErasingVersion
from asithappened.desk.forms.reading import Fields
from asithappened.desk.post_history import SHOWN, steps
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, called, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import erased
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.log import read
from asithappened.render.edition import edition_of


@flow
def history(request: HttpRequest, slug: str, post: str) -> Screen:
    """Show all that happened to a post, to the screen as a fragment. An owner can erase a single older version."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = read.post(grant.id, post)
    if now is None:
        raise Http404
    found, here = now, reverse("desk:history", args=[grant.state.slug, post])

    def context() -> dict[str, Any]:
        shown = steps(grant.id, found)
        return page(grant, post=found, called=called(grant, found), steps=shown, more=len(shown) == SHOWN)

    def erase_version(typed: dict[str, Any]) -> Done:
        grant_for(request, slug, to=Verb.OWN)
        receipt = actions.erase_revision(grant.id, by=by, post=post, seq=typed["seq"], reason=typed["reason"])
        return Done(said=erased(), to=here, receipt=receipts.of_press(receipt, post))

    with edition_of(grant.state).speaking():
        reason = _("Removed on legal order.")
    alone = request.headers.get("HX-Request") == "true"
    return Screen(
        template="desk/parts/post_history.html" if alone else "desk/history.html",
        context=context,
        buttons={
            "erase_version": Button(reads=Fields(made=ErasingVersion, initial={"reason": reason}), verb=erase_version)
        },
        back=here,
    )
