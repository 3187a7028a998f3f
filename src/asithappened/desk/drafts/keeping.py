"""Storing drafts: saving a copy again and again, finding it, and deleting it.

Owns which copy may be overwritten: an open composer overwrites its own copy, and another composer's only after it has
seen that one. Never checks permissions (desk.actions.drafts does), and never writes to the newsroom's main database.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec
from django.db import DatabaseError, connections, router, transaction
from django.db.models import F
from msgspec import Struct

from asithappened.core import body, limits, text
from asithappened.core.events import PostKind
from asithappened.desk.draft import Draft as Post
from asithappened.desk.draft import digest
from asithappened.desk.drafts.models import Draft
from asithappened.log.scrub import checkpointed

_log = logging.getLogger(__name__)

MOST: Final = 200  # open drafts of one person on one live blog: a year of forgotten ones, and no store for files
WORDS_BYTES: Final = 2 * limits.PAYLOAD_BYTES  # a text that is too long to publish is kept, so that it can be cut
FORGET_SENT: Final = timedelta(days=1)  # a save that was under way when its post was published has arrived by then
UNTOUCHED: Final = timedelta(days=60)


class Words(Struct, frozen=True, kw_only=True):
    """A composer's content, half-finished. `body`: the editor's document, unchecked; `more`: the other fields."""

    title: str = ""
    body: dict[str, Any] = msgspec.field(default_factory=lambda: {"type": "doc"})
    kind: str = PostKind.UPDATE.value
    bylines: tuple[str, ...] = ()
    more: dict[str, Any] = msgspec.field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy that a composer sends to be stored. `seen`: the version that it was written on top of, 0 for none."""

    key: str
    of: str = ""
    based_on: int | None = None
    words: Words
    writer: str
    turn: int
    seen: int


class Newer(Exception):
    """Another composer has saved `kept` since, or it was sent. Nothing was overwritten."""

    def __init__(self, kept: Draft) -> None:
        super().__init__(kept.pk)
        self.kept = kept


class TooMany(Exception):
    """This person has as many open drafts on this live blog as are allowed."""


class TooLong(Exception):
    """The words are longer than a draft can be."""


def save(blog: int, author: int, copy: Copy) -> Draft:
    """Store a copy, and return the stored draft. The same copy again, or an older one, changes nothing.

    Raises Newer, TooMany, TooLong.
    """
    words = msgspec.json.encode(copy.words)
    if len(words) > WORDS_BYTES:
        raise TooLong
    now = datetime.now(UTC)
    values = {
        "of": copy.of,
        "based_on": copy.based_on,
        "words": words.decode(),
        "first_words": _first_words(copy.words),
        "writer": copy.writer,
        "turn": copy.turn,
        "saved_at": now,
    }
    with transaction.atomic(using=router.db_for_write(Draft)):
        kept = Draft.objects.select_for_update().filter(blog=blog, author=author, key=copy.key).first()
        if kept is None:
            if Draft.objects.filter(blog=blog, author=author, state=Draft.State.OPEN).count() >= MOST:
                raise TooMany
            found, made = Draft.objects.get_or_create(
                blog=blog, author=author, key=copy.key, defaults={**values, "made_at": now}
            )
            if made:
                return found
            kept = found  # on PostgreSQL, two first saves at the same moment both come here
        own = kept.writer == copy.writer
        if kept.state != Draft.State.OPEN or not (own or kept.version == copy.seen):
            raise Newer(kept)
        if own and copy.turn <= kept.turn:
            return kept  # sent twice, or overtaken by a newer copy on its way
        for name, value in values.items():
            setattr(kept, name, value)
        kept.version += 1
        kept.save()
        return kept


def opened(blog: int, *, author: int | None = None) -> list[Draft]:
    """Return the open drafts of a live blog, one person's or everybody's, the newest first.

    Their words are left out, except of drafts without first words: their other content is needed to name them.
    """
    found = Draft.objects.filter(blog=blog, state=Draft.State.OPEN).order_by("-saved_at", "-pk").defer("words")
    listed = list(found[:MOST] if author is None else found.filter(author=author)[:MOST])
    if bare := {kept.pk: kept for kept in listed if not kept.first_words}:
        for pk, words in Draft.objects.filter(pk__in=bare).values_list("pk", "words"):
            bare[pk].words = words
    return listed


def count(blog: int, *, author: int | None = None) -> int:
    """Return the number of open drafts."""
    found = Draft.objects.filter(blog=blog, state=Draft.State.OPEN)
    return (found if author is None else found.filter(author=author)).count()


def find(blog: int, *, number: int | None = None, author: int = 0, key: str = "") -> Draft | None:
    """Return an open draft by its number, or its author's by its key."""
    found = Draft.objects.filter(blog=blog, state=Draft.State.OPEN)
    return found.filter(pk=number).first() if number is not None else found.filter(author=author, key=key).first()


def words_of(kept: Draft) -> Words:
    """Return the words of an open draft as its composer sent them."""
    return msgspec.json.decode(kept.words, type=Words)


def post_of(kept: Draft) -> Post | None:
    """Return a draft as the post that it would become; None while its body is not valid (half a link, for example)."""
    return _post(words_of(kept)) if kept.words else None


def _post(words: Words) -> Post | None:
    try:
        doc, kind = body.parse(words.body), PostKind(words.kind)
    except ValueError:
        return None
    graphic = words.more.get("graphic") is True
    return Post(title=text.one_line(words.title), body=doc, kind=kind, bylines=words.bylines, graphic=graphic)


# --- letting go


def sent(blog: int, author: int, key: str) -> None:
    """Delete the words of a draft that was published or handed in. Its key stays a while, so that no save revives it.

    Never fails, because the publishing has already happened; `desk.actions.drafts.tidy` does it again.
    """
    _let_go(Draft.objects.filter(blog=blog, author=author, key=key))


def sent_edit(blog: int, author: int, of: str, words: Post) -> None:
    """Delete a person's drafts of a post whose words were just published. Never fails either."""
    try:
        found = Draft.objects.filter(blog=blog, author=author, of=of, state=Draft.State.OPEN)
        same = [kept.pk for kept in found if (post := post_of(kept)) is not None and digest(post) == digest(words)]
    except DatabaseError:
        _log.warning("The drafts of a post that was edited could not be looked for", exc_info=True)
        return
    if same:
        _let_go(Draft.objects.filter(pk__in=same))


def _gone() -> dict[str, Any]:
    return {"state": Draft.State.SENT, "words": "", "first_words": "", "saved_at": datetime.now(UTC)}


def _let_go(found: Any) -> None:
    try:
        # Reading first takes no lock: most posts have no draft, and publishing them must not wait for somebody's save.
        if found.filter(state=Draft.State.OPEN).exists():
            found.update(**_gone())
    except DatabaseError:
        _log.warning("A draft whose post is out could not be let go yet", exc_info=True)


def discard(kept: Draft) -> None:
    """Delete a draft. Its key stays a while, so that no save that is under way revives it."""
    Draft.objects.filter(pk=kept.pk).update(**_gone())


def go_along(blog: int, to: int) -> None:
    """Move the drafts of new posts to another live blog. A draft that is there under the same key stays as it is.

    Never fails, because the other live blog has already been opened; drafts that were not moved are still here.
    """
    there = Draft.objects.filter(blog=to).values("key")
    try:
        Draft.objects.filter(blog=blog, of="", state=Draft.State.OPEN).exclude(key__in=there).update(blog=to)
    except DatabaseError:
        _log.warning("Drafts could not go along to the live blog where coverage goes on", exc_info=True)


def pass_on(blog: int, author: int, to: int) -> int:
    """Give one person's open drafts to another, and return how many. A draft whose key both have stays where it is.

    Never fails, because the person has already left; editors see every draft, whoever wrote it.
    """
    there = Draft.objects.filter(blog=blog, author=to).values("key")
    try:
        return (
            Draft.objects.filter(blog=blog, author=author, state=Draft.State.OPEN)
            .exclude(key__in=there)
            .update(author=to, writer="", version=F("version") + 1)
        )
    except DatabaseError:
        _log.warning("The drafts of somebody who left could not be passed on", exc_info=True)
        return 0


def forget_sent() -> None:
    """Delete the keys of drafts that were sent or deleted long ago."""
    Draft.objects.filter(state=Draft.State.SENT, saved_at__lt=datetime.now(UTC) - FORGET_SENT).delete()


def forget_of(blog: int, post: str, *, made_of: range | None = None) -> None:
    """Delete everybody's drafts of a post that was erased, and scrub them from the file of drafts.

    `made_of`: only the drafts that were begun at one of these seqs, when only the version of those seqs was erased.
    Never fails, because the erasure has already happened; `desk.actions.drafts.tidy` does it again.
    """
    try:
        found = Draft.objects.filter(blog=blog, of=post)
        if made_of is not None:
            found = found.filter(based_on__gte=made_of.start, based_on__lt=made_of.stop)
        found.delete()
        scrub()
    except DatabaseError:
        _log.warning("Drafts of an erased post could not be deleted yet", exc_info=True)


def scrub() -> None:
    """On SQLite, remove deleted drafts from the write-ahead log, unless somebody is reading there at the moment."""
    connection = connections[router.db_for_write(Draft)]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    if not checkpointed(connection):
        _log.debug("The drafts' write-ahead log is in use; it is scrubbed a minute later")


# --- in few words


def _first_words(words: Words) -> str:
    """Return a draft's name in a list: its headline, or the beginning of its text. Reads no further than it has to."""
    found, waiting = words.title, [words.body] if not text.one_line(words.title) else []
    while waiting and len(found) < limits.NAME_CHARS:
        node: Any = waiting.pop()
        if isinstance(node, dict):
            said, inner = node.get("text"), node.get("content")
            found += said[: limits.NAME_CHARS] if isinstance(said, str) else " "
            waiting += reversed(inner) if isinstance(inner, list) else []
    return text.one_line(found[: limits.NAME_CHARS])[: limits.NAME_CHARS]
