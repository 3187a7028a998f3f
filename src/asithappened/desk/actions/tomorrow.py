"""Going on in another live blog: opening tomorrow's, pointing readers there and back, and removing the pointer.

Owns what is carried along: language, zone, tags and audience; members with their roles; contributors who are on, with
their descriptions; the sites that may show it; drafts; pinned posts with their pictures, published there anew with
their former times, because a post belongs to one live blog; and the ledger's open rows, by reference (`carrying`).
Look next: `blog` for the other verbs of a live blog.
"""

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.core import limits
from asithappened.core.rules import Refusal
from asithappened.core.state import BlogState
from asithappened.desk.actions import carrying, pictures, profiles
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Receipt, Refused, carry_out
from asithappened.desk.drafts import keeping
from asithappened.log import read
from asithappened.media import using


def open_tomorrow(
    blog: int,
    *,
    by: User,
    slug: str,
    title: str,
    standfirst: str = "",
    pins: bool = True,
    drafts: bool = True,
    once: str | None = None,
) -> Receipt:
    """Open the live blog in which coverage goes on, with this one's members, and link the two for readers.

    `pins`: carry its pinned posts along; `drafts`: move everybody's drafts of new posts there.
    """
    permit(by, blog, Verb.OWN)
    gate.check_may_open(by)
    here = read.blog(blog)
    opened = e.BlogOpened(
        slug=slug,
        title=title,
        standfirst=standfirst,
        language=here.language,
        zone=here.zone,
        audience=here.audience,
        tags=here.tags,
    )
    on = [event for one in here.contributors if one.on for event in profiles.going_along(one)]

    def people(receipt: Receipt) -> None:
        roles = dict(Membership.objects.filter(blog_id=blog).values_list("user_id", "role")) | {by.pk: Role.OWNER}
        Membership.objects.bulk_create(
            Membership(blog_id=receipt.blog, user_id=user, role=role) for user, role in roles.items()
        )
        using.copy_uses(pictures.of_events(events), of=blog, to=receipt.blog)

    events: list[e.Event] = [opened, e.BlogPreceded(slug=here.slug, title=here.title), *on]
    if here.embedders:
        events.append(e.EmbeddersSet(origins=here.embedders))
    if pins:
        events += _pinned(blog, here)
    rows, later = carrying.along(blog, here, room=limits.EVENTS_AN_APPEND - len(events))
    events += rows
    receipt = carry_out(None, events, by=by, to=None, name="open_blog", about=slug, once=once, alongside=people)
    carrying.bring(receipt.blog, later, by=by)
    if here.successor is None or here.successor.slug != receipt.slug:
        continue_blog(blog, by=by, slug=receipt.slug)
    if drafts:
        keeping.go_along(blog, receipt.blog)
    return receipt


def _pinned(blog: int, here: BlogState) -> list[e.Event]:
    """Return the events that publish and pin the posts pinned here. Ids are kept, so the same opening twice is one."""
    pinned = [post for id_ in here.pins if (post := read.post(blog, id_)) is not None]
    published = [
        e.PostPublished(
            post=post.id,
            title=post.title,
            body=post.body,
            kind=post.kind,
            bylines=post.bylines,
            signed=post.signed,
            published_at=post.published_at,
            position=post.position,
            graphic=post.graphic,
            updated=post.updated,
            updated_at=post.updated_at,
        )
        for post in pinned
    ]
    return [*published, *(e.PostPinned(post=post.id, place=place) for place, post in enumerate(pinned))]


def continue_blog(blog: int, *, by: Actor, slug: str) -> Receipt:
    """Point a live blog's readers to the one where coverage goes on.

    The person has to work on the other one too, and it has to be open to everybody who may read this one: a pointer
    must not tell readers of a blog in preparation.
    """
    other = read.blog_id(slug)
    if other is None or (isinstance(by, User) and Verb.READ_DESK not in gate.verbs_of(by, other)):
        raise Refused(Refusal("no_successor", "None of your live blogs has the address “{slug}”.", {"slug": slug}))
    state, here = read.blog(other), read.blog(blog)
    if carrying.OPENNESS.index(state.audience) < carrying.OPENNESS.index(here.audience):
        raise Refused(
            Refusal(
                "successor_hidden",
                "“{title}” is not open to all readers of this one yet. Change its audience first.",
                {"title": state.title},
            )
        )
    before = here.successor.slug if here.successor else ""
    continued = e.BlogContinued(slug=state.slug, title=state.title)
    receipt = carry_out(blog, [continued], by=by, to=Verb.OWN, name="continue_blog", about=state.slug)
    former = read.blog_id(before) if before else None
    if former not in {None, other} and _began_in(read.blog(former), here):
        _lead_back(former, None, by=by)
    _lead_back(other, here, by=by)
    return receipt


def end_continuation(blog: int, *, by: Actor) -> Receipt:
    """Remove the pointer, and the one that leads back from the other live blog."""
    here = read.blog(blog)
    receipt = carry_out(blog, [e.BlogContinuationEnded()], by=by, to=Verb.OWN, name="end_continuation")
    other = read.blog_id(here.successor.slug) if here.successor else None
    if other is not None and _began_in(read.blog(other), here):
        _lead_back(other, None, by=by)
    return receipt


def _began_in(state: BlogState, here: BlogState) -> bool:
    return state.predecessor is not None and state.predecessor.slug in {here.slug, *here.former_slugs}


def _lead_back(other: int, to: BlogState | None, *, by: Actor) -> None:
    """Point back from the other live blog, if this person may, and if all of its readers may read this one."""
    may = not isinstance(by, User) or Verb.DESCRIBE in gate.verbs_of(by, other)
    hidden = to is not None and carrying.OPENNESS.index(to.audience) < carrying.OPENNESS.index(
        read.blog(other).audience
    )
    if not may or hidden:
        return
    began = e.BlogPreceded(slug=to.slug, title=to.title) if to else e.BlogPreceded()
    try:
        carry_out(other, [began], by=by, to=Verb.DESCRIBE, name="lead_back", about=began.slug or "")
    except Refused as refused:
        if refused.refusal.code not in {"unchanged", "gone"}:
            raise
