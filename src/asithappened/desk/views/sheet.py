"""The sections of the handover sheet, in the order of the page.

Owns the list, and the sections that are made from the log, the audit and the submissions. Look next:
`desk.handing_over` for what a section is, `handover` for the pages that show them.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.core.events import PostKind
from asithappened.core.state import PostState
from asithappened.desk.actions.submissions import draft_of
from asithappened.desk.drafts import presence
from asithappened.desk.handing_over import Row, Section, Shift
from asithappened.desk.models import Act, Submission
from asithappened.desk.views import drafts, ledger, readers, scheduled
from asithappened.desk.views.notes import open_rows
from asithappened.desk.views.posts import at
from asithappened.log import read
from asithappened.render.words import label_of

SHOWN: Final = 200  # rows of a section: a sheet of paper on both sides
_WORD_CHARS: Final = 120


def _named(shift: Shift, post: PostState) -> str:
    return label_of(post, shift.grant.state.language, _WORD_CHARS) or _("Without words")


def _who_is_on(shift: Shift) -> list[Row]:
    return [
        Row(text=one.name, more=_("now") if one.on else _("earlier"))
        for one in sorted(shift.grant.state.contributors, key=lambda one: not one.on)
    ]


def _at_the_desk(shift: Shift) -> list[Row]:
    people = presence.here(shift.grant.id, now=timezone.now())
    return [Row(text=one.name, at=one.since, more=_("away") if one.away else "") for one in people]


def _last_summary(shift: Shift) -> list[Row]:
    found = read.posts(shift.grant.id, newest=1, kind=PostKind.SUMMARY)
    return [Row(text=_named(shift, post), at=post.published_at, href=at(shift.grant, post.id)) for post in found]


def _pins(shift: Shift) -> list[Row]:
    pins = shift.grant.state.pins
    found = read.posts_by_id(shift.grant.id, pins)
    posts = [found[pin] for pin in pins if pin in found]
    return [Row(text=_named(shift, post), at=post.published_at, href=at(shift.grant, post.id)) for post in posts]


_PAGES: Final = {False: "desk:submission", True: "desk:contribution"}


def _submissions(shift: Shift) -> list[Row]:
    waiting = Submission.objects.filter(blog_id=shift.grant.id, state=Submission.State.WAITING)
    return [
        Row(
            text=label_of(draft_of(one), shift.grant.state.language, _WORD_CHARS) or _("Without words"),
            who=str(one.author or _("From a reader")),
            at=one.changed_at,
            href=reverse(_PAGES[one.author_id is None], args=[shift.grant.state.slug, one.pk]),
        )
        for one in waiting.select_related("author").order_by("changed_at")[:SHOWN]
    ]


def _notes(shift: Shift) -> list[Row]:
    return [
        Row(
            text=row.note.text,
            who=str(row.note.author),
            at=row.note.changed_at,
            more=row.about,
            href=reverse("desk:notes", args=[shift.grant.state.slug]) + f"#note-{row.note.pk}",
        )
        for row in open_rows(shift.grant, shift.by)
    ]


# What happened to a post since then, by the verb in the audit.
_BECAME: Final = {
    "publish_post": gettext_lazy("published"),
    "revise_post": gettext_lazy("edited"),
    "withdraw_post": gettext_lazy("withdrawn"),
    "restore_post": gettext_lazy("published again"),
    "erase_post": gettext_lazy("erased"),
}


def _posts_since(shift: Shift) -> list[Row]:
    """Return a row for each post that was published, edited or withdrawn since, the last changed first."""
    acts = Act.objects.filter(blog_id=shift.grant.id, at__gte=shift.since, verb__in=_BECAME).order_by("-at", "-pk")
    became: defaultdict[str, Counter[str]] = defaultdict(Counter)
    last: dict[str, Act] = {}
    for act in acts.select_related("user"):
        became[act.about][act.verb] += 1
        last.setdefault(act.about, act)
        if len(became) > SHOWN:
            break
    posts = read.posts_by_id(shift.grant.id, list(became))
    return [
        Row(
            text=_named(shift, posts[id_]),
            who=str(last[id_].user or last[id_].system),
            at=last[id_].at,
            more=" · ".join(_times(str(_BECAME[verb]), n) for verb, n in counted.items()),
            href=at(shift.grant, id_),
        )
        for id_, counted in list(became.items())[:SHOWN]
        if id_ in posts
    ]


def _times(said: str, n: int) -> str:
    return said if n == 1 else f"{said} × {n}"


def _acts_since(shift: Shift) -> list[Row]:
    """Return a row for each person: what they did since, in plain words."""
    done: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for act in Act.objects.filter(blog_id=shift.grant.id, at__gte=shift.since).select_related("user").order_by("at"):
        done[str(act.user or act.system)][act.said] += 1
    return [
        Row(
            text=who,
            more=" · ".join(_times(said, n) for said, n in counted.most_common()),
        )
        for who, counted in sorted(done.items(), key=lambda item: -item[1].total())
    ][:SHOWN]


SECTIONS: Final[tuple[Section, ...]] = (
    Section(name="on", label=gettext_lazy("Who is on"), told=_who_is_on, none=gettext_lazy("Nobody is named.")),
    Section(name="here", label=gettext_lazy("At the desk now"), told=_at_the_desk),
    Section(
        name="summary",
        label=gettext_lazy("The last summary"),
        told=_last_summary,
        none=gettext_lazy("There is none. A summary says where things stand, for readers too."),
    ),
    Section(name="pins", label=gettext_lazy("Pinned"), told=_pins, none=gettext_lazy("Nothing is pinned.")),
    Section(
        name="submissions",
        label=gettext_lazy("Awaiting approval"),
        told=_submissions,
        none=gettext_lazy("Nothing awaits approval."),
    ),
    drafts.SECTION,
    *scheduled.SECTIONS,
    *ledger.SECTIONS,
    Section(name="notes", label=gettext_lazy("Notes"), told=_notes, none=gettext_lazy("No note waits.")),
    Section(
        name="posts",
        label=gettext_lazy("Posts that changed"),
        told=_posts_since,
        none=gettext_lazy("No post was published, edited or withdrawn."),
    ),
    readers.SECTION,
    Section(name="acts", label=gettext_lazy("Who did what"), told=_acts_since, none=gettext_lazy("Nothing was done.")),
)


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A section with what it tells of a shift."""

    section: Section
    told: Any


def filled(shift: Shift) -> list[Filled]:
    """Return the sections of the sheet. One with nothing to tell is left out, unless it has a sentence that says so."""
    sheet = [Filled(section=section, told=section.told(shift)) for section in SECTIONS]
    return [one for one in sheet if one.told or one.section.none]
