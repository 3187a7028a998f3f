"""What can be done to a live blog as a whole.

Owns the verbs. Look next: `posts` for the verbs of a post, `carry_out` for how a verb runs.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from asithappened.accounts import gate
from asithappened.accounts.gate import Verb
from asithappened.accounts.models import Membership, Role, User
from asithappened.core import events as e
from asithappened.core import providers
from asithappened.core.rules import Refusal
from asithappened.desk.actions import carrying, copies, profiles
from asithappened.desk.actions.actor import Actor, permit
from asithappened.desk.actions.carry_out import Receipt, Refused, carry_out, note, unmoved
from asithappened.log import read
from asithappened.search.related import consume as suggested

_NO_VIDEO: Final = Refusal(
    "no_video",
    "No page can play that. It takes the address of a film of YouTube, Vimeo or Dailymotion, or of a file or stream "
    "(.mp4, .webm, .m3u8) at an address that whoever runs this installation allows (ASITHAPPENED_PAGE_ORIGINS).",
)


def open_blog(
    *,
    by: Actor,
    slug: str,
    title: str,
    standfirst: str = "",
    language: str = "en",
    zone: str = "UTC",
    audience: e.Audience = e.Audience.NOBODY,
    tags: Sequence[str] = (),
    once: str | None = None,
) -> Receipt:
    """Open a live blog. The person who opens it becomes its owner in the same transaction."""
    if isinstance(by, User):
        gate.check_may_open(by)
    opened = e.BlogOpened(
        slug=slug,
        title=title,
        standfirst=standfirst,
        language=language,
        zone=zone,
        audience=audience,
        tags=tuple(tags),
    )

    def own(receipt: Receipt) -> None:
        if isinstance(by, User):
            Membership.objects.create(blog_id=receipt.blog, user=by, role=Role.OWNER)

    return carry_out(None, [opened], by=by, to=None, name="open_blog", about=slug, once=once, alongside=own)


def describe_blog(
    blog: int,
    *,
    by: Actor,
    title: str,
    standfirst: str,
    language: str,
    zone: str,
    tags: Sequence[str],
    based_on: int | None = None,
) -> Receipt:
    """Change the description of a live blog.

    `based_on`: the blog's seq that the person saw; raises Moved if somebody described it since.
    """
    described = e.BlogDescribed(title=title, standfirst=standfirst, language=language, zone=zone, tags=tuple(tags))
    check = None if based_on is None else unmoved(blog, (e.BlogDescribed,), since=based_on)
    return carry_out(blog, [described], by=by, to=Verb.DESCRIBE, name="describe_blog", alongside=check)


def rename_blog(blog: int, *, by: Actor, slug: str) -> Receipt:
    """Change the address of a live blog; the former one redirects to it."""
    return carry_out(blog, [e.BlogRenamed(slug=slug)], by=by, to=Verb.OWN, name="rename_blog", about=slug)


def set_audience(blog: int, *, by: Actor, audience: e.Audience) -> Receipt:
    """Set who may read it. Rows of other ledgers stop naming it to people who may not."""
    permit(by, blog, Verb.OWN)
    if read.blog(blog).audience is not audience:
        carrying.hide(blog, by=by, audience=audience)
    return carry_out(blog, [e.AudienceSet(audience=audience)], by=by, to=Verb.OWN, name="set_audience", about=audience)


def close_blog(
    blog: int,
    *,
    by: Actor,
    standfirst: str | None = None,
    ended_at: datetime | None = None,
    based_on: int | None = None,
) -> Receipt:
    """End the coverage. The page stays, "as it happened".

    `standfirst`: a new one, in the same append; None keeps the present one. `ended_at`: when it
    really ended, not before its newest post; None for now. `based_on`: as in describe_blog.
    """
    here = read.blog(blog)
    events: list[e.Event] = [e.BlogClosed(ended_at=None if ended_at is None else _ended(blog, ended_at))]
    if standfirst is not None and standfirst != here.standfirst:
        described = e.BlogDescribed(
            title=here.title, standfirst=standfirst, language=here.language, zone=here.zone, tags=here.tags
        )
        events.insert(0, described)
    check = None if based_on is None or len(events) == 1 else unmoved(blog, (e.BlogDescribed,), since=based_on)
    return carry_out(blog, events, by=by, to=Verb.OWN, name="close_blog", alongside=check)


def _ended(blog: int, typed: datetime) -> datetime:
    """Return when it ended. A time typed to the minute counts as after every post of that minute. Raises Refused."""
    if typed > datetime.now(UTC):
        raise Refused(Refusal("future", "That time is still to come. Close it then, or say when it ended."))
    newest = max((post.published_at for post in read.posts(blog, newest=1) if post.published_at), default=typed)
    if typed < newest.replace(second=0, microsecond=0):
        raise Refused(Refusal("too_early", "Its newest post is later than that."))
    return max(typed, newest)


def reopen_blog(blog: int, *, by: Actor) -> Receipt:
    """Reopen a closed live blog."""
    return carry_out(blog, [e.BlogReopened()], by=by, to=Verb.OWN, name="reopen_blog")


def take_down_blog(blog: int, *, by: Actor, reason: str = "") -> Receipt:
    """Take the whole live blog from its readers for good."""
    permit(by, blog, Verb.OWN)
    carrying.hide(blog, by=by, audience=None)
    taken = carry_out(blog, [e.BlogTakenDown(reason=reason)], by=by, to=Verb.OWN, name="take_down_blog", about=reason)
    copies.follow(blog)
    return taken


def contributor_on(blog: int, *, by: Actor, name: str) -> Receipt:
    """Name somebody as covering it now, with their own profile if readers have no description of them yet."""
    permit(by, blog, Verb.DESCRIBE)
    joined = [e.ContributorJoined(name=name), *profiles.joining(blog, name)]
    return carry_out(blog, joined, by=by, to=None, name="contributor_on", about=name)


def contributor_off(blog: int, *, by: Actor, name: str) -> Receipt:
    """Mark somebody as having handed over; they are listed among the earlier contributors from now on."""
    return carry_out(blog, [e.ContributorLeft(name=name)], by=by, to=Verb.DESCRIBE, name="contributor_off", about=name)


def set_embedders(blog: int, *, by: Actor, origins: Sequence[str]) -> Receipt:
    """Set the origins of the sites that may show it in a frame."""
    embedders = e.EmbeddersSet(origins=tuple(origins))
    return carry_out(blog, [embedders], by=by, to=Verb.OWN, name="set_embedders", about=" ".join(origins))


def set_live_video(blog: int, *, by: Actor, url: str) -> Receipt:
    """Say where readers can watch live, beside what they read; "" for nowhere any more.

    What no page could play is refused: its policy names the providers' frames, and the origins of the installation.
    """
    if url and not providers.plays(url, {settings.PUBLIC_URL, settings.MEDIA_ADDRESS, *settings.PAGE_ORIGINS}):
        raise Refused(_NO_VIDEO)
    return carry_out(blog, [e.LiveVideoSet(url=url)], by=by, to=Verb.DESCRIBE, name="set_live_video", about=url)


def set_suggested(blog: int, *, by: Actor, wanted: bool) -> None:
    """Set whether related live blogs of the house are listed under it automatically, as long as nobody lists any."""
    permit(by, blog, Verb.DESCRIBE)
    with transaction.atomic():
        suggested.want(blog, wanted)
        note(blog, by=by, name="set_suggested", about="on" if wanted else "off")


def set_related(blog: int, *, by: Actor, items: Sequence[e.Related], based_on: int | None = None) -> Receipt:
    """Set its related coverage. `based_on`: as in describe_blog."""
    check = None if based_on is None else unmoved(blog, (e.RelatedSet,), since=based_on)
    return carry_out(
        blog, [e.RelatedSet(items=tuple(items))], by=by, to=Verb.DESCRIBE, name="set_related", alongside=check
    )
