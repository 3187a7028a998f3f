"""Writing, editing and taking back posts.

Owns the pages around the post's form. Look next: `flow` for the order of steps, `forms.post` for the form,
`actions.posts` for the verbs.
"""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from asithappened.accounts.gate import Grant, Verb
from asithappened.core import events as e
from asithappened.core.events import PostKind
from asithappened.core.signing import signatures
from asithappened.core.state import PostState
from asithappened.desk import actions, refusals
from asithappened.desk.draft import Draft, draft_of
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.blog import Reasoning, Withdrawing
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.forms.writing import PostFields, Written
from asithappened.desk.views import meeting, receipts, told_of_rows, when
from asithappened.desk.views.asking import asker, called, grant_for, page
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.screen import Button, Done, Explanation, Screen, Shown, press
from asithappened.log import read
from asithappened.log.scrub import unscrubbed_since
from asithappened.published.models import PublishedPost
from asithappened.render.edition import edition_of
from asithappened.render.post import fragment


@flow
def write(request: HttpRequest, slug: str) -> Screen:
    """Write a post, and publish it."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    blank = dataclasses.replace(post_form.blank(by.byline), zone=grant.state.zone)
    also = ("once", "pin", "again", "at", "zone", "embargo", "rows")
    fields = PostFields(begins=blank, zone=grant.state.zone, also=also)

    def publish(written: Written) -> Done:
        form = written.form
        if held := actions.hold_post(
            grant.id, by=by, draft=written.draft, once=form.once, pin=form.pin, again=form.again, rows=written.rows
        ):
            said = _("Held until {time}.").format(time=when.said_of(held))
            return Done(said=said, to=_scheduled(grant), told=when.told(held))
        post = actions.publish_post(
            grant.id, by=by, draft=written.draft, once=form.once, pin=form.pin, again=form.again, rows=written.rows
        )
        said = _("Published. Readers have it.") + told_of_rows.left_out(grant, written, post)
        if form.pin:
            said += " " + _("{post} is pinned.").format(post=called(grant, post))
        receipt = receipts.of_words(grant.id, post, "publish_post")
        return Done(said=said, to=at(grant, post.id), told=told_of_rows.stale(grant, written), receipt=receipt)

    def earlier(written: Written) -> Done:
        form = written.form
        said_at = when.typed(form.at, form.zone or grant.state.zone)
        post = actions.publish_post(
            grant.id,
            by=by,
            draft=written.draft,
            once=form.once,
            pin=form.pin,
            again=form.again,
            at=said_at,
            rows=written.rows,
        )
        said = _("Published with its time, {time}.").format(time=when.said(said_at, grant.state.zone))
        return Done(said=said, to=at(grant, post.id), receipt=receipts.of_words(grant.id, post, "publish_post"))

    def schedule(written: Written) -> Done:
        form, zone = written.form, written.form.zone or grant.state.zone
        row = actions.schedule_post(
            grant.id,
            by=by,
            draft=written.draft,
            once=form.once,
            at=when.typed(form.at, zone),
            zone=zone,
            pin=form.pin,
            embargo=form.embargo,
            again=form.again,
            rows=written.rows,
        )
        said = _("Scheduled for {time}.").format(time=when.said_of(row))
        return Done(said=said, to=_scheduled(grant), told=when.told(row))

    def embargo(written: Written) -> Done:
        form, zone = written.form, written.form.zone or grant.state.zone
        post, until = actions.post_id(grant.id, form.once), when.typed(form.at, zone)
        set_ = actions.embargo_draft(grant.id, by=by, draft=written.draft, post=post, until=until)
        said = _("Under embargo until {time}: nobody publishes it before.").format(time=when.said(until, zone))
        told = {"embargo": {"number": set_.pk, "post": post, "until": set_.until}}
        return Done(said=said, to=_scheduled(grant), told=told)

    def explain(error: Exception, written: Written) -> Explanation | None:
        match error:
            case actions.SaidBefore(post=post):
                message = _("You published these very words before; nothing was published a second time.")
                problem = Problem(code="said_before", message=message)
                return Explanation(
                    problem=problem, context={"said_before": post}, told={"post": post.id}, in_form=False
                )
            case actions.Refused() if error.refusal.code == "sent_before":
                made = actions.post_id(grant.id, written.form.once)
                problem = Problem(code="sent_before", message=refusals.said(error))
                return Explanation(problem=problem, context={"sent": made}, told={"post": made})
        return when.explain(error)

    return Screen(
        template="desk/write.html",
        context=lambda: page(grant),
        buttons={
            "publish": Button(reads=fields, verb=publish, explain=explain),
            "schedule": Button(reads=fields, verb=schedule, explain=explain),
            "earlier": Button(reads=fields, verb=earlier, explain=explain),
            "embargo": Button(reads=fields, verb=embargo, explain=explain),
            "preview": previewing(grant, fields),
        },
        back=at(grant),
    )


def _scheduled(grant: Grant) -> str:
    return reverse("desk:scheduled", args=[grant.state.slug])


def at(grant: Grant, post: str = "") -> str:
    """Return the address of the timeline, or of a post in it."""
    return f"/desk/live/{grant.state.slug}/" + (f"#p-{post}" if post else "")


def previewing(grant: Grant, fields: PostFields, post: PostState | None = None) -> Button[Written]:
    """Return the button that shows a preview."""

    def show(written: Written) -> Shown:
        shown = preview(grant, written.draft, post)
        return Shown(context={"preview": shown}, told={"preview": shown}, keeps_form=True)

    return Button(reads=fields, verb=show)


def preview(grant: Grant, draft: Draft, post: PostState | None = None) -> SafeString:
    """Return a draft as readers would see it, by the same renderer."""
    shown = PostState(
        id=post.id if post else "preview",
        position=post.position if post else 0,
        first_seq=post.first_seq if post else 0,
        content_seq=0,
        last_seq=0,
        title=draft.title,
        body=draft.body,
        kind=draft.kind,
        bylines=draft.bylines,
        signed=signatures(draft.bylines, grant.state, post),
        graphic=draft.graphic,
        published_at=post.published_at if post else datetime.now(UTC),
        updated=post.updated if post else False,
        updated_at=post.updated_at if post else None,
        reasons=post.reasons if post else (),
    )
    return mark_safe(fragment(edition_of(grant.state, desk=True), shown).decode())  # noqa: S308 -- sanitised by render


@flow
def edit(request: HttpRequest, slug: str, post: str) -> Screen:
    """Edit a post, also a withdrawn one before it is published again. If somebody else changed it, show both texts."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = _post(grant, post)
    if now.erased:
        raise Http404  # the 404 gives a person who was editing it their own words back
    fields = PostFields(
        begins=post_form.of(_version(grant, now, request.GET.get("version", "")), based_on=now.last_seq),
        zone=grant.state.zone,
        also=("based_on", "minor", "reason", "rows"),
        seed=post,
        old=lambda seq: words_at(grant, now, seq),
    )

    def save(written: Written) -> Done:
        form = written.form
        verb = actions.revise_post if now.visible else actions.restore_post
        saved = verb(
            grant.id,
            by=by,
            post=post,
            draft=written.draft,
            based_on=form.based_on or 0,
            minor=form.minor,
            reason=form.reason.strip(),
            rows=written.rows,
        )
        done = _("Saved. Readers have the new text.") if now.visible else _("Published again. Readers have it.")
        done += told_of_rows.left_out(grant, written, saved)
        receipt = receipts.of_words(grant.id, saved, verb.__name__)
        return Done(said=done, to=at(grant, post), told=told_of_rows.stale(grant, written), receipt=receipt)

    def explain(error: Exception, written: Written) -> Explanation | None:
        """Show the present text beside the typed one, so that the person decides with both in view."""
        if not isinstance(error, actions.Moved):
            return None
        message = _("Somebody else changed this post meanwhile. Yours is not saved yet.")
        began = words_at(grant, now, written.form.based_on)
        met = meeting.view(grant, post=now, began=began, theirs=draft_of(now), mine=written.draft)
        return Explanation(
            problem=Problem(code="moved", message=message),
            context={"meeting": met},
            told={"meeting": met, "mine": in_words(written.draft)},
            template="desk/conflict.html",
            in_form=False,
        )

    return Screen(
        template="desk/edit.html",
        part="desk/parts/edit_in_place.html",
        context=lambda: page(grant, post=now, history=_history(grant, post)),
        buttons={
            "publish": Button(reads=fields, verb=save, explain=explain),
            "preview": previewing(grant, fields, now),
        },
        back=at(grant, post),
    )


def _history(grant: Grant, post: str) -> SafeString:
    rows = PublishedPost.objects.filter(blog=grant.id, post=post, visible=True)
    row = rows.values_list("history", flat=True).first()
    return mark_safe(bytes(row).decode() if row else "")  # noqa: S308 -- render's own, as readers have it


def _post(grant: Grant, post: str) -> PostState:
    found = read.post(grant.id, post)
    if found is None:
        raise Http404
    return found


def in_words(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON for a program."""
    return {
        "title": draft.title,
        "body": draft.body,
        "kind": draft.kind,
        "bylines": list(draft.bylines),
        "graphic": draft.graphic,
    }


def words_at(grant: Grant, post: PostState, seq: int | None) -> Draft:
    """Return the words from which an edit began: ids of blocks come from them, and a merge compares with them."""
    found = draft_of(post)
    if seq is None or seq >= post.last_seq:
        return found
    for fact in read.facts(grant.id, upto=seq, subject=e.post(post.id)):
        match fact.event:
            case e.PostWords() as event:
                found = _drafted(event)
            case e.PostKindSet(kind=kind):
                found = replace(found, kind=kind)
            case _:
                pass
    return found


def _version(grant: Grant, post: PostState, seq: str) -> Draft:
    """Return the words of the requested older version, or the present ones if none is requested. Raises Http404."""
    if not seq:
        return draft_of(post)
    for fact in read.revisions(grant.id, post.id):
        if str(fact.seq) == seq and isinstance(fact.event, e.PostWords):
            return _drafted(fact.event)
    raise Http404


def _drafted(event: e.PostWords) -> Draft:
    """Return the words of one version as a draft."""
    return Draft(title=event.title, body=event.body, kind=event.kind, bylines=event.bylines, graphic=event.graphic)


@flow
def withdraw(request: HttpRequest, slug: str, post: str) -> Screen:
    """Withdraw a post, after saying what that means and asking for the reason."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)

    def done() -> str:
        return _("Withdrawn. No reader is sent its words any more; the desk keeps them.")

    return _after_asking(request, grant, post, actions.withdraw_post, "withdraw", done=done, form=Withdrawing)


@flow
def erase(request: HttpRequest, slug: str, post: str) -> Screen:
    """Erase a post's words for good, after saying what that means and asking for the reason."""
    grant = grant_for(request, slug, to=Verb.OWN)
    return _after_asking(request, grant, post, actions.erase_post, "erase", done=erased)


def erased() -> str:
    """Return the sentence about words that were erased just now: gone, or still being scrubbed from the database."""
    if unscrubbed_since() is None:
        return _("Erased: gone from the log and the database's files. A backup made before holds the words still.")
    return _(
        "Erased: gone from every page and from the log. The words are being scrubbed from the database's files, where "
        "somebody is reading what was there before; a backup made before holds them still."
    )


def _after_asking(
    request: HttpRequest,
    grant: Grant,
    post: str,
    verb: Callable[..., actions.Receipt],
    name: str,
    *,
    done: Callable[[], str],
    form: type[Reasoning] = Reasoning,
) -> Screen:
    now, by = _post(grant, post), asker(request)

    def carried_out(typed: dict[str, Any]) -> Done:
        receipt = verb(grant.id, by=by, post=post, **{one: typed[one] for one in form.base_fields})
        return Done(said=done(), to=at(grant), receipt=receipts.of_press(receipt, post))

    return Screen(
        template=f"desk/{name}.html",
        context=lambda: page(grant, post=now, preview=preview(grant, draft_of(now), now)),
        buttons={name: Button(reads=Fields(made=form), verb=carried_out)},
        default=name,
        back=at(grant),
    )


@post_only
def change(request: HttpRequest, slug: str, post: str) -> Screen:
    """Pin, unpin or restore a post, or set its kind: a button each."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    name = called(grant, _post(grant, post))

    def done(receipt: actions.Receipt, said: str) -> Done:
        return Done(said=said, to=at(grant, post), receipt=receipts.of_press(receipt, post))

    def pin() -> Done:
        return done(actions.pin_post(grant.id, by=by, post=post), _("{post} is pinned.").format(post=name))

    def moved(places: int) -> Button[dict[str, str]]:
        said = _("{post} has another place among the pinned posts.").format(post=name)
        return press(lambda: done(actions.move_pin(grant.id, by=by, post=post, places=places), said))

    def unpin() -> Done:
        said = _("{post} is no longer pinned.").format(post=name)
        return done(actions.unpin_post(grant.id, by=by, post=post), said)

    def restore() -> Done:
        restored = actions.restore_post(grant.id, by=by, post=post)
        said = _("{post} is published again, as it was.").format(post=name)
        return Done(said=said, to=at(grant, post), receipt=receipts.of_words(grant.id, restored, "restore_post"))

    def unpublish() -> Done:
        row = actions.unpublish_post(grant.id, by=by, post=post)
        said = _("{post} was taken back from readers. Its words wait for you as a draft.").format(post=name)
        told = {**when.told(row), **when.words(row)}
        return Done(said=said, to=reverse("desk:scheduled_post", args=[grant.state.slug, row.pk]), told=told)

    def promised() -> Done:
        made = actions.promise(grant.id, by=by, post=post)
        said = _("You are reminded that {post} promises more.").format(post=name)
        return Done(said=said, to=at(grant, post), told={"promise": {"number": made.pk, "due": made.due_at}})

    def becomes(kind: PostKind) -> Button[dict[str, str]]:
        said = str(_NOW[kind]).format(post=name)
        return press(lambda: done(actions.set_kind(grant.id, by=by, post=post, kind=kind), said))

    return Screen(
        buttons={
            "pin": press(pin),
            "unpin": press(unpin),
            "higher": moved(-1),
            "lower": moved(1),
            "restore": press(restore),
            "unpublish": press(unpublish),
            "promise": press(promised),
            **{kind.value: becomes(kind) for kind in PostKind},
        },
        back=at(grant, post),
    )


_NOW: Final = {
    PostKind.UPDATE: gettext_lazy("{post} is now a plain update."),
    PostKind.KEY_EVENT: gettext_lazy("{post} is now a key event."),
    PostKind.SUMMARY: gettext_lazy("{post} is now a summary."),
}
