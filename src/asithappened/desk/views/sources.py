"""The house's sources: their list, and a page for each with the rows that use it.

Owns two pages. A person sees uses only in live blogs on which they publish. Look next: `actions.sources`.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.core import events as e
from asithappened.core.ledger_state import Series, Statement
from asithappened.desk.actions import sources as verbs
from asithappened.desk.actions.resting import subject
from asithappened.desk.forms.ledger import MergeForm, SourceForm
from asithappened.desk.forms.reading import Fields
from asithappened.desk.models import Source, SourceName
from asithappened.desk.views import ledger_lines
from asithappened.desk.views.asking import asker
from asithappened.desk.views.flow import flow
from asithappened.desk.views.ledger import at
from asithappened.desk.views.screen import Button, Done, Screen, press
from asithappened.log import read

_PAGE: Final = 50
_BLOGS: Final = 30  # the live blogs opened last, in which uses are looked for
_USES: Final = 50


@flow
def sources(request: HttpRequest) -> Screen:
    """List the sources that match a search, and add one."""
    by = asker(request)
    verbs.check_may_keep(by)
    here = reverse("desk:sources")

    def add(typed: dict[str, Any]) -> Done:
        made = verbs.add_source(by=by, **_values(typed))
        return Done(said=_("Added."), to=_at(made), told=_told(made))

    return Screen(
        template="desk/sources.html",
        context=lambda: _listed(request),
        buttons={"add": Button(reads=Fields(made=SourceForm), verb=add)},
        default="add",
        back=here,
    )


@flow
def source(request: HttpRequest, number: int) -> Screen:
    """Show one source; change it, merge it into another, erase its name."""
    by = asker(request)
    verbs.check_may_keep(by)
    found = Source.objects.filter(pk=number, leaving=False).select_related("merged_into").first()
    if found is None:
        raise Http404
    now = found.merged_into or found

    def change(typed: dict[str, Any]) -> Done:
        verbs.change_source(now, by=by, version=typed["based_on"], **_values(typed))
        return Done(said=_("Saved. What was printed before stays as it is."), to=_at(now), told=_told(now))

    def merge(typed: dict[str, Any]) -> Done:
        into = verbs.merge_sources(now, by=by, into=typed["into"], version=now.version)
        return Done(said=_("Merged."), to=_at(into), told=_told(into))

    def forget() -> Done:
        verbs.forget_source(now, by=by)
        said = _("The name is being erased from every live blog. What was said stays, as an unnamed source’s.")
        return Done(said=said, to=reverse("desk:sources"))

    others = tuple(one.name for one in now.names.order_by("name") if one.name != now.name)
    initial = {
        "name": now.name,
        "aliases": others,
        "kind": now.kind,
        "role": now.role,
        "affiliation": now.affiliation,
        "reliability": now.reliability,
    }
    buttons: dict[str, Button[Any]] = {
        "change": Button(reads=Fields(made=SourceForm, initial=initial, based_on=now.version), verb=change),
        "merge": Button(reads=Fields(made=MergeForm, name="merging"), verb=merge),
    }
    if gate.may_administer(by):
        buttons["forget"] = press(forget)
    return Screen(
        template="desk/source.html",
        context=lambda: {
            "source": now,
            "uses": list(_uses(by, now)),
            "names": SourceName.objects.exclude(source=now).values_list("name", flat=True)[:2_000],
            "may_forget": gate.may_administer(by),
        },
        buttons=buttons,
        back=_at(now),
    )


def _listed(request: HttpRequest) -> dict[str, Any]:
    asked = request.GET.get("q", "")[:120].strip()
    shown = Paginator(verbs.listed(asked).prefetch_related("names"), _PAGE).get_page(request.GET.get("page"))
    return {"asked": asked, "shown": shown}


def _uses(by: User, source: Source) -> Iterator[dict[str, Any]]:
    """Yield each live blog on which this person publishes and which quotes the source, with the lines that do."""
    keys, names = set(verbs.keys_of(source)), {one.name for one in source.names.all()}
    grants = [grant for grant in gate.blogs_for(by) if grant.may(Verb.PUBLISH)]
    for grant in grants[:_BLOGS]:
        rows = [row for about in (e.STATEMENT, e.SERIES) for row in read.rows(grant.id, about) if row.visible]
        lines = [
            {"line": ledger_lines.line(row), "at": at(grant, subject(row).about, row.id)}
            for row in rows
            if isinstance(row, Statement | Series)
            and any(said and (said.source in keys or said.name in names) for said in _said(row))
        ]
        if lines:
            yield {"blog": grant.state, "lines": lines[:_USES]}


def _said(row: Statement | Series) -> list[e.SaidBy | None]:
    return [row.by] if isinstance(row, Statement) else [value.by for value in row.values]


def _values(typed: dict[str, Any]) -> dict[str, Any]:
    values = {name: typed[name] for name in ("name", "aliases", "affiliation", "role", "reliability")}
    return {**values, "kind": e.SourceKind(typed["kind"])}


def _at(source: Source) -> str:
    return reverse("desk:source", args=[source.pk])


def _told(source: Source) -> dict[str, Any]:
    source.refresh_from_db()
    return {"source": {"number": source.pk, "key": source.key, "based_on": source.version}}
