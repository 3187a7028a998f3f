"""Suggestions for the ledger from a post that is being written: the composer asks while somebody types.

Owns what the composer is told of a suggestion, that a rejection is remembered, and how many texts are read at once,
because publishing needs the same threads. The words themselves are not stored.
Look next: `ledger.suggested`, `actions.accepting`.
"""

from datetime import datetime
from itertools import islice
from threading import BoundedSemaphore
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

import msgspec
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.core import body, limits
from asithappened.core import events as e
from asithappened.core.body import Doc
from asithappened.desk import blog_view, choices, lists, sweeping
from asithappened.desk.actions import accepting
from asithappened.desk.forms.correcting import Forgetting
from asithappened.desk.forms.json_only import JsonOnly
from asithappened.desk.forms.reading import Fields
from asithappened.desk.models import Choice, LearnedOutlet
from asithappened.desk.views.asking import asker, grant_for
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.screen import Button, Done, Screen, Shown
from asithappened.ledger import reading, suggested, views
from asithappened.ledger.accepted import AcceptedFigure, AcceptedState, AcceptedStatement, AnyAccepted
from asithappened.ledger.changes import Text
from asithappened.ledger.stale.sweep import contradictions
from asithappened.ledger.views import BlogView, PostView
from asithappened.log import read

MOST: Final = 12  # more are no help: five are shown, and the next when one is decided
MOST_CHARS: Final = 20_000  # of a text that is read while it is typed: half a second of one core
AT_ONCE: Final = 2  # of the eight requests of the desk that delivery.turns lets run at once
_READING: Final = BoundedSemaphore(AT_ONCE)
_SEED: Final = "suggested"  # from which ids of new blocks are made here


class Writing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a composer. `post`: the post that is edited, "" for a new one."""

    title: Annotated[str, msgspec.Meta(max_length=limits.TITLE_CHARS)] = ""
    body: Doc = Doc()
    post: Annotated[str, msgspec.Meta(max_length=64)] = ""


class Chosen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A suggestion, by its key."""

    words: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{24}$(?!\n)")]


@flow
def learned(request: HttpRequest) -> Screen:
    """Show the outlets that the suggestions learned from people, and forget one."""
    by = asker(request)
    gate.check_may_open(by)
    here = reverse("desk:learned")

    def forget(typed: dict[str, Any]) -> Done:
        accepting.forget_outlet(typed["number"], by=by)
        return Done(said=_("Forgotten. Texts are read without it from now on."), to=here)

    return Screen(
        template="desk/learned.html",
        context=lambda: {"outlets": LearnedOutlet.objects.select_related("by").order_by("language", "name")},
        buttons={"forget": Button(reads=Fields(made=Forgetting, name="which", shown=False), verb=forget)},
        back=here,
    )


@post_only
def suggest(request: HttpRequest, slug: str) -> Screen:
    """Return what the composer's words suggest, or remember that somebody rejected a suggestion."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    back = f"/desk/live/{slug}/"

    def look(writing: Writing) -> Shown:
        return Shown(context={}, told=_told_in_turn(grant.id, writing))

    def reject(chosen: Chosen) -> Done:
        accepting.reject(grant.id, by=by, words=chosen.words)
        return Done(said=_("It will not be suggested again on this live blog."), to=back)

    def reconsider(chosen: Chosen) -> Done:
        accepting.reconsider(grant.id, by=by, words=chosen.words)
        return Done(said=_("It may be suggested again."), to=back)

    return Screen(
        buttons={
            "suggest": Button(reads=JsonOnly(shape=Writing), verb=look),
            "reject": Button(reads=JsonOnly(shape=Chosen), verb=reject),
            "reconsider": Button(reads=JsonOnly(shape=Chosen), verb=reconsider),
        },
        default="suggest",
        back=back,
    )


def _told_in_turn(blog: int, writing: Writing) -> dict[str, Any]:
    if not _READING.acquire(blocking=False):
        return {"suggested": [], "contradicts": [], "busy": True}
    try:
        return _told(blog, writing)
    finally:
        _READING.release()


def _told(blog: int, writing: Writing) -> dict[str, Any]:
    try:
        doc = body.with_ids(writing.body, seed=_SEED)
    except body.BodyError:  # publishing will say so
        return _NOTHING
    lists.refresh()
    others = blog_view.of_blog(blog)
    post = views.of_body(
        writing.title,
        doc,
        number=blog_view.number_of(writing.post, others),
        id=writing.post,
        revision=blog_view.revision_of(writing.post, others),
    )
    if len(post.text) > MOST_CHARS:
        return _NOTHING
    blocks = [block.attrs.id for block in doc.content]
    return {
        "suggested": _suggested(blog, post, others, blocks),
        "contradicts": _contradicts(blog, post, others.language, blocks),
    }


_NOTHING: Final[dict[str, Any]] = {"suggested": [], "contradicts": []}


def _contradicts(blog: int, post: PostView, language: str, blocks: list[str]) -> list[dict[str, Any]]:
    """Return where the words contradict the ledger: an old figure, a former state, an error since corrected."""
    text = Text(key="", view=post, at=datetime.now(ZoneInfo(read.blog(blog).zone)))
    told = []
    for stale in islice(contradictions(text, sweeping.changes(blog), language), MOST):
        part = next(part for part in post.parts if part.start <= stale.start < part.end)
        first = next(other.start for other in post.parts if other.block == part.block)
        told.append(
            {
                "block": blocks.index(part.block) if part.block in blocks else -1,
                "within": post.text[first : stale.start].count(stale.exact),
                "exact": stale.exact,
                "says": _("This says {says}; {stands} stands.").format(says=stale.says, stands=stale.stands),
            }
        )
    return told


def _suggested(blog: int, post: PostView, others: BlogView, blocks: list[str]) -> list[dict[str, Any]]:
    found = reading.read(post, others)
    rows = [row for about in (e.STATEMENT, e.SERIES) for row in read.rows(blog, about)]
    unwanted = choices.Chosen(blog, Choice.What.REJECTED)
    wanted = [one for one in suggested.suggested(post, found, rows, blocks, others.language) if one.key not in unwanted]
    return [
        {
            "key": one.key,
            "block": one.block,
            "within": one.within,
            "confidence": one.confidence,
            "says": _says(one.row),
            "more": _more(one.row),
            "row": msgspec.to_builtins(one.row),
        }
        for one in wanted[:MOST]
    ]


def _says(row: AnyAccepted) -> str:
    match row:
        case AcceptedStatement(name=name, text=text):
            return f"{name or _('Who?')}: {text}"
        case AcceptedFigure(label=label, value=value, unit=unit, modifier=modifier):
            figure = f"{value:,.10g}{'' if unit in _CLOSE else ' '}{unit}".strip()
            return f"{label}: {_MODIFIERS[modifier]} {figure}" if modifier else f"{label}: {figure}"
        case AcceptedState(label=label, value=value):
            return f"{label}: {value}"


def _more(row: AnyAccepted) -> str:
    """Return further details of a row, in few words."""
    said: list[str] = []
    match row:
        case AcceptedStatement():
            said += [str(_QUOTES[row.quote])] if row.quote == "direct" else []
            said += [row.channel.replace("_", " ")] if row.channel else []
            said += [_("via {outlet}").format(outlet=relay.outlet) for relay in row.relays]
            said += [hedge.replace("_", " ") for hedge in row.hedges]
        case AcceptedFigure():
            said.append(_("goes on a series") if row.series else _("begins a series"))
            said += [_("was {figure}").format(figure=f"{row.was:,.10g}")] if row.was is not None else []
            said += [row.name] if row.name else []
        case AcceptedState():
            said.append(_("goes on a series") if row.series else _("begins a series"))
    return " · ".join(said)


_CLOSE: Final = ("", "%")
_QUOTES: Final = {"direct": gettext_lazy("quoted")}
_MODIFIERS: Final = {
    "about": gettext_lazy("about"),
    "nearly": gettext_lazy("nearly"),
    "more_than": gettext_lazy("more than"),
    "up_to": gettext_lazy("up to"),
    "at_least": gettext_lazy("at least"),
    "only": gettext_lazy("only"),
}
