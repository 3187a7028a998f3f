"""The forms of the ledger: recording and changing a statement or a series, assessing, moving, taking back, erasing.

Owns how typed values become a row. Look next: `forms.ledger` for the fields, `actions.ledger` for the verbs.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Row, Series, Statement
from asithappened.desk import actions, refusals
from asithappened.desk.actions import anchoring, resting, sources
from asithappened.desk.actions import ledger as verbs
from asithappened.desk.forms import ledger as made
from asithappened.desk.forms.blog import Reasoning
from asithappened.desk.forms.ledger_words import STATUSES
from asithappened.desk.forms.reading import Fields, Problem
from asithappened.desk.models import Check, SourceName
from asithappened.desk.views import ledger_lines, receipts, when
from asithappened.desk.views.asking import asker, called, grant_for, page
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.ledger import at
from asithappened.desk.views.posts import erased
from asithappened.desk.views.screen import Button, Done, Explanation, Screen, press
from asithappened.log import read

NAMES = 2_000  # names of sources that a field suggests: all that most houses have, in some 40 kB
_AT = {
    "no_words": "words",
    "not_there": "words",
    "being_erased": "source",
    "no_value": "value",
    "out_of_range": "value",
}
R = TypeVar("R", Statement, Series)


@flow
def new_statement(request: HttpRequest, slug: str) -> Screen:
    """Record what somebody said, by hand or from a post."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    fields = Fields(made=made.StatementForm, initial={"once": secrets.token_hex(8), **_asked(request)})
    return Screen(
        template="desk/statement.html",
        context=lambda: _page(grant, post=_post_of(grant, request)),
        buttons={"record": Button(reads=fields, verb=_recording(grant, by, None), explain=_explain("stated_at"))},
        default="record",
        back=_list(grant),
    )


@flow
def statement(request: HttpRequest, slug: str, row: str) -> Screen:
    """Change a statement, or assess it."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = _found(grant, e.Subject(e.STATEMENT, row), Statement)
    fields = Fields(made=made.StatementForm, initial=_typed(now, grant) | _asked(request), based_on=now.last_seq)

    def assess(typed: dict[str, Any]) -> Done:
        status = e.Verification(typed["status"])
        checking = verbs.Checking(method=typed["method"], note=typed["internal"], credibility=typed["credibility"])
        receipt = verbs.assess_statement(
            grant.id, by=by, statement=row, status=status, note=typed["note"], checking=checking
        )
        said = _("Readers are told what we know.") if receipt else _("Noted, for the desk alone.")
        return _done(grant, now, said, receipt)

    knows = {"status": now.status.value, "note": now.assessments[-1].note if now.assessments else ""}
    checking = Fields(made=made.AssessForm, name="checking", initial=knows)
    checks = Check.objects.filter(blog_id=grant.id, about=e.STATEMENT, row=row).select_related("by")
    return Screen(
        template="desk/statement.html",
        context=lambda: _page(
            grant,
            row=now,
            line=ledger_lines.line(now),
            told=[(one, STATUSES[one.status]) for one in now.assessments],
            checks=checks.order_by("-pk")[:20],
            post=_post_of(grant, request),
        ),
        buttons={
            "record": Button(reads=fields, verb=_recording(grant, by, now), explain=_explain("stated_at")),
            "assess": Button(reads=checking, verb=assess),
        },
        back=at(grant, e.STATEMENT, row),
    )


def _recording(grant: Grant, by: User, now: Statement | None) -> Callable[[dict[str, Any]], Done]:
    def record(typed: dict[str, Any]) -> Done:
        id_ = now.id if now else _id(grant, typed)
        event = e.StatementRecorded(
            statement=id_,
            text=typed["text"],
            quote=typed["quote"] or "indirect",
            by=_source(typed, by, now.by if now else None),
            cue=typed["cue"] or "assert",
            on=_channel(typed),
            relays=typed["relays"],
            hedges=tuple(typed["hedges"]),
            stated_at=_time(typed["stated_at"], grant),
            anchors=_anchors(grant, typed),
            carried_from=now.carried_from if now else None,
        )
        receipt = verbs.record_statement(grant.id, by=by, statement=event, based_on=typed["based_on"] if now else None)
        said = _("Saved. Readers have it.") if now else _("Recorded. Readers have it.")
        return _done(grant, verbs.find(grant.id, event.subject), said, receipt)

    return record


@flow
def new_series(request: HttpRequest, slug: str) -> Screen:
    """Record a figure that moves, or a state that switches, with its first value."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)

    def record(of: str, typed: dict[str, Any]) -> Done:
        id_ = _id(grant, typed)
        series = _series(id_, of, typed, None)
        value = _value(grant, by, id_, typed)
        receipt = verbs.record_series(grant.id, by=by, series=series, values=[value])
        return _done(grant, verbs.find(grant.id, series.subject), _("Recorded. Readers have it."), receipt)

    begins = {"once": secrets.token_hex(8), **_asked(request)}
    figure = Fields(made=made.NewFigures, name="figure", initial=begins)
    state = Fields(made=made.NewStates, name="state", prefix="state", initial=begins)
    return Screen(
        template="desk/new_series.html",
        context=lambda: _page(grant, of=request.GET.get("of", ""), post=_post_of(grant, request)),
        buttons={
            "figure": Button(reads=figure, verb=partial(record, "figure"), explain=_explain("as_of")),
            "state": Button(reads=state, verb=partial(record, "state"), explain=_explain("as_of")),
        },
        back=_list(grant),
    )


@flow
def series(request: HttpRequest, slug: str, row: str) -> Screen:
    """Move a series to a new value, take a value back, or change its description."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    now = _found(grant, e.Subject(e.SERIES, row), Series)

    def move(typed: dict[str, Any]) -> Done:
        receipt = verbs.move_series(grant.id, by=by, value=_value(grant, by, row, typed))
        return _done(grant, now, _("Readers have the new value."), receipt)

    def describe(typed: dict[str, Any]) -> Done:
        event = _series(row, now.of, typed, now)
        receipt = verbs.record_series(grant.id, by=by, series=event, based_on=typed["based_on"])
        return _done(grant, now, _("Saved. Readers have it."), receipt)

    def take_back(typed: dict[str, Any]) -> Done:
        receipt = verbs.remove_value(grant.id, by=by, series=row, value=typed["value"])
        return _done(grant, now, _("Taken back. The value before it stands."), receipt)

    figures = now.of == "figure"
    begins = {"label": now.label, "places": now.places, "policy": now.policy.value}
    if figures:
        begins |= {"figure": now.figure, "unit": now.unit, "counted": now.counted, "outcome": now.outcome}
    value = Fields(made=made.FigureForm if figures else made.StateForm, name="value", initial=_asked(request))
    description = Fields(
        made=made.FiguresForm if figures else made.StatesForm,
        name="description",
        initial=begins,
        based_on=now.last_seq,
    )
    values = [(one, ledger_lines.value(now, one)) for one in reversed(now.values)]
    return Screen(
        template="desk/series.html",
        context=lambda: _page(
            grant, row=now, line=ledger_lines.line(now), values=values, post=_post_of(grant, request)
        ),
        buttons={
            "move": Button(reads=value, verb=move, explain=_explain("as_of")),
            "take_back": Button(reads=Fields(made=made.TakenBack, name="taking", shown=False), verb=take_back),
            "describe": Button(reads=description, verb=describe),
        },
        back=at(grant, e.SERIES, row),
    )


@post_only
def ledger_row(request: HttpRequest, slug: str, about: str, row: str) -> Screen:
    """Take a row back, put it back, or erase it for good."""
    grant, by = grant_for(request, slug, to=Verb.PUBLISH), asker(request)
    of = e.Subject(about, row) if about in e.LEDGER else e.Subject(e.STATEMENT, "")
    now = verbs.find(grant.id, of)
    if now is None:
        raise Http404

    def remove() -> Done:
        receipt = verbs.remove_row(grant.id, by=by, row=of)
        return _done(grant, now, _("Taken back. No reader is sent it any more."), receipt, to=_list(grant))

    def restore() -> Done:
        verbs.restore_row(grant.id, by=by, row=of)
        return _done(grant, now, _("It is there again."), None, to=_list(grant))

    def erase(typed: dict[str, Any]) -> Done:
        verbs.erase_row(grant.id, by=by, row=of, reason=typed["reason"])
        return Done(said=erased(), to=_list(grant))

    buttons: dict[str, Button[Any]] = {"remove": press(remove), "restore": press(restore)}
    if grant.may(Verb.OWN):
        buttons["erase"] = Button(reads=Fields(made=Reasoning, name="reason", shown=False), verb=erase)
    return Screen(buttons=buttons, back=_list(grant))


def _page(grant: Grant, **more: Any) -> dict[str, Any]:
    living = SourceName.objects.filter(source__leaving=False).order_by("name")
    return page(grant, names=living.values_list("name", flat=True)[:NAMES], **more)


def _list(grant: Grant) -> str:
    return reverse("desk:ledger", args=[grant.state.slug])


def _found(grant: Grant, of: e.Subject, kind: type[R]) -> R:
    found = verbs.find(grant.id, of)
    if not isinstance(found, kind) or found.erased:
        raise Http404
    return found


def _id(grant: Grant, typed: Mapping[str, Any]) -> str:
    return verbs.new_id(f"{grant.id}\0{typed['once']}" if typed["once"] else "")


def _done(grant: Grant, row: Row | None, said: str, receipt: actions.Receipt | None, *, to: str = "") -> Done:
    assert row is not None
    now = verbs.find(grant.id, of := resting.subject(row)) or row
    return Done(
        said=said,
        to=to or at(grant, of.about, of.id),
        told={"row": {"about": of.about, "id": of.id, "based_on": now.last_seq}},
        receipt=receipts.of_blog(receipt) if receipt else dict,
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return the post from which a row is made, and the chosen words of it."""
    post, words = request.GET.get("post", "")[:64], request.GET.get("words", "")[:500]
    return {"post": post, "words": words} if post else {}


def _post_of(grant: Grant, request: HttpRequest) -> str:
    """Return the name of the post from which a row is made."""
    found = read.post(grant.id, _asked(request).get("post", ""))
    return called(grant, found) if found is not None and found.visible else ""


def _time(typed: str, grant: Grant) -> datetime | None:
    return when.typed(typed, grant.state.zone) if typed.strip() else None


def _source(typed: Mapping[str, Any], by: User, was: e.SaidBy | None) -> e.SaidBy | None:
    """Return the source. A changed row keeps the source that it had, if the field was not touched."""
    kind = e.SourceKind(typed["source_kind"] or e.SourceKind.PERSON)
    if was is not None and (typed["source"], kind, typed["role"]) == (was.name, was.kind, was.role):
        return was
    return sources.said_by(typed["source"], kind=kind, role=typed["role"], by=by)


def _channel(typed: Mapping[str, Any]) -> e.SaidOn | None:
    name, url = typed["channel_name"], typed["channel_url"]
    if not (typed["channel"] or name or url):
        return None
    return e.SaidOn(channel=typed["channel"] or "other", name=name, url=url)


def _anchors(grant: Grant, typed: Mapping[str, Any]) -> tuple[e.Anchor, ...]:
    anchors: tuple[e.Anchor, ...] = typed["anchors"]
    if not typed["post"]:
        return anchors
    new = anchoring.anchor(grant.id, typed["post"], typed["words"])
    return anchors if new in anchors else (*anchors, new)


def _series(id_: str, of: Any, typed: Mapping[str, Any], now: Series | None) -> e.SeriesRecorded:
    return e.SeriesRecorded(
        series=id_,
        of=of,
        label=typed["label"],
        figure=typed.get("figure") or "count",
        counted=typed.get("counted", ""),
        outcome=typed.get("outcome", ""),
        unit=typed.get("unit", ""),
        places=tuple(typed["places"]),
        policy=e.Policy(typed["policy"] or e.Policy.LATEST),
        carried_from=now.carried_from if now else None,
    )


def _value(grant: Grant, by: User, series: str, typed: Mapping[str, Any]) -> e.SeriesMoved:
    return e.SeriesMoved(
        series=series,
        value=typed.get("value"),
        low=typed.get("low"),
        high=typed.get("high"),
        modifier=typed.get("modifier", ""),
        words=typed.get("state", ""),
        as_of=_time(typed["as_of"], grant),
        by=_source(typed, by, None),
        anchors=_anchors(grant, typed),
    )


def _typed(row: Statement, grant: Grant) -> dict[str, Any]:
    """Return the values of a statement's form."""
    by, on = row.by, row.on
    return {
        "text": row.text,
        "quote": row.quote,
        "source": by.name if by else "",
        "source_kind": by.kind.value if by else "person",
        "role": by.role if by else "",
        "cue": row.cue,
        "channel": on.channel if on else "",
        "channel_name": on.name if on else "",
        "channel_url": on.url if on else "",
        "relays": row.relays,
        "hedges": row.hedges,
        "stated_at": when.written(row.stated_at, grant.state.zone),
        "anchors": row.anchors,
    }


def _explain(time: str) -> Callable[[Exception, Any], Explanation | None]:
    """Return a function that explains a refusal at the field that caused it. `time`: the name of the time's field."""

    def explain(error: Exception, value: Any) -> Explanation | None:
        told = when.explain(error)
        if told is not None:
            problem = Problem(code=told.problem.code, message=told.problem.message, field=time)
            return Explanation(problem=problem, context=told.context, told=told.told)
        if not isinstance(error, actions.Refused):
            return None
        field = _AT.get(error.refusal.code, "")
        if field not in value:
            return None
        return Explanation(problem=Problem(code=error.refusal.code, message=refusals.said(error), field=field))

    return explain
