"""The resource that a path names.

Owns the closed list of addresses: those below /live/, and those of followers' documents. Strict: only the canonical
spelling of a path is answered, because every spelling would be another key in a cache.
"""

import re
from enum import Enum
from typing import Final

from msgspec import Struct

from asithappened.core import media
from asithappened.published.layout import card_path


class Kind(Enum):
    """The kinds of resources."""

    PAGE = "page"
    OLDER = "older"
    OLDEST_FIRST = "oldest first"
    TIMES = "times"
    KEY_EVENTS = "key events"
    KNOWN = "known"
    ROW = "row"
    CORRECTIONS = "corrections"
    POST = "post"
    HEAD = "head"
    SEGMENT = "segment"
    MEDIA = "media"
    CARD = "card"
    STREAM = "stream"
    ENTER = "enter"
    SEARCH = "search"
    FEED = "feed"
    FRAGMENT = "fragment"
    EMBED = "embed"
    EMBED_POST = "embedded post"


PAGES: Final = frozenset(
    (
        Kind.PAGE,
        Kind.OLDER,
        Kind.OLDEST_FIRST,
        Kind.TIMES,
        Kind.KEY_EVENTS,
        Kind.KNOWN,
        Kind.ROW,
        Kind.CORRECTIONS,
        Kind.POST,
        Kind.EMBED,
        Kind.EMBED_POST,
    )
)
"""The resources that people read; the others are for scripts."""


class Resource(Struct, frozen=True, kw_only=True):
    """A resource of one blog. `number`: of a page or a segment.

    `name`: the id of a post or of a row, the epoch of a segment, or the key of a source (published.layout) by which
    rows are listed. `about`: the kind of a row of the ledger. `media`: "ID/DIGEST8" of a picture, film or sound in a
    post, or without `name` of a contributor's picture. `file`: the name of one of its files, or of a feed. `version`:
    of a card, which is that of the post or row `name` or, without a name, of the blog.
    """

    kind: Kind
    slug: str
    number: int = 0
    name: str = ""
    about: str = ""
    generation: int = 0
    media: str = ""
    file: str = ""
    version: str = ""


class Followed(Struct, frozen=True, kw_only=True):
    """A document that is no blog's page (published.documents), and the number of its page."""

    path: str
    page: int = 1


class Elsewhere(Struct, frozen=True):
    """The address is not canonical; this one is."""

    path: str


_SLUG: Final = r"/live/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
_NUMBER: Final = r"(?:0|[1-9][0-9]{0,8})"
_LATER: Final = r"(?:[2-9]|[1-9][0-9]{1,5})"  # a page after the first, which has no number in its address
_FEED: Final = r"feed\.(?:atom|rss|json)"
_ROUTES: Final = [
    (Kind.PAGE, re.compile(f"{_SLUG}/")),
    (Kind.OLDER, re.compile(f"{_SLUG}/page/(?P<number>[1-9][0-9]{{0,5}})/")),
    # The first has no number, so that it has only one address.
    (Kind.OLDEST_FIRST, re.compile(f"{_SLUG}/oldest/(?:page/(?P<number>[2-9]|[1-9][0-9]{{1,5}})/)?")),
    (Kind.TIMES, re.compile(f"{_SLUG}/times/")),
    (Kind.KEY_EVENTS, re.compile(f"{_SLUG}/key-events/")),
    (Kind.KNOWN, re.compile(f"{_SLUG}/known/(?:source/(?P<name>[0-9a-f]{{12}})/)?")),
    (Kind.ROW, re.compile(f"{_SLUG}/known/(?P<about>statement|series)/(?P<name>[A-Za-z0-9_-]{{1,64}})/")),
    (Kind.CORRECTIONS, re.compile(f"{_SLUG}/corrections/")),
    (Kind.POST, re.compile(f"{_SLUG}/p/(?P<name>[A-Za-z0-9_-]{{1,64}})/")),
    (Kind.STREAM, re.compile(f"{_SLUG}/stream")),
    (Kind.HEAD, re.compile(f"{_SLUG}/log/head\\.json")),
    (
        Kind.SEGMENT,
        re.compile(f"{_SLUG}/log/(?P<name>[0-9a-f]{{1,16}})/(?P<number>{_NUMBER})-(?P<generation>{_NUMBER})\\.json"),
    ),
    (
        Kind.MEDIA,
        re.compile(
            f"{_SLUG}/(?:p/(?P<name>[A-Za-z0-9_-]{{1,64}})/media|people)/"
            f"(?P<media>{media.MEDIA_ID.pattern}/[0-9a-f]{{8}})/(?P<file>{media.SERVED.pattern})"
        ),
    ),
    (
        Kind.CARD,
        re.compile(f"{_SLUG}(?:/p/(?P<name>[A-Za-z0-9_-]{{1,64}}))?/card/(?P<version>[0-9a-f]{{12,18}})\\.jpg"),
    ),
    (
        Kind.CARD,
        re.compile(
            f"{_SLUG}/known/(?P<about>statement|series)/(?P<name>[A-Za-z0-9_-]{{1,64}})"
            "/card/(?P<version>[0-9a-f]{18})\\.jpg"
        ),
    ),
    (Kind.ENTER, re.compile(f"{_SLUG}/enter")),
    (Kind.EMBED, re.compile(f"{_SLUG}/embed/")),
    (Kind.EMBED_POST, re.compile(f"{_SLUG}/p/(?P<name>[A-Za-z0-9_-]{{1,64}})/embed/")),
    (Kind.FRAGMENT, re.compile(f"{_SLUG}/fragment")),
    (Kind.SEARCH, re.compile(f"{_SLUG}/search")),
    (Kind.FEED, re.compile(f"{_SLUG}/(?P<file>{_FEED})(?:/page/(?P<number>{_LATER})/)?")),
]
_LONGEST: Final = 400  # twice the longest address that any of these has


def parse(path: str) -> Resource | Elsewhere | None:
    """Return the resource that a path names, the canonical address if it is another, or None."""
    if len(path) > _LONGEST:
        return None
    for kind, pattern in _ROUTES:
        if found := pattern.fullmatch(path):
            parts = found.groupdict()
            return Resource(
                kind=kind,
                slug=parts["slug"],
                number=int(parts.get("number") or 0),
                name=parts.get("name") or "",
                about=parts.get("about") or "",
                generation=int(parts.get("generation") or 0),
                media=parts.get("media") or "",
                file=parts.get("file") or "",
                version=parts.get("version") or "",
            )
    if not path.endswith("/") and isinstance(parse(path + "/"), Resource):
        return Elsewhere(path + "/")
    return None


# A package that makes such documents adds their addresses here: all other paths go to the application behind.
_FOLLOWED: Final = [
    re.compile("(?P<path>/(?:corrections/)?)(?:page/(?P<page>[1-9][0-9]{0,5})/)?"),
    re.compile("(?P<path>/(?:tags|authors)/[a-z0-9]+(?:-[a-z0-9]+)*/)(?:page/(?P<page>[1-9][0-9]{0,5})/)?"),
    re.compile("(?P<path>/archive/(?:[12][0-9]{3}/(?:[01][0-9]/(?:[0-3][0-9]/)?)?)?)(?P<page>)"),
    re.compile(f"(?P<path>/{_FEED})(?:/page/(?P<page>{_LATER})/)?"),
    re.compile(f"(?P<path>/feeds/(?:tags|authors)/[a-z0-9]+(?:-[a-z0-9]+)*/{_FEED})(?:/page/(?P<page>{_LATER})/)?"),
    re.compile(r"(?P<path>/sitemap\.xml|/sitemaps/(?:blogs|news)\.xml)(?P<page>)"),
]


def page_path(path: str, page: int) -> str:
    """Return the address of a page of a document: that of the first, or one below it."""
    return path if page == 1 else f"{path.removesuffix('/')}/page/{page}/"


def followed(path: str) -> Followed | Elsewhere | None:
    """Return the followers' document that a path names, the canonical address if it is another, or None."""
    if len(path) > _LONGEST:
        return None
    for pattern in _FOLLOWED:
        if found := pattern.fullmatch(path):
            document = Followed(path=found["path"], page=int(found["page"] or 1))
            return Elsewhere(document.path) if found["page"] == "1" else document
    if not path.endswith("/") and isinstance(followed(path + "/"), Followed):
        return Elsewhere(path + "/")
    return None


def path_of(resource: Resource, slug: str) -> str:
    """Return a resource's address under a blog's current slug."""
    match resource.kind:
        case Kind.PAGE:
            return f"/live/{slug}/"
        case Kind.OLDER:
            return f"/live/{slug}/page/{resource.number}/"
        case Kind.OLDEST_FIRST:
            return f"/live/{slug}/oldest/" + (f"page/{resource.number}/" if resource.number else "")
        case Kind.TIMES:
            return f"/live/{slug}/times/"
        case Kind.KEY_EVENTS:
            return f"/live/{slug}/key-events/"
        case Kind.KNOWN:
            return f"/live/{slug}/known/" + (f"source/{resource.name}/" if resource.name else "")
        case Kind.ROW:
            return f"/live/{slug}/known/{resource.about}/{resource.name}/"
        case Kind.CORRECTIONS:
            return f"/live/{slug}/corrections/"
        case Kind.POST:
            return f"/live/{slug}/p/{resource.name}/"
        case Kind.HEAD:
            return f"/live/{slug}/log/head.json"
        case Kind.STREAM:
            return f"/live/{slug}/stream"
        case Kind.SEGMENT:
            return f"/live/{slug}/log/{resource.name}/{resource.number}-{resource.generation}.json"
        case Kind.MEDIA:
            below = f"p/{resource.name}/media" if resource.name else "people"
            return f"/live/{slug}/{below}/{resource.media}/{resource.file}"
        case Kind.CARD:
            return card_path(slug, resource.name, resource.version, about=resource.about)
        case Kind.ENTER:
            return f"/live/{slug}/enter"
        case Kind.EMBED:
            return f"/live/{slug}/embed/"
        case Kind.EMBED_POST:
            return f"/live/{slug}/p/{resource.name}/embed/"
        case Kind.FRAGMENT:
            return f"/live/{slug}/fragment"
        case Kind.SEARCH:
            return f"/live/{slug}/search"
        case Kind.FEED:
            return page_path(f"/live/{slug}/{resource.file}", resource.number or 1)


def followed_of(resource: Resource, slug: str) -> Followed | None:
    """Return the followers' document that a resource of a blog is, if it is one."""
    if resource.kind not in {Kind.FEED, Kind.FRAGMENT}:
        return None
    return Followed(path=f"/live/{slug}/{resource.file or 'fragment'}", page=resource.number or 1)
