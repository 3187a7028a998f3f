"""The parts of every live blog's page: their contents, and the changes that touch them.

`settings.PAGE_PARTS` names the list. An empty part is an empty element, which the page hides. Look next: `part` for the
definition, templates/asithappened/parts for the markup.
"""

from collections.abc import Callable
from string import digits
from typing import Any, Final

from asithappened.core.body import Paragraph
from asithappened.core.events import PostKind, Related
from asithappened.core.printed_days import printed_day
from asithappened.core.state import BlogState, PostState, Status
from asithappened.published.layout import KEY_EVENTS, PORTRAITS, STRUCTURED_POSTS
from asithappened.render import alert_words
from asithappened.render.addresses import tag_path
from asithappened.render.card_image import mark
from asithappened.render.contribute import contribute_path
from asithappened.render.edition import Edition
from asithappened.render.engine import fill
from asithappened.render.framing import frame, player
from asithappened.render.head import meta, sharing
from asithappened.render.headline import headline
from asithappened.render.numerals import in_digits
from asithappened.render.part import Change, Part, Region, View
from asithappened.render.people import listed as listed_people
from asithappened.render.post import listed
from asithappened.render.structured import jsonld
from asithappened.render.times import day_in_words, moment
from asithappened.render.words import label_of, opening, plain, points

_SUMMARY_POINTS: Final = 3
_OPENING_CHARS: Final = 240

Values = Callable[[View], dict[str, Any]]


def _filled(name: str, values: Values, touched: Callable[[Change], bool], region: Region | None = None) -> Part:
    """Return a live part that is one filled template."""

    def render(view: View) -> dict[str, bytes]:
        return {name: fill(f"parts/{name}.html", view.edition, values(view)).encode()}

    return Part(name=name, live=True, region=region or "", touched=touched, render=render)


def _of_blog(seen: Callable[[BlogState], object]) -> Callable[[Change], bool]:
    return lambda change: change.of_blog(seen)


def _status(view: View) -> dict[str, Any]:
    blog, edition = view.blog, view.edition
    return {
        "status": blog.status.value,
        "live": blog.status is Status.LIVE,
        "replay": blog.replay,
        "replayed": moment(blog.replay_of.opened_at, edition) if blog.replay_of else None,
        "rehearsal": not blog.everyones,
        "ended": moment(blog.closed_at, edition) if blog.status is Status.CLOSED else None,
        "updated": moment(blog.updated_at, edition) if _updated_since_its_end(blog) else None,
        "updated_text": blog.updated_text,
        "successor": blog.successor,
        "predecessor": blog.predecessor,
    }


def _updated_since_its_end(blog: BlogState) -> bool:
    return blog.closed_at is None or blog.updated_at is None or blog.updated_at > blog.closed_at


def _key_events(view: View) -> dict[str, Any]:
    newest = view.newest(KEY_EVENTS, kind=PostKind.KEY_EVENT)
    return {
        "events": [listed(post, view.edition) for post in newest],
        "shown": KEY_EVENTS,
        "count": view.blog.key_events,
        "path": f"{view.edition.path}key-events/",
    }


def _contributors(view: View) -> dict[str, Any]:
    people, live = listed_people(view.blog.contributors, view.edition), view.blog.status is Status.LIVE
    return {
        "now": [one for one in people if one["on"] and live],
        "earlier": [one for one in people if not one["on"] and live],
        "all": people if not live else [],
    }


def _tags(view: View) -> dict[str, Any]:
    return {"tags": [{"words": tag, "path": tag_path(tag)} for tag in view.blog.tags]}


def _contribute(view: View) -> dict[str, Any]:
    return {"path": contribute_path(view.blog.slug) if view.blog.takes_contributions else ""}


def _alerts(view: View) -> dict[str, Any]:
    blog = view.blog
    return {"path": alert_words.path(blog.slug) if blog.offers_alerts else "", "a_day": _key_events_a_day(blog)}


def _key_events_a_day(blog: BlogState) -> int:
    """Return the average of key events a day, at least one, for readers who consider alerts."""
    days = (blog.updated_at - blog.opened_at).days + 1 if blog.updated_at and blog.opened_at else 1
    return max(1, round(blog.key_events / max(1, days)))


def _seen_of_alerts(blog: BlogState) -> object:
    return blog.offers_alerts and (blog.slug, _key_events_a_day(blog))


def _live_video(view: View) -> dict[str, Any]:
    video, edition = view.blog.shown_video, view.edition
    if video is None:
        return {"link": ""}
    framed = frame(video.url, edition)
    return {"link": framed or player(video.url, edition), "ours": not framed}


def _empty(view: View) -> dict[str, Any]:
    blog = view.blog
    return {
        "empty": not blog.posts,
        "live": blog.status is Status.LIVE,
        "opened": moment(blog.opened_at, view.edition),
        "people": [c.name for c in blog.contributors if c.on or blog.status is not Status.LIVE],
    }


def _seen_of_empty(blog: BlogState) -> object:
    return not blog.posts and (blog.status, blog.opened_at, blog.contributors)


def _pinned(view: View) -> dict[str, Any]:
    found = [post for id_ in view.blog.pins if (post := view.post(id_)) is not None and post.visible]
    # The first pinned post has its opening, the others their names only, or the feed would begin screens below.
    topmost = [_opened(post, view.edition) for post in found[:1]]
    return {"pins": topmost + [listed(post, view.edition) for post in found[1:]]}


def _opened(post: PostState, edition: Edition) -> dict[str, Any]:
    titled, label = bool(post.title.strip()), label_of(post, edition.language)
    words = opening(post, _OPENING_CHARS) if titled else ""
    # Whether the post has more than the box shows: further words, a picture, an embed, a link.
    said = words if titled else label
    more = plain(post.body) != said or any(not isinstance(block, Paragraph) for block in post.body.content)
    return listed(post, edition) | {"words": words, "more": more}


def _pinned_touched(change: Change) -> bool:
    return change.of_blog(lambda blog: blog.pins) or not change.posts.keys().isdisjoint(change.now.pins)


def _summary(view: View) -> dict[str, Any]:
    post = next(iter(view.newest(1, kind=PostKind.SUMMARY)), None)
    if post is None or post.id in view.blog.pins or post in view.newest(1):
        return {"post": None}  # it is directly above or below, and would be repeated
    shown = {"title": post.title, "points": points(post.body, view.edition.language, _SUMMARY_POINTS, 220)}
    return {"post": listed(post, view.edition) | shown}


def _summary_touched(change: Change) -> bool:
    return change.of_blog(lambda blog: blog.pins) or bool(change.posts)


def _related(item: Related, edition: Edition) -> dict[str, Any]:
    when = moment(item.published_at, edition)
    day = printed_day(item.dated)  # as its source printed it, in any language
    return {"item": item, "when": when, "day": day, "day_words": day_in_words(day, edition) if day else ""}


def _embedders(view: View) -> dict[str, bytes]:
    """Return the sites for a header of delivery's; no page shows them."""
    return {"embedders": " ".join(view.blog.embedders).encode()}


def _portraits(view: View) -> dict[str, bytes]:
    """Return the ids and digests of contributors' pictures, which delivery may serve; no page shows them."""
    pictures = [one.picture for one in view.blog.contributors if one.picture]
    return {PORTRAITS: " ".join(sorted({f"{one.media}/{one.digest[:8]}" for one in pictures})).encode()}


def _meta(view: View) -> dict[str, bytes]:
    return {"meta": meta(view.blog, view.newest(STRUCTURED_POSTS))}


def _sharing(view: View) -> dict[str, bytes]:
    return {"sharing": sharing(view.blog, _pictured(view))}


def _card_mark(view: View) -> dict[str, bytes]:
    return {"card_mark": mark(view.blog).encode()}


def _jsonld(view: View) -> dict[str, bytes]:
    return {"jsonld": jsonld(view.blog, view.newest(STRUCTURED_POSTS), _pictured(view))}


def _pictured(view: View) -> PostState | None:
    return next(iter(view.newest(1, pictured=True)), None)


def _pager(view: View) -> dict[str, bytes]:
    return {"pager": pager(view.edition, number=None, newest_page=view.newest_page)}


def _older_pagers(view: View) -> dict[str, bytes]:
    return {f"pager:{n}": pager(view.edition, number=n, newest_page=view.newest_page) for n in view.relinked}


def pager(edition: Edition, *, number: int | None, newest_page: int) -> bytes:
    """Return the links to older and newer posts, of older page `number` or of the main page (None).

    Pages are numbered from 1, the oldest; `newest_page` is the number of the newest older page, 0 if there is none.
    """
    older = newest_page if number is None else number - 1
    values = {
        "older": f"{edition.path}page/{older}/" if older > 0 else "",
        "newer": "" if number is None else _page_path(edition, number + 1, newest_page),
        "newest": edition.path if number is not None and number < newest_page else "",
        "oldest": f"{edition.path}page/1/" if older > 1 else "",
    }
    with edition.speaking():
        return fill("parts/pager.html", edition, values).encode()


def _page_path(edition: Edition, number: int, newest_page: int) -> str:
    return edition.path if number > newest_page else f"{edition.path}page/{number}/"


def _ways(view: View) -> dict[str, bytes]:
    """Return the pieces from which delivery assembles pages in another order, or without posts."""
    edition = view.edition
    pieces = {"earlier": "oldest_first", "later": "oldest_first", "day": "times", "hour": "times"}
    made = {f"ways:{name}": fill(f"{folder}/{name}.html", edition, {}).encode() for name, folder in pieces.items()}
    return made | {"ways:digits": (digits if edition.foreign else in_digits(digits, edition.locale)).encode()}


def _filled_up(change: Change) -> bool:
    return bool(change.filled)


def _nothing(_: Change) -> bool:
    return False


def _anything(_: Change) -> bool:
    return True


PARTS: Final = (
    _filled("status", _status, _anything),  # "Last updated"
    _filled("headline", lambda view: {"headline": headline(view.blog)}, _of_blog(lambda b: (b.title, b.status))),
    _filled(
        "standfirst",
        lambda view: {"paragraphs": [line for line in view.blog.standfirst.split("\n") if line.strip()]},
        _of_blog(lambda b: b.standfirst),
    ),
    _filled("live_video", _live_video, _of_blog(lambda b: b.shown_video), "top"),
    _filled("keyevents", _key_events, lambda c: c.of_posts(lambda p: p.kind is PostKind.KEY_EVENT), "rail"),
    _filled("contributors", _contributors, _of_blog(lambda b: (b.contributors, b.status)), "rail"),
    _filled("contribute", _contribute, _of_blog(lambda b: b.takes_contributions and b.slug), "rail"),
    _filled("alerts", _alerts, _of_blog(_seen_of_alerts), "rail"),
    _filled("tags", _tags, _of_blog(lambda b: b.tags), "rail"),
    _filled("pinned", _pinned, _pinned_touched, "feed"),
    _filled("summary", _summary, _summary_touched, "feed"),
    _filled("empty", _empty, _of_blog(_seen_of_empty), "feed"),
    _filled(
        "related",
        lambda view: {"related": [_related(item, view.edition) for item in view.blog.related]},
        _of_blog(lambda b: b.related),
    ),
    Part(name="pager", live=True, touched=_filled_up, render=_pager),
    Part(name="pager:", live=False, touched=_filled_up, render=_older_pagers),
    Part(name="ways:", live=False, touched=_nothing, render=_ways),
    # Only for new requests: an open page's <head> is not changed.
    Part(name="meta", live=False, touched=_anything, render=_meta),
    Part(name="sharing", live=False, touched=_anything, render=_sharing),
    Part(name="card_mark", live=False, touched=_of_blog(lambda b: b.title), render=_card_mark),
    Part(name="embedders", live=False, touched=_of_blog(lambda b: b.embedders), render=_embedders),
    Part(name=PORTRAITS, live=False, touched=_of_blog(lambda b: b.contributors), render=_portraits),
    Part(name="jsonld", live=False, touched=_anything, render=_jsonld),
)
