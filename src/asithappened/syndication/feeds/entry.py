"""The contents of a feed and of its entries, for every format.

Owns the ids, which no change of name or address changes; when an entry changed; and its enclosures.
Texts are plain; addresses begin with placeholders of the house's slots (slots.py).
Look next: atom.py, rss.py, json_feed.py.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid5

from msgspec import Struct

from asithappened.core import body, media
from asithappened.core.events import POST, THE_BLOG, PostKind, Signature, Subject
from asithappened.core.ledger_events import CORRECTION
from asithappened.core.ledger_state import Correction
from asithappened.core.state import BlogState, PostState
from asithappened.published.layout import MEDIA_SLOT
from asithappened.render.edition import Edition, edition_of
from asithappened.render.headline import headline
from asithappened.render.pictures import face_of
from asithappened.render.times import moment
from asithappened.render.words import called, what_it_is
from asithappened.syndication.feeds.content import post_html, words_html
from asithappened.syndication.slots import HOUSE, with_placeholders

_PICTURE: Final = "image/jpeg"


class File(Struct, frozen=True, kw_only=True):
    """An enclosure. `seconds`: how long it plays; 0 for a picture, or if it is unknown."""

    url: str
    media_type: str
    seconds: int = 0


class Entry(Struct, frozen=True, kw_only=True):
    """One entry. `html`: the whole content; `printed`: its time as a page prints it.

    `subject`, `also`: the subjects whose words it contains (published.documents).
    """

    id: str
    url: str
    title: str
    html: str
    published: datetime
    updated: datetime
    language: str
    printed: str = ""
    authors: Sequence[Signature] = ()
    tags: Sequence[str] = ()
    files: Sequence[File] = ()
    subject: Subject = THE_BLOG
    also: tuple[Subject, ...] = ()


class Gone(Struct, frozen=True, kw_only=True):
    """An entry that was withdrawn, and the reason if readers have it."""

    id: str
    when: datetime
    reason: str
    subject: Subject


class Feed(Struct, frozen=True, kw_only=True):
    """The head of a feed. `id` and `title`: escaped for the format, or slots for the house's own.

    `path`: of its page; `at`: the folder of its address; `updated`: its time while it has no entry, in RFC 3339.
    """

    id: str
    title: str
    subtitle: str
    path: str
    at: str
    file: Literal["feed.atom", "feed.rss", "feed.json", "fragment"]
    language: str
    updated: str


def id_of(birth: bytes, post: str = "") -> str:
    """Return the id of a live blog, or of one of its posts, from the commitment of its first fact, which never changes.

    Not a `tag:` address, because it would contain the house's domain, which may change.
    """
    return uuid5(UUID(bytes=birth[:16]), post).urn


def post_entry(birth: bytes, edition: Edition, post: PostState, corrections: Sequence[Correction]) -> Entry | None:
    """Return the entry of a visible post; None if its time is unknown."""
    if post.published_at is None:
        return None
    changes = [post.updated_at, *(one.corrected_at for one in corrections)]
    updated = max([post.published_at, *(at for at in changes if at is not None)])
    signed = {one.name: one for one in post.signed}
    with edition.speaking():
        return Entry(
            id=id_of(birth, post.id),
            url=HOUSE + edition.post_path(post.id),
            title=called(post, edition),
            html=post_html(edition, post, tuple(corrections)),
            published=post.published_at,
            updated=updated,
            language=edition.language,
            printed=printed.brief if (printed := moment(post.published_at, edition)) else "",
            authors=[signed.get(name, Signature(name=name)) for name in post.bylines],
            tags=() if post.kind is PostKind.UPDATE else (what_it_is(post),),
            files=_files(edition, post),
            subject=Subject(POST, post.id),
            also=tuple(Subject(CORRECTION, one.id) for one in corrections),
        )


def blog_entry(birth: bytes, blog: BlogState) -> Entry | None:
    """Return the entry of a live blog in the house's feed; None if its time is unknown."""
    edition = edition_of(blog)
    published = blog.opened_at or blog.updated_at
    if published is None:
        return None
    with edition.speaking():
        return Entry(
            id=id_of(birth),
            url=HOUSE + edition.path,
            title=headline(blog),
            html=words_html(blog.standfirst, edition),
            published=published,
            updated=max(published, blog.updated_at or published),
            language=blog.language,
            authors=[Signature(name=one.name, role=one.role, url=one.url) for one in blog.contributors],
            tags=blog.tags,
        )


def _files(edition: Edition, post: PostState) -> list[File]:
    """Return a post's first picture, film and sound that this installation serves, if none is covered."""
    if post.graphic:
        return []
    found: dict[str, File] = {}
    face = face_of(edition, post)
    if face is not None and face.path:
        found["image"] = File(url=with_placeholders(MEDIA_SLOT) + face.path, media_type=_PICTURE)
    for block in body.blocks(post.body):
        if isinstance(block, body.Video | body.Audio) and block.attrs.media:
            attrs = block.attrs
            path = edition.media_path(post.id, attrs.media, attrs.digest, media.FILES[attrs.kind])
            file = File(url=with_placeholders(MEDIA_SLOT) + path, media_type=attrs.kind, seconds=attrs.seconds)
            found.setdefault(attrs.kind.partition("/")[0], file)
    return list(found.values())
