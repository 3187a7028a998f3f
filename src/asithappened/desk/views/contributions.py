"""What a reader wrote, at the desk: reading it, taking it into a draft, refusing it, erasing the reader's contact."""

from typing import Any

from django.forms import CharField, Form, Textarea
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.accounts.gate import Verb
from asithappened.core import limits
from asithappened.desk.actions import contributions as verbs
from asithappened.desk.actions.submissions import draft_of
from asithappened.desk.forms.reading import Fields
from asithappened.desk.models import Contact, Submission
from asithappened.desk.views.asking import asker, grant_for, page
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import preview
from asithappened.desk.views.screen import Button, Done, Screen, press


class Noting(Form):
    """Why a contribution is not taken."""

    note = CharField(
        label=gettext_lazy("Why it is not taken"), max_length=limits.NOTE_CHARS, widget=Textarea(attrs={"rows": 2})
    )


@flow
def contribution(request: HttpRequest, slug: str, number: int) -> Screen:
    """Show one contribution, with how to reach its reader, and decide about it."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    found = Submission.objects.filter(pk=number, blog_id=grant.id, author=None).select_related("decided_by").first()
    if found is None:
        raise Http404
    written, listed = found, reverse("desk:submissions", args=[grant.state.slug])

    def take(typed: dict[str, Any]) -> Done:
        kept = verbs.take(written, by=by, version=typed["based_on"] or 0)
        to = f"{reverse('desk:desk', args=[grant.state.slug])}?tab=drafts"
        return Done(said=_("It is a draft of yours now. Readers have nothing of it."), to=to, told={"draft": kept.pk})

    def reject(typed: dict[str, Any]) -> Done:
        verbs.reject(written, by=by, note_=typed["note"], version=typed["based_on"] or 0)
        return Done(said=_("Not taken. The reader is told nothing."), to=listed)

    def forget() -> Done:
        verbs.forget_contact(written, by=by)
        here = reverse("desk:contribution", args=[grant.state.slug, number])
        return Done(said=_("Forgotten: nobody here can reach them any more."), to=here)

    as_it_is = Fields(made=Form, name="take", based_on=written.version, shown=False)
    return Screen(
        template="desk/contribution.html",
        context=lambda: page(
            grant,
            submission=written,
            contact=Contact.objects.filter(of=written).first(),
            written=preview(grant, draft_of(written)),
        ),
        buttons={
            "take": Button(reads=as_it_is, verb=take),
            "reject": Button(reads=Fields(made=Noting, based_on=written.version), verb=reject),
            "forget": press(forget),
        },
        back=listed,
    )
