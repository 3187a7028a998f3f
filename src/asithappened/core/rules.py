"""When an event may happen.

Owns the rules of a live blog, one `may_…` each: pure functions of the state, which return a refusal or None.
Never knows who asks: accounts decides who may, and the desk how a refusal is shown. Press asks `may` before it appends.
The form of values is checked by codec.encode; a slug that another blog has is found by the log.
"""

from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from msgspec import UnsetType

from asithappened.core import body, limits, text
from asithappened.core import events as e
from asithappened.core.fold import pins_after
from asithappened.core.ledger_rules import may_keep_row
from asithappened.core.refusal import Refusal
from asithappened.core.state import BlogState, PostState, Status, SubjectState

__all__ = ["Refusal", "may"]


def may(blog: BlogState | None, subject: SubjectState | None, event: e.Event, origin: e.Origin) -> Refusal | None:
    """Return why an event may not happen to this blog and the event's subject, or None if it may."""
    if isinstance(event, e.BlogOpened):
        return may_open(blog, event)
    if blog is None:
        return Refusal("not_open", "There is no such live blog.")
    if isinstance(event, e.PayloadErased):
        return may_erase(subject, event)
    if blog.status is Status.GONE:
        return Refusal("gone", "This live blog was taken down. Nothing can be added to it.")
    if isinstance(event, e.LedgerEvent):
        assert not isinstance(subject, PostState)
        return may_keep_row(subject, event)
    assert subject is None or isinstance(subject, PostState)
    if isinstance(event, e.PostPublished):
        return may_publish(blog, subject, event, origin)
    if isinstance(event, e.PostEvent):
        return may_change_post(blog, subject, event)
    return may_change_blog(blog, event)


def may_open(blog: BlogState | None, event: e.BlogOpened) -> Refusal | None:
    """A blog opens once, with a headline and a zone that exists."""
    if blog is not None:
        return Refusal("already_open", "This live blog is open already.")
    return _may_be_described(event.title, event.zone)


def _may_be_described(title: str, zone: str) -> Refusal | None:
    if text.blank(title):
        return Refusal("no_headline", "A live blog needs a headline.")
    if not zone_exists(zone):
        return Refusal("no_zone", "There is no time zone “{zone}”. Choose one such as Europe/London.", {"zone": zone})
    return None


@lru_cache(maxsize=1024)
def zone_exists(name: str) -> bool:
    """Say whether the time zone database knows a name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def may_publish(blog: BlogState, post: PostState | None, event: e.PostPublished, origin: e.Origin) -> Refusal | None:
    """A post is published once in a running blog; again only after a withdrawal. Imports may add to a closed one."""
    if blog.status is Status.CLOSED and origin is not e.Origin.IMPORT:
        return Refusal("closed", "This live blog is closed. Reopen it to publish; your text is kept.")
    if post is not None and post.erased:
        return Refusal("erased", "This post was erased. Publish a new one.")
    if post is not None and not post.withdrawn:
        return Refusal("already_published", "This post is published already.")
    return may_print(event)


def may_print(event: e.PostWords) -> Refusal | None:
    """A post says something, and each of its blocks can be referred to."""
    if text.blank(event.title) and not any(map(says_something, event.body.content)):
        return Refusal("empty", "The post is empty. Give it a headline or some text.")
    if not all(block.attrs.id for block in body.blocks(event.body)):
        return Refusal("no_block_id", "A block of the post has no id.")
    return None


def says_something(block: body.AnyBlock) -> bool:
    """Say whether a block shows a reader anything: an empty paragraph does not, a picture does."""
    if isinstance(block, body.Gallery):
        return any(map(says_something, block.content))
    if isinstance(block, body.Image | body.Social | body.Card | body.Video | body.Audio):
        return not all(text.blank(value) for _, value in _shown(block))
    return not text.blank(body.text_of(block))


def _shown(block: body.Image | body.Social | body.Card | body.Video | body.Audio) -> list[tuple[str, str]]:
    names = ("src", "url", "media", "alt", "caption", "text", "title")
    return [(name, value) for name in names if (value := getattr(block.attrs, name, ""))]


def may_change_post(blog: BlogState, post: PostState | None, event: e.PostChange) -> Refusal | None:
    """A post is changed while readers have it, and only when something changes."""
    if post is None:
        return Refusal("no_post", "There is no such post in this live blog.")
    if not post.visible:
        return Refusal("withdrawn", "This post was withdrawn. Publish it again first.")
    match event:
        case e.PostRevised():
            return may_revise(post, event)
        case e.PostKindSet(kind=kind):
            return Refusal("unchanged", "The post is that already.") if kind is post.kind else None
        case e.PostPinned():
            return may_pin(blog, event)
        case e.PostUnpinned():
            return Refusal("unchanged", "This post is not pinned.") if post.id not in blog.pins else None
        case e.PostWithdrawn():
            return None
        case _:
            assert_never(event)


def may_pin(blog: BlogState, event: e.PostPinned) -> Refusal | None:
    """A pin is new or moves, and there are no more than the limit."""
    pins = pins_after(blog.pins, event)
    if pins == blog.pins:
        return Refusal("unchanged", "This post is pinned already.")
    if len(pins) > limits.PINS:
        return Refusal(
            "too_many", "No more than {most} posts can be pinned. Unpin one of them first.", {"most": limits.PINS}
        )
    return None


def may_revise(post: PostState, event: e.PostRevised) -> Refusal | None:
    """An edit changes something, and says where a post of unknown time stands (so that it needs no other event)."""
    if event.published_at is None and isinstance(event.position, UnsetType):
        return Refusal("no_position", "A post whose time is unknown needs a position.")
    position = post.position if isinstance(event.position, UnsetType) else event.position
    was = (post.title, post.body, post.kind, post.bylines, post.published_at, post.position, post.graphic)
    if was == (event.title, event.body, event.kind, event.bylines, event.published_at, position, event.graphic):
        return Refusal("unchanged", "Nothing was changed.")
    return may_print(event)


def may_erase(post: SubjectState | None, event: e.PayloadErased) -> Refusal | None:
    """Older revisions can be erased alone; the newest words only with the whole subject."""
    if post is None:
        return Refusal("no_post", "There is no such thing in this live blog.")
    if post.erased:
        return Refusal("erased", "This post was erased already.")
    if not event.whole and post.content_seq in event.seqs:
        return Refusal("current", "This is the newest text of the post. Edit the post first, or erase all of it.")
    return None


def may_change_blog(blog: BlogState, event: e.BlogChange) -> Refusal | None:
    """A blog is changed only when something changes."""
    match event:
        case e.BlogDescribed(title=title, standfirst=standfirst, language=language, zone=zone, tags=tags):
            if (title, standfirst, language, zone, tags) == (
                blog.title,
                blog.standfirst,
                blog.language,
                blog.zone,
                blog.tags,
            ):
                return Refusal("unchanged", "Nothing was changed.")
            return _may_be_described(title, zone)
        case e.BlogRenamed(slug=slug):
            if slug == blog.slug:
                return Refusal("unchanged", "This is its address already.")
            if len(blog.former_slugs) >= limits.FORMER_SLUGS:
                return Refusal(
                    "too_many",
                    "A live blog can have {most} former addresses and no more.",
                    {"most": limits.FORMER_SLUGS},
                )
            return None
        case e.BlogDated(opened_at=opened, modified_at=modified, modified_text=words):
            known = (blog.opened_at, blog.updated_at, blog.updated_text)
            return Refusal("unchanged", "Nothing was changed.") if known == (opened, modified, words) else None
        case e.AudienceSet(audience=audience):
            return Refusal("unchanged", "That is its audience already.") if audience is blog.audience else None
        case e.BlogClosed(ended_at=ended):
            if blog.status is Status.CLOSED:
                return Refusal("closed", "This live blog is closed already.")
            if ended is not None and blog.opened_at is not None and ended < blog.opened_at:
                return Refusal("too_early", "It cannot have ended before it was opened.")
            return None
        case e.BlogReopened():
            return Refusal("unchanged", "This live blog is running.") if blog.status is Status.LIVE else None
        case e.BlogTakenDown():
            return None
        case e.BlogContinued(slug=slug):
            return Refusal("same", "A live blog cannot go on in itself.") if slug == blog.slug else None
        case e.BlogContinuationEnded():
            return None if blog.successor else Refusal("unchanged", "This live blog goes on in no other.")
        case e.BlogPreceded(slug=slug, title=title):
            if slug == blog.slug:
                return Refusal("same", "A live blog cannot have begun in itself.")
            known_slug, known_title = (
                (blog.predecessor.slug, blog.predecessor.title) if blog.predecessor else (None, "")
            )
            same = (slug, title) == (known_slug, known_title)
            return Refusal("unchanged", "That is where it began already.") if same else None
        case e.RelatedSet(items=items):
            return Refusal("unchanged", "Nothing was changed.") if items == blog.related else None
        case e.EmbeddersSet(origins=origins):
            return Refusal("unchanged", "Nothing was changed.") if origins == blog.embedders else None
        case e.ContributorJoined(name=name):
            if any(c.name == name and c.on for c in blog.contributors):
                return Refusal("unchanged", "{name} is on already.", {"name": name})
            if len(blog.contributors) >= limits.CONTRIBUTORS:
                return Refusal(
                    "too_many",
                    "A live blog can name {most} contributors and no more.",
                    {"most": limits.CONTRIBUTORS},
                )
            return None
        case e.ContributorLeft(name=name):
            on = any(c.name == name and c.on for c in blog.contributors)
            return None if on else Refusal("unchanged", "{name} is not on.", {"name": name})
        case e.ContributorDescribed(name=name):
            one = next((c for c in blog.contributors if c.name == name), None)
            if one is None:
                return Refusal("no_contributor", "{name} is not among those who cover this.", {"name": name})
            told = (one.role, one.url, one.picture) == (event.role, event.url, event.picture)
            return Refusal("unchanged", "Nothing was changed.") if told else None
        case e.ContributionsSet(open=open_):
            return Refusal("unchanged", "Nothing was changed.") if open_ is blog.contributions else None
        case e.AlertsSet(mode=mode):
            return Refusal("unchanged", "Nothing was changed.") if mode is blog.alerts else None
        case e.LiveVideoSet(url=url):
            known_url = blog.live_video.url if blog.live_video else ""
            return Refusal("unchanged", "Nothing was changed.") if url == known_url else None
        case _:
            assert_never(event)
