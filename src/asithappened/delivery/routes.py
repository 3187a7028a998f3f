"""Which resource a path names.

Owns the closed list of addresses below /live/. Strict: a cursor is canonical or it is refused, never made so, because
every spelling that is answered is a key in somebody's cache.
"""

import re
from enum import Enum
from typing import Final

from msgspec import Struct

from asithappened.core import media
from asithappened.published.layout import card_path


class Kind(Enum):
    """What can be asked for."""

    PAGE = "page"
    OLDER = "older"
    KEY_EVENTS = "key events"
    POST = "post"
    HEAD = "head"
    SEGMENT = "segment"
    MEDIA = "media"
    CARD = "card"
    STREAM = "stream"
    ENTER = "enter"


PAGES: Final = frozenset((Kind.PAGE, Kind.OLDER, Kind.KEY_EVENTS, Kind.POST))
"""What a person reads; the rest is for scripts."""


class Resource(Struct, frozen=True, kw_only=True):
    """A resource of one blog. `number`: of a page or a segment; `name`: a post's id, or a segment's epoch.

    `media`: which picture, film or sound that a post shows, "ID/DIGEST8"; `file`: the name of one of its files.
    `version`: of a card, of the post of this name or, without one, of the blog.
    """

    kind: Kind
    slug: str
    number: int = 0
    name: str = ""
    generation: int = 0
    media: str = ""
    file: str = ""
    version: str = ""


class Followed(Struct, frozen=True, kw_only=True):
    """A document that is no blog's page (published.documents), and which page of it."""

    path: str
    page: int = 1


class Elsewhere(Struct, frozen=True):
    """The address is not canonical; this one is."""

    path: str


_SLUG: Final = r"/live/(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
_NUMBER: Final = r"(?:0|[1-9][0-9]{0,8})"
_ROUTES: Final = [
    (Kind.PAGE, re.compile(f"{_SLUG}/")),
    (Kind.OLDER, re.compile(f"{_SLUG}/page/(?P<number>[1-9][0-9]{{0,5}})/")),
    (Kind.KEY_EVENTS, re.compile(f"{_SLUG}/key-events/")),
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
            f"{_SLUG}/p/(?P<name>[A-Za-z0-9_-]{{1,64}})/media/"
            f"(?P<media>{media.MEDIA_ID.pattern}/[0-9a-f]{{8}})/(?P<file>{media.SERVED.pattern})"
        ),
    ),
    (
        Kind.CARD,
        re.compile(f"{_SLUG}(?:/p/(?P<name>[A-Za-z0-9_-]{{1,64}}))?/card/(?P<version>[0-9a-f]{{12,18}})\\.jpg"),
    ),
    (Kind.ENTER, re.compile(f"{_SLUG}/enter")),
]
_LONGEST: Final = 400  # twice the longest address that any of these has


def parse(path: str) -> Resource | Elsewhere | None:
    """Return what a path names, where it should have gone, or None."""
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
                generation=int(parts.get("generation") or 0),
                media=parts.get("media") or "",
                file=parts.get("file") or "",
                version=parts.get("version") or "",
            )
    if not path.endswith("/") and isinstance(parse(path + "/"), Resource):
        return Elsewhere(path + "/")
    return None


# A room that makes such documents gives their addresses a line here: whatever else is asked for is the desk's.
_FOLLOWED: Final = [re.compile("(?P<path>/)(?:page/(?P<page>[1-9][0-9]{0,5})/)?")]


def followed(path: str) -> Followed | Elsewhere | None:
    """Return which document that is no blog's page a path names, where it should have gone, or None."""
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
        case Kind.KEY_EVENTS:
            return f"/live/{slug}/key-events/"
        case Kind.POST:
            return f"/live/{slug}/p/{resource.name}/"
        case Kind.HEAD:
            return f"/live/{slug}/log/head.json"
        case Kind.STREAM:
            return f"/live/{slug}/stream"
        case Kind.SEGMENT:
            return f"/live/{slug}/log/{resource.name}/{resource.number}-{resource.generation}.json"
        case Kind.MEDIA:
            return f"/live/{slug}/p/{resource.name}/media/{resource.media}/{resource.file}"
        case Kind.CARD:
            return card_path(slug, resource.name, resource.version)
        case Kind.ENTER:
            return f"/live/{slug}/enter"
