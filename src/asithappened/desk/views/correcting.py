"""Correcting an error, and finding the texts that still say the old thing afterwards.

Owns the pages: a post's correction, the headline's, the sweep, and the list of corrections with how far each came.
Look next: `actions.correcting`, `desk.sweeping`.
"""

import re
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from asithappened.accounts.gate import Grant, Verb
from asithappened.alerts.models import Alert
from asithappened.core import events as e
from asithappened.core.ledger_state import Correction
from asithappened.core.limits import STATEMENT_CHARS
from asithappened.desk import actions, sweeping
from asithappened.desk.actions import correcting, reaching
from asithappened.desk.forms.correcting import Correcting, CorrectingBlog, Naming
from asithappened.desk.forms.reading import Fields
from asithappened.desk.models import CorrectionReach
from asithappened.desk.sweeping import Found
from asithappened.desk.views import receipts
from asithappened.desk.views.asking import asker, called, grant_for, page, signed_in
from asithappened.desk.views.flow import flow
from asithappened.desk.views.screen import Button, Done, Screen
from asithappened.jobs.clock import CLOCK
from asithappened.log import read

_ID: Final = re.compile("[A-Za-z0-9_-]{1,64}")
CACHED_S: Final = 12  # the longest that a cache may serve a page without asking (delivery.documents.PAGE)
OLDER_CACHED_S: Final = 120
AROUND: Final = 32  # characters before and after selected words, as many as the script sends (frontend/desk/sheet.ts)


@flow
def correct(request: HttpRequest, slug: str, post: str) -> Screen:
    """Correct a post: choose the wrong words, give the right ones and the reason."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = read.post(grant.id, post)
    if now is None or not now.visible:
        raise Http404

    def done(typed: dict[str, Any]) -> Done:
        fields = {name: typed[name].strip() for name in ("was", "now", "reason")}
        receipt = actions.correct_post(
            grant.id,
            by=by,
            post=post,
            mend=typed["mend"],
            once=typed["once"],
            chosen=_place_of(request, fields["was"]),
            **fields,
        )
        return _corrected(grant, receipt, receipts.of_press(receipt, post))

    return Screen(
        template="desk/correct.html",
        context=lambda: page(grant, post=now, called=called(grant, now)),
        buttons={"correct": Button(reads=Fields(made=Correcting, initial=_chosen(request)), verb=done)},
        default="correct",
        back=f"/desk/live/{slug}/#p-{post}",
    )


@flow
def correct_blog(request: HttpRequest, slug: str) -> Screen:
    """Correct the headline or the standfirst."""
    grant, by = grant_for(request, slug, to=Verb.DESCRIBE), asker(request)

    def done(typed: dict[str, Any]) -> Done:
        fields = {name: typed[name].strip() for name in ("was", "now", "reason")}
        receipt = actions.correct_blog(
            grant.id, by=by, of=typed["of"], mend=typed["mend"], once=typed["once"], **fields
        )
        return _corrected(grant, receipt, receipts.of_blog(receipt))

    return Screen(
        template="desk/correct.html",
        context=lambda: page(grant),
        buttons={"correct": Button(reads=Fields(made=CorrectingBlog, initial=_chosen(request)), verb=done)},
        default="correct",
        back=f"/desk/live/{slug}/",
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    """Return the words that were selected in the post, with which the form is filled in."""
    was = request.GET.get("was", "")[:STATEMENT_CHARS].strip()
    return {"was": was, "now": was} if was else {}


def _place_of(request: HttpRequest, was: str) -> correcting.Chosen | None:
    """Return where the selected words were; None if none were selected, or others were typed in their place."""
    if "before" not in request.GET or was != request.GET.get("was", "").strip():
        return None
    return correcting.Chosen(before=request.GET["before"][-AROUND:], after=request.GET.get("after", "")[:AROUND])


def _corrected(grant: Grant, receipt: actions.Receipt, asked: receipts.Asked) -> Done:
    row = next(
        fact.subject
        for fact in read.facts(grant.id, after=receipt.first - 1, upto=receipt.last)
        if fact.subject.about == e.CORRECTION
    )
    found = len(sweeping.stale(grant.id, row))
    said = _("Corrected. Readers see it where the error stood.") + " " + _still(found)
    return Done(said=said, to=swept(grant, row), told={"sheet": True}, receipt=asked)


def _still(found: int) -> str:
    if not found:
        return _("No other text says the old thing.")
    return ngettext("One more text says the old thing.", "{n} more texts say the old thing.", found).format(n=found)


def swept(grant: Grant, row: e.Subject) -> str:
    """Return the address of the sweep that a row caused."""
    return f"{reverse('desk:sweep', args=[grant.state.slug])}?row={row}"


@flow
def sweep(request: HttpRequest, slug: str) -> Screen:
    """Show the texts that still say the old thing; one key corrects each."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    about, _colon, id_ = request.GET.get("row", "").partition(":")
    row = e.Subject(about, id_) if about in e.LEDGER and _ID.fullmatch(id_) else None
    here = reverse("desk:sweep", args=[slug]) + (f"?row={row}" if row is not None else "")

    def mend(typed: dict[str, Any]) -> Done:
        receipt = correcting.mend(grant.id, by=by, key=typed["key"])
        if receipt is None:
            return Done(said=_("Sent to whoever got the old alert."), to=here)
        return Done(said=_("Mended. Readers have it."), to=here, receipt=receipts.of_blog(receipt))

    def leave(typed: dict[str, Any]) -> Done:
        correcting.leave(grant.id, by=by, key=typed["key"])
        return Done(said=_("It stays as it is, and is not found again."), to=here)

    which = Fields(made=Naming, name="which", shown=False)
    return Screen(
        template="desk/sweep.html",
        context=lambda: page(grant, **found_in(grant, row)),
        buttons={"mend": Button(reads=which, verb=mend), "leave": Button(reads=which, verb=leave)},
        back=here,
    )


def found_in(grant: Grant, row: e.Subject | None = None) -> dict[str, Any]:
    """Return what the sweep found, for its page and for the tab of the ledger."""
    found, alerts = sweeping.stale(grant.id, row), sweeping.told(grant.id)
    return {"found": [_shown(grant, one) for one in found], "texts": grant.state.posts + 2 + len(alerts)}


def _shown(grant: Grant, one: Found) -> dict[str, Any]:
    stale = one.stale
    at = stale.start - stale.sentence_start
    where, href = _place(grant, one)
    return {
        "key": one.key,
        "where": where,
        "href": href,
        "alert": one.alert is not None,
        "before": stale.sentence[:at],
        "exact": stale.exact,
        "after": stale.sentence[at + len(stale.exact) :],
        "replacement": stale.replacement,
        "says": stale.says,
        "stands": stale.stands,
    }


def _place(grant: Grant, one: Found) -> tuple[str, str]:
    """Return the name of a place, and its address at the desk."""
    if one.post is None:
        return str(_BLOG[one.stale.text]), ""
    if one.alert is not None:
        said = _("The alert of {post}").format(post=called(grant, one.post))
        return said, reverse("desk:alerts", args=[grant.state.slug])
    return called(grant, one.post), f"/desk/live/{grant.state.slug}/#p-{one.post.id}"


_BLOG: Final = {sweeping.HEADLINE: gettext_lazy("The headline"), sweeping.STANDFIRST: gettext_lazy("The standfirst")}


@require_safe
@signed_in
def corrections(request: HttpRequest, slug: str) -> HttpResponse:
    """List the corrections of a live blog, with how many readers and devices each reached and when."""
    grant = grant_for(request, slug, to=Verb.PUBLISH)
    rows = [row for row in read.rows(grant.id, e.CORRECTION) if isinstance(row, Correction) and row.visible]
    reach = {one.seq: one for one in CorrectionReach.objects.filter(blog_id=grant.id)}
    alerts, awaited = _alerts(grant, [row.id for row in rows]), reaching.awaited(grant.id)
    shown = [
        {
            "row": row,
            "reach": reach.get(row.content_seq),
            "awaited": row.content_seq in awaited,
            "alerts": alerts.get(row.id, ()),
        }
        for row in sorted(rows, key=lambda row: row.content_seq, reverse=True)
    ]
    found = {"corrections": shown, "cached_s": CACHED_S, "older_cached_s": OLDER_CACHED_S}
    return render(request, "desk/corrections.html", page(grant, **found))


def _alerts(grant: Grant, corrections: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the alerts that mend the same error on devices, by the correction."""
    now, of_row = CLOCK.now(), dict[str, list[dict[str, Any]]]()
    for one in Alert.objects.filter(blog_id=grant.id, mends__in=corrections).order_by("pk"):
        waits = one.state == Alert.State.WAITING and one.until > now
        left = max(0, one.reach - one.sent - one.gone - one.failed) if one.state == Alert.State.SENDING else 0
        of_row.setdefault(one.mends, []).append({"alert": one, "waits": waits, "left": left})
    return of_row
