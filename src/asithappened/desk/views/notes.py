"""The desk's internal notes, about a post or about the live blog: their list, their tab, and their buttons.

Look next: `actions.notes` for the permissions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.accounts.gate import Grant, Verb
from asithappened.accounts.models import User
from asithappened.desk.actions import notes as verbs
from asithappened.desk.forms.notes import NoteForm, Rewording
from asithappened.desk.forms.reading import Fields
from asithappened.desk.models import Note
from asithappened.desk.tabs import Tab, Waiting
from asithappened.desk.views.asking import asker, called, grant_for, page
from asithappened.desk.views.flow import flow, post_only
from asithappened.desk.views.screen import Button, Done, Screen, press
from asithappened.log import read

SHOWN = 100  # notes: more than anybody reads; open ones come first


@dataclass(frozen=True, kw_only=True)
class Row:
    """A note as the desk lists it. `about`: the name of its post; "" for the live blog."""

    note: Note
    about: str
    mine: bool
    may_finish: bool


@flow
def notes(request: HttpRequest, slug: str) -> Screen:
    """List the notes, and add one."""
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    here = reverse("desk:notes", args=[grant.state.slug])
    about = read.post(grant.id, request.GET.get("post", "")[:64])

    def add(typed: dict[str, Any]) -> Done:
        made = verbs.add_note(grant.id, by=by, words=typed["text"], post=typed["post"])
        return Done(said=_("Noted, for the desk alone."), to=here, told=_told(made))

    fields = Fields(made=NoteForm, initial={"post": about.id if about else ""})
    return Screen(
        template="desk/notes.html",
        context=lambda: page(grant, about=called(grant, about) if about else "", **_listed(grant, by)),
        buttons={"add": Button(reads=fields, verb=add)},
        default="add",
        back=here,
    )


@flow
def note(request: HttpRequest, slug: str, number: int) -> Screen:
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    found = _found(grant, number)
    if found.author_id != by.pk:
        raise Http404  # only its author can change it; everybody else reads it in the list
    fields = Fields(made=Rewording, initial={"text": found.text}, based_on=found.version)

    def edit(typed: dict[str, Any]) -> Done:
        verbs.edit_note(found, by=by, words=typed["text"], version=typed["based_on"])
        return Done(said=_("Noted, for the desk alone."), to=_list(grant), told=_told(found))

    return Screen(
        template="desk/note.html",
        context=lambda: page(grant, note=found),
        buttons={"edit": Button(reads=fields, verb=edit)},
        default="edit",
        back=_list(grant),
    )


@post_only
def settle(request: HttpRequest, slug: str, number: int) -> Screen:
    """Mark a note as done, or as open again."""
    grant, by = grant_for(request, slug, to=Verb.SUBMIT), asker(request)
    found = _found(grant, number)

    def settled(verb: Callable[..., None], said: str) -> Done:
        verb(found, by=by)
        return Done(said=said, to=_list(grant), told=_told(found))

    return Screen(
        buttons={
            "done": press(partial(settled, verbs.finish_note, _("Done with. It is kept under the notes."))),
            "reopen": press(partial(settled, verbs.reopen_note, _("It waits again."))),
        },
        back=_list(grant),
    )


def waiting_by_post(blog: int, posts: Iterable[str]) -> dict[str, int]:
    """Return how many open notes each of these posts has; posts without any are left out."""
    found = Note.objects.filter(verbs.OPEN, blog_id=blog, post__in=list(posts)).values_list("post")
    return dict(found.annotate(n=Count("pk")))


def open_rows(grant: Grant, by: User) -> list[Row]:
    """Return the open notes, the newest first."""
    return _rows(grant, by, Note.objects.filter(verbs.OPEN, blog_id=grant.id))


def _rows(grant: Grant, by: User, found: Any) -> list[Row]:
    listed = list(found.select_related("author", "done_by").order_by("-changed_at", "-pk")[:SHOWN])
    posts = read.posts_by_id(grant.id, sorted({one.post for one in listed if one.post}))
    editor = grant.may(Verb.PUBLISH)
    return [
        Row(
            note=one,
            about=called(grant, posts[one.post]) if one.post in posts else "",
            mine=one.author_id == by.pk,
            may_finish=editor or one.author_id == by.pk,
        )
        for one in listed
    ]


def _listed(grant: Grant, by: User) -> dict[str, Any]:
    done = _rows(grant, by, Note.objects.filter(~verbs.OPEN, blog_id=grant.id))
    return {"open_notes": open_rows(grant, by), "done_notes": done}


def _found(grant: Grant, number: int) -> Note:
    found = Note.objects.filter(pk=number, blog_id=grant.id).select_related("author").first()
    if found is None:
        raise Http404
    return found


def _list(grant: Grant) -> str:
    return reverse("desk:notes", args=[grant.state.slug])


def _told(found: Note) -> dict[str, Any]:
    about = {"number": found.pk, "about": found.post, "done": found.done_at is not None, "based_on": found.version}
    return {"note": about}


def _waiting(grant: Grant, user: User) -> Waiting:
    return Waiting(Note, "blog_id = %s AND done_at IS NULL", (grant.id,))


def _panel(grant: Grant, user: User) -> Mapping[str, Any]:
    return {"open_notes": open_rows(grant, user), "form": NoteForm()}


TAB = Tab(
    name="notes",
    label=gettext_lazy("Notes"),
    key="o",
    may=Verb.SUBMIT,
    waiting=_waiting,
    template="desk/tabs/notes.html",
    context=_panel,
)
