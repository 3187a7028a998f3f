"""Handing in posts, and deciding about them.

Owns the contributor's form and the editor's. Look next: `flow` for the order of steps, `actions.submissions`.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core.events import PostPublished
from asithappened.core.state import PostState
from asithappened.desk.actions import Moved
from asithappened.desk.actions import submissions as verbs
from asithappened.desk.draft import Draft, digest
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.forms.writing import PostFields, Written
from asithappened.desk.models import Submission
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views import meeting, receipts
from asithappened.desk.views.asking import asker, grant_for, page, signed_in
from asithappened.desk.views.flow import flow
from asithappened.desk.views.posts import at, in_words, preview, previewing
from asithappened.desk.views.screen import Button, Done, Explanation, Screen
from asithappened.render.changes import Changed, changed, version_of
from asithappened.render.words import label_of

_MOVED = gettext_lazy(
    "Somebody else changed this while you were at it: below is how it stands now, and your own text in the form. "
    "Nothing of either is lost. Sending the form again puts yours in its place."
)


@flow
def hand_in(request: HttpRequest, slug: str) -> Screen:
    """Write a post for an editor to approve."""
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    fields = PostFields(begins=post_form.blank(by.byline), zone=grant.state.zone, also=("once",))

    def submit(written: Written) -> Done:
        handed = verbs.submit(grant.id, by=by, draft=written.draft, once=written.form.once)
        said = _("Handed in. An editor will publish it or return it with a note.")
        return Done(said=said, to=reverse("desk:submission", args=[grant.state.slug, handed.pk]), told=_told(handed))

    return Screen(
        template="desk/submit.html",
        context=lambda: page(grant),
        buttons={"publish": Button(reads=fields, verb=submit), "preview": previewing(grant, fields)},
        back=at(grant),
    )


def _told(found: Submission) -> dict[str, Any]:
    return {"submission": {"number": found.pk, "state": found.state, "based_on": found.version}}


def _undecided(grant: Grant, user: User) -> Waiting:
    """Return the submissions that wait for a person: an editor's to decide, a contributor's to correct."""
    where = "blog_id = %s AND state = %s"
    if grant.may(Verb.PUBLISH):
        return Waiting(Submission, where, (grant.id, Submission.State.WAITING.value))
    return Waiting(Submission, f"{where} AND author_id = %s", (grant.id, Submission.State.RETURNED.value, user.pk))


def _in_tab(grant: Grant, user: User) -> dict[str, Any]:
    found = Submission.objects.filter(blog_id=grant.id).exclude(state__in=("approved", "taken"))
    if not grant.may(Verb.PUBLISH):
        found = found.filter(author=user)
    found = found.select_related("author").order_by("-state", "-changed_at")[:50]
    return {"listed": [(s, label_of(verbs.draft_of(s), grant.state.language)) for s in found]}


TAB: Final = Tab(
    name="submissions",
    label=gettext_lazy("Awaiting approval"),
    key="q",
    may=Verb.SUBMIT,
    waiting=_undecided,
    template="desk/tabs/submissions.html",
    context=_in_tab,
)


@require_safe
@signed_in
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """List the submissions that await approval: all for editors, their own for contributors."""
    grant = grant_for(request, slug, to=Verb.SUBMIT)
    found = Submission.objects.filter(blog_id=grant.id).select_related("author", "decided_by").order_by("-changed_at")
    if not grant.may(Verb.PUBLISH):
        found = found.filter(author=asker(request))
    listed = [(s, label_of(verbs.draft_of(s), grant.state.language)) for s in found[:100]]
    return render(request, "desk/submissions.html", page(grant, listed=listed))


def _as_post(handed: Submission, draft: Draft) -> PostState:
    return PostState(id=f"handed-{handed.pk}", position=0, first_seq=0, content_seq=0, last_seq=0, title=draft.title)


def _changed(handed: Submission, draft: Draft) -> Sequence[Changed]:
    """Return what its author changed when handing it in again; nothing, if it was handed in once."""
    if not handed.before:
        return ()
    before, now = (version_of(_printed(words)) for words in (verbs.words_at(handed, 0), draft))
    return changed(before, now) if before and now and before.lines != now.lines else ()


def _printed(words: Draft) -> PostPublished:
    return PostPublished(post="draft", title=words.title, body=words.body, kind=words.kind)


@flow
def submission(request: HttpRequest, slug: str, number: int) -> Screen:
    """Show one submission: its author may change it and hand it in again, an editor may publish or return it."""
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    handed_in = Submission.objects.filter(blog_id=grant.id).exclude(author=None)  # readers': `contributions`
    found = handed_in.select_related("author", "decided_by").filter(pk=number).first()
    editor = grant.may(Verb.PUBLISH)
    if found is None or not (editor or found.author_id == by.pk):
        raise Http404
    handed, mine, draft = found, found.author_id == by.pk, verbs.draft_of(found)
    listed = reverse("desk:submissions", args=[grant.state.slug])
    fields = PostFields(
        begins=post_form.of(draft, based_on=found.version, note=found.note),
        zone=grant.state.zone,
        also=("based_on", "note"),
        seed=found.once,
        old=lambda version: verbs.words_at(found, version),
    )

    def explain(error: Exception, written: Written) -> Explanation | None:
        """Show both people's words if both wrote; if only a decision came in between, its sentence is enough."""
        began = verbs.words_at(handed, written.form.based_on)
        if not isinstance(error, Moved) or digest(began) == digest(draft):
            return None
        met = meeting.view(grant, post=_as_post(handed, draft), began=began, theirs=draft, mine=written.draft)
        message = _("It was handed in again with other words meanwhile. Yours are not published yet.")
        return Explanation(
            problem=Problem(code="moved", message=message),
            context={"meeting": met},
            told={"meeting": met, "mine": in_words(written.draft)},
            in_form=False,
        )

    def publish(written: Written) -> Done:
        version = written.form.based_on or 0
        if editor and (not mine or handed.state == Submission.State.WAITING):
            post = verbs.approve(handed, by=by, draft=written.draft, version=version)
            receipt = receipts.of_words(grant.id, post, "publish_post")
            return Done(said=_("Published. Readers have it."), to=at(grant), receipt=receipt)
        if not mine:
            raise PermissionDenied
        verbs.submit_again(handed, by=by, draft=written.draft, version=version)
        return Done(said=_("Handed in again."), to=listed, told=_told(handed))

    def decided(verb: Callable[..., None], said: str) -> Button[Written]:
        def decide(written: Written) -> Done:
            form = written.form
            verb(handed, by=by, note_=form.note, version=form.based_on or 0)
            return Done(said=said.format(who=handed.author), to=listed, told=_told(handed))

        return Button(reads=fields, verb=decide)

    def approve(typed: dict[str, Any]) -> Done:
        post = verbs.approve(handed, by=by, draft=draft, version=typed["based_on"] or 0)
        receipt = receipts.of_words(grant.id, post, "publish_post")
        return Done(said=_("Published. Readers have it."), to=at(grant), receipt=receipt)

    as_it_is = Fields(made=Form, name="approve", based_on=found.version, shown=False)
    return Screen(
        template="desk/submission.html",
        part="desk/parts/submission_in_place.html",
        context=lambda: page(grant, submission=handed, own=mine, changed=_changed(handed, draft)),
        initial_context=lambda: {"preview": preview(grant, draft)},
        buttons={
            "publish": Button(reads=fields, verb=publish, explain=explain),
            "preview": previewing(grant, fields),
            **({"approve": Button(reads=as_it_is, verb=approve)} if editor else {}),
            "return": decided(verbs.return_submission, _("Returned to {who} with your note.")),
            "reject": decided(verbs.reject_submission, _("Not taken. {who} sees your note.")),
        },
        back=listed,
        moved=str(_MOVED),
    )
