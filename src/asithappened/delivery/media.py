"""Sends readers pictures, films and sounds: in parts if asked, a large file piece by piece.

Owns the limits: pieces instead of a whole film in memory, a number of films at once in all and for one address, and no
piece after the file was taken back. A session may see a file at the desk that readers may not: the application behind
decides. Look next: media_files.py, ranges.py.
"""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from asithappened.delivery import permits, ranges
from asithappened.delivery.admission import Admission, busy
from asithappened.delivery.asgi import Receive, Scope, Send, address_of
from asithappened.delivery.behind import MAY_READ
from asithappened.delivery.documents import Document, Headers
from asithappened.delivery.ingress import Ingress
from asithappened.delivery.routes import Resource
from asithappened.delivery.site import Site

PIECE_BYTES: Final = 128 * 1024  # of a large file, in memory once for each client
LARGE: Final = 400  # large files sent at once: 100 MB with the bytes that wait for sockets
LARGE_PER_ADDRESS: Final = 64  # an office watches one film together; an attacker wants all


class Media:
    """The media of one process's posts."""

    def __init__(self, site: Site, ingress: Ingress, *, ticket_key: bytes) -> None:
        self._site, self._ingress, self._ticket_key = site, ingress, ticket_key
        self._admission = Admission(total=LARGE, per_address=LARGE_PER_ADDRESS, proxies=ingress.proxies)
        self._threads = ThreadPoolExecutor(4, "media")  # of its own, so that a slow disk delays no page

    async def answer(self, scope: Scope, resource: Resource) -> Document | None:
        """Return a file that a post shows, or a refusal.

        None: the application behind must answer, because the file is not on this disk (then the scope says that this
        client may have it), or because a session may see it at the desk.
        """
        presented = permits.tickets_in(scope["headers"], self._ticket_key)
        not_found = self._site.not_found
        room = await self._site.room(resource.slug, presented)
        answer = self._site.permits.refusal(room, resource, presented, not_found=not_found)
        if answer is None:
            assert room is not None
            answer = await self._site.document(room, resource)
            # Checked again: the blog may have been taken down while the file was read.
            answer = self._site.permits.refusal(room, resource, presented, not_found=not_found) or answer
        if answer.status == 503:
            scope.setdefault("state", {})[MAY_READ] = True
            return None
        return None if answer.status == 404 and self._ingress.recognised.session(scope["headers"]) else answer

    async def send(self, scope: Scope, receive: Receive, send: Send, resource: Resource, document: Document) -> None:
        """Send a file, or the part that was asked for. Raises OSError to break off, so that the server cuts it."""
        given = {name: value for name, value in scope["headers"] if name in _ASKED}
        unchanged = document.had_by(given.get(b"if-none-match", b""))
        status, headers, body = document.answer(b"", unchanged=unchanged)
        size = document.length
        part = None
        if status == 200 and scope["method"] == "GET":
            range_, if_range = given.get(b"range", b""), given.get(b"if-range", b"")
            part = ranges.asked(range_, if_range, etag=document.etag, size=size)
        if part is not None:
            status, headers = _partial(headers, part)
            body = body[part.start : part.stop]
        whole = document.file is None or status not in {200, 206} or scope["method"] == "HEAD"
        address = address_of(scope)
        if not whole and not self._admission.admit(address, lag_s=self._site.lag_s):
            refused = busy("Too many films are being sent at once.")
            status, headers, body = refused.answer(b"", unchanged=False)
            whole = True
        headers = [*headers, *self._ingress.every_header]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if whole:
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
            return
        try:
            await self._pieces(scope, receive, send, resource, document, part or ranges.Part(0, size, size))
        finally:
            self._admission.leave(address)

    async def _pieces(
        self, scope: Scope, receive: Receive, send: Send, resource: Resource, document: Document, part: ranges.Part
    ) -> None:
        assert document.file is not None
        loop = asyncio.get_running_loop()
        gone = asyncio.ensure_future(_disconnected(receive))
        try:
            at = part.start
            while at < part.stop and not gone.done():
                if not await self._may_go_on(scope, resource, document):
                    raise OSError(f"{document.file.name} was taken back while it was being sent")
                count = min(PIECE_BYTES, part.stop - at)
                piece = await loop.run_in_executor(self._threads, _piece, document.file, at, count)
                at += len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": at < part.stop})
        finally:
            gone.cancel()

    async def _may_go_on(self, scope: Scope, resource: Resource, document: Document) -> bool:
        room = self._site.cached_room(resource.slug)
        if room is not None and room.version == document.version:
            return True
        now = await self.answer(scope, resource)
        return now is not None and now.etag == document.etag

    def close(self) -> None:
        """Cancel the reads that have not begun."""
        self._threads.shutdown(wait=True, cancel_futures=True)


_ASKED: Final = frozenset((b"range", b"if-range", b"if-none-match"))


def _partial(headers: Headers, part: ranges.Part) -> tuple[int, Headers]:
    """Return the status and headers of a 206; of a 416 if the part is empty."""
    others = [header for header in headers if header[0] != b"content-length"]
    length = max(0, part.stop - part.start)
    return 206 if length else 416, [*others, part.header, (b"content-length", b"%d" % length)]


async def _disconnected(receive: Receive) -> None:
    """Return when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _piece(path: Path, at: int, count: int) -> bytes:
    # Opened for each piece, so that hundreds of films hold no descriptor while they wait for their readers.
    with path.open("rb", buffering=0) as file:
        piece = os.pread(file.fileno(), count, at)
    if not piece:
        raise OSError(f"{path.name} is shorter than it was")
    return piece
