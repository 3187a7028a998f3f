"""Permission to read a live blog that is not for everyone: the tickets that a request presents, and revoked ones.

Owns that decision, for pages and for open streams. Its time depends on what was presented, and never on whether the
blog exists: the time of an answer tells as much as its words.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.delivery.room import Room
from asithappened.delivery.routes import PAGES, Resource, path_of
from asithappened.published import tickets
from asithappened.published.read import Blog
from asithappened.published.tickets import Ticket

COOKIE: Final = "asithappened_ticket"
MAX_PRESENTED: Final = 8  # tickets that are read; a browser sends one, since each belongs to one blog's path


class Permits:
    """Which tickets are valid now. `revoked`: by blog and holder, the expiry up to which their tickets are revoked."""

    def __init__(self) -> None:
        self.revoked: Mapping[tuple[int, str], int] = {}

    def good(self, ticket: Ticket, now: float) -> bool:
        """Say whether a signed ticket is still valid."""
        revoked = (self.revoked.get((blog, ticket.holder), 0) for blog in (ticket.blog, tickets.EVERY_BLOG))
        return now < ticket.expires_at > max(revoked)

    def may_read(self, blog: Blog, presented: Sequence[Ticket]) -> bool:
        """Say whether a client with these tickets may know that a blog exists."""
        return blog.everyones or self.ticket_for(blog, presented) is not None

    def ticket_for(self, blog: Blog, presented: Sequence[Ticket]) -> Ticket | None:
        """Return the valid ticket for a blog, if it is among these; there is none for a blog that is nobody's."""
        if blog.audience == "nobody":
            return None
        now = time.time()
        return next((ticket for ticket in presented if ticket.blog == blog.id and self.good(ticket, now)), None)

    def refusal(
        self, room: Room | None, resource: Resource, presented: Sequence[Ticket], *, not_found: Document
    ) -> Document | None:
        """Return why a client may not have a resource: the same bytes for a hidden blog and for one that never was."""
        if room is None or not self.may_read(room.blog, presented):
            return not_found
        blog = room.blog
        if blog.status == "gone":
            # A page is composed, and says so itself.
            return None if resource.kind in PAGES else documents.refusal(410, "This live blog was taken down.")
        if resource.slug != blog.slug:
            moved = path_of(resource, blog.slug)
            return documents.redirect(moved, cache=documents.MOVED if blog.everyones else documents.MEMBERS)
        return None

    def end_streams(self, rooms: Iterable[Room]) -> None:
        """End the streams whose ticket is no longer valid."""
        now = time.time()
        for room in rooms:
            if not room.blog.everyones:
                for sink in [sink for sink in room.sinks if sink.ticket and not self.good(sink.ticket, now)]:
                    sink.end()


def tickets_in(headers: Iterable[tuple[bytes, bytes]], key: bytes) -> list[Ticket]:
    """Return the tickets in a request's cookies that we have signed."""
    values = [
        value
        for name, line in headers
        if name == b"cookie"
        for crumb in line.decode("latin-1").split(";")
        for cookie, _, value in [crumb.strip().partition("=")]
        if cookie == COOKIE
    ]
    read = (tickets.read(key, value) for value in values[:MAX_PRESENTED])
    return [ticket for ticket in read if ticket is not None]
