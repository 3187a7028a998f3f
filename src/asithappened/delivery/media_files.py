"""A file of a picture, film or sound that a post shows, as an answer.

Owns that a file is anybody's exactly as long as a visible post shows it (`published_post.media`), and where it lies on
the disk. Small ones are read whole, and kept as documents are (finished.py). Look next: media.py, which sends them.
"""

import os
from hashlib import blake2s
from pathlib import Path
from typing import Final

from asithappened.core import media
from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.routes import Resource
from asithappened.published.read import Blog, Library

KEPT_BYTES: Final = 64 * 1024 * 1024  # of small files: some 200 pictures in the sizes that phones ask for
SMALL_BYTES: Final = 2 * 1024 * 1024  # a picture's widest file; what is larger is a film

_HEADERS: Final[documents.Headers] = [(b"accept-ranges", b"bytes")]
# A page that comes by another name than the media's asks for captions as a stranger does; they are anybody's.
_ANYBODYS: Final[documents.Headers] = [(b"access-control-allow-origin", b"*")]


def document(
    library: Library, blog: Blog, resource: Resource, *, version: int, folder: Path, nowhere: Document
) -> Document:
    """Return a file that a post shows, or what is said instead: nothing is there, or (503) not on this disk.

    `folder`: the home's, of media. In a thread: it reads the disk.
    """
    if blog.status == "gone":
        return documents.refusal(410, "This live blog was taken down.")
    if resource.media not in library.media(blog.id, resource.name).split():
        return nowhere
    path = folder / media.path(resource.media.partition("/")[0], resource.file)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            body = file.read() if status.st_size <= SMALL_BYTES else None
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
    )
