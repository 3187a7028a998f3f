"""From a rehearsal to the public: the page shows what readers will see, and one button opens it to everyone.

A rehearsal is a live blog whose audience is its members. They follow it live on the reader's page and stream; for
anybody else it does not exist (`accounts.tickets`, `delivery.permits`). One chooses it on opening a live blog, or here.
"""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Verb
from asithappened.core.events import Audience
from asithappened.desk import actions
from asithappened.desk.views import receipts, rows
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import at
from asithappened.desk.views.screen import Done, Screen, press
from asithappened.log import read

SHOWN: Final = 5  # posts: enough to see that something was only for practice, and the whole page is a click away


@flow
def public(request: HttpRequest, slug: str) -> Screen:
    """Show what readers will see, and make it public or a rehearsal."""
    grant, by = grant_for(request, slug, to=Verb.OWN), asker(request)

    def set_(audience: Audience, said: str) -> Done:
        receipt = actions.set_audience(grant.id, by=by, audience=audience)
        return Done(said=said, to=at(grant), receipt=receipts.of_blog(receipt))

    def context() -> dict[str, Any]:
        newest = rows.shown(grant, read.posts(grant.id, newest=SHOWN))
        return page(grant, newest=newest, pinned=[row for row in newest if row.pinned])

    return Screen(
        template="desk/public.html",
        context=context,
        buttons={
            "public": press(lambda: set_(Audience.EVERYONE, _("Public. Readers find it on the front page."))),
            "rehearse": press(lambda: set_(Audience.MEMBERS, _("A rehearsal now: its members follow it live."))),
        },
        default="public",
        back=at(grant),
    )
