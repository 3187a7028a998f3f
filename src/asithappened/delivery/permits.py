"""Who may read a live blog that is not everyone's: which tickets a request presents, and which were revoked.

Owns that question, for pages and for open streams alike. How long it takes depends on what was presented, and never on
whether there is such a blog: an answer's time tells as much as its words.
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
    """Which tickets are good now. `revoked`: by blog and holder, up to which expiry theirs are good no longer."""

    def __init__(self) -> None:
        self.revoked: Mapping[tuple[int, str], int] = {}

    def good(self, ticket: Ticket, now: float) -> bool:
        """Say whether a signed ticket is good still."""
        revoked = (self.revoked.get((blog, ticket.holder), 0) for blog in (ticket.blog, tickets.EVERY_BLOG))
        return now < ticket.expires_at > max(revoked)

    def may_read(self, blog: Blog, presented: Sequence[Ticket]) -> bool:
        """Say whether somebody who presents these tickets may know that a blog is there."""
        return blog.everyones or self.ticket_for(blog, presented) is not None

    def ticket_for(self, blog: Blog, presented: Sequence[Ticket]) -> Ticket | None:
        """Return the ticket that is for a blog, if it is among these; none opens one that is nobody's."""
        if blog.audience == "nobody":
            return None
        now = time.time()
        return next((ticket for ticket in presented if ticket.blog == blog.id and self.good(ticket, now)), None)

    def refusal(
        self, room: Room | None, resource: Resource, presented: Sequence[Ticket], *, not_found: Document
    ) -> Document | None:
        """Return why somebody may not have this, in the same bytes for what is hidden and for what never was."""
        if room is None or not self.may_read(room.blog, presented):
            return not_found
        blog = room.blog
        if blog.status == "gone":
            # A page says so itself.
            return None if resource.kind in PAGES else documents.refusal(410, "This live blog was taken down.")
        if resource.slug != blog.slug:
            moved = path_of(resource, blog.slug)
            return documents.redirect(moved, cache=documents.MOVED if blog.everyones else documents.MEMBERS)
        return None

    def end_streams(self, rooms: Iterable[Room]) -> None:
        """End the streams whose ticket is good no longer."""
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
