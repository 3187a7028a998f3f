"""Cards: the pictures with which a post, a row of the ledger or a live blog is shared, from this machine's disk.

Owns that a card is served only at the version that its page names. The version depends on everything that a card shows,
so that the old card of an edited or withdrawn post is not found. The application behind draws one that is missing.
"""

from hashlib import blake2s
from pathlib import Path
from typing import Final

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.routes import Resource
from asithappened.published.layout import (
    ADDRESS_SLOT,
    CARD_MARK_SLOT,
    CARD_VERSION,
    card_file,
    card_path,
)
from asithappened.published.read import Blog, Library

_JPEG: Final = b"image/jpeg"


def document(
    library: Library, blog: Blog, resource: Resource, *, version: int, folder: Path, site: str, not_found: Document
) -> Document:
    """Return a card; or a 404; or a 503 if it is not drawn yet.

    `folder`: the home's folder of cards; `site`: the newsroom's name. In a thread, because it reads the disk.
    """
    if blog.status == "gone":
        return documents.refusal(410, "This live blog was taken down.")
    if not _is_current(library, blog, resource):
        return not_found
    try:
        data = (folder / card_file(blog.id, resource.name, resource.version, site, about=resource.about)).read_bytes()
    except OSError:
        return documents.refusal(503, "This card is not drawn yet.")
    return Document(
        data,
        kind=_JPEG,
        cache=documents.MEDIA if blog.everyones else documents.MEMBERS,
        etag=b'"%b"' % blake2s(data, digest_size=8).hexdigest().encode(),
        version=version,
        policy=documents.ALONE,
        compress=False,
    )


def _is_current(library: Library, blog: Blog, resource: Resource) -> bool:
    """Say whether a page names this very card. No post's text can imitate the address: text cannot contain a slot."""
    parts = {part.name: part.data for part in library.parts(blog)}
    if not resource.name:
        return _named(card_path(blog.slug, "", resource.version), parts.get("sharing", b""))
    drawn, mark = resource.version[:CARD_VERSION], resource.version[CARD_VERSION:]
    if parts.get("card_mark") != mark.encode():
        return False
    if resource.about:
        row = library.row(blog.id, resource.about, resource.name)
        return row is not None and row.visible and row.card == drawn
    post = library.post(blog.id, resource.name)
    path = card_path(blog.slug, resource.name, drawn + CARD_MARK_SLOT)
    return post is not None and post.visible and _named(path, post.card)


def _named(path: str, head: bytes) -> bool:
    return f'"{ADDRESS_SLOT}{path}"'.encode() in head
