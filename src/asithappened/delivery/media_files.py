"""A file of a picture, film or sound that a post shows, or of a contributor's picture, as an answer.

Owns that readers may have a file exactly as long as a visible post shows it (`published_post.media`), or the live blog
lists the contributor (`published_part`). Small files are read whole and cached like documents (document_cache.py), the
larger of them with a descriptor. Look next: media.py, which sends them; raw_response.py, which does on the fast lane.
"""

import os
from hashlib import blake2s
from pathlib import Path
from typing import Final

from asithappened.core import media
from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.raw_response import OpenFile
from asithappened.delivery.routes import Resource
from asithappened.published.read import Blog, Library

CACHED_BYTES: Final = 64 * 1024 * 1024  # of small files: some 200 pictures in the sizes that phones ask for
SMALL_BYTES: Final = 2 * 1024 * 1024  # a picture's widest file; what is larger is a film
OPEN_FROM: Final = 64 * 1024  # bytes; an open file pays from this size on. At most CACHED_BYTES / OPEN_BYTES are open

_HEADERS: Final[documents.Headers] = [(b"accept-ranges", b"bytes")]
# A page on another host than the media's fetches captions across origins; anyone may have them.
_ANYBODYS: Final[documents.Headers] = [(b"access-control-allow-origin", b"*")]


def document(
    library: Library, blog: Blog, resource: Resource, *, version: int, folder: Path, not_found: Document
) -> Document:
    """Return a file that a post shows; or a 404; or a 503 if it is not on this disk.

    `folder`: the home's folder of media. In a thread, because it reads the disk.
    """
    if blog.status == "gone":
        return documents.refusal(410, "This live blog was taken down.")
    shown = library.media(blog.id, resource.name) if resource.name else library.portraits(blog.id)
    if resource.media not in shown.split():
        return not_found
    path = folder / media.path(resource.media.partition("/")[0], resource.file)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            body = file.read() if status.st_size <= SMALL_BYTES else None
            opens = blog.everyones and body is not None and len(body) >= OPEN_FROM
            opened = OpenFile(os.dup(file.fileno())) if opens else None
    except OSError:
        return documents.refusal(503, "This file is not here at the moment.")
    mark = b"%x-%x" % (status.st_size, status.st_mtime_ns)
    if body is not None:
        mark = blake2s(body, digest_size=8).hexdigest().encode()
    return Document(
        body or b"",
        kind=media.media_type(resource.file).encode(),
        cache=documents.MEDIA if blog.everyones else documents.MEMBERS,
        etag=b'"%b"' % mark,
        version=version,
        headers=[*_HEADERS, *(_ANYBODYS if blog.everyones else [])],
        policy=documents.ALONE,
        compress=False,
        file=None if body is not None else path,
        length=status.st_size,
        opened=opened,
    )
