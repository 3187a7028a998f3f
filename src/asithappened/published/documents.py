"""Documents that are no blog's page: kept, changed, and taken back.

Owns what they are made of, down to the subject. Rooms that follow the log put them here; whatever takes something away
from readers takes it out of them in its own transaction (`take_back`): an entry goes, and a document that holds it
otherwise is not given until it is made again. So no follower has to be awake for it. Never renders.
Look next: write.py, which calls `take_back`; read.py, by which delivery finds them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

import msgspec
from django.db.models import F
from msgspec import Struct

from asithappened.core.events import THE_BLOG, Subject
from asithappened.published.listing import Layout
from asithappened.published.models import Document, Entry, PublishedBlog, Source
from asithappened.published.ringing import ring

_ENCODER: Final = msgspec.json.Encoder()
_Forget = Callable[[int, Collection[Subject] | None], None]
_FORGETS: Final[list[_Forget]] = []


class Outdated(Exception):
    """Something was published to a blog since a document was made of it: make it again."""


class NotEveryones(Exception):
    """A document that all may read was to hold something of a blog that they may not."""


class MadeOf(Struct, frozen=True, kw_only=True):
    """What a document holds: something of a blog whose log went up to `head`, and the words of its `subject`."""

    blog: int
    head: int
    subject: Subject = THE_BLOG


class EntryBytes(Struct, frozen=True, kw_only=True):
    """An entry of a blog, in a section of the layout; higher ranks stand above.

    `subject`: whose words it has; `language`: of the document that it is for.
    """

    section: int
    rank: int
    data: bytes
    subject: Subject = THE_BLOG
    language: str = ""


def put(
    path: str,
    *,
    language: str = "",
    media_type: str = "text/html; charset=utf-8",
    layout: Layout,
    page_entries: int = 0,
    made_of: Sequence[MadeOf] = (),
) -> None:
    """Keep a document, a new one or another in place of the one at this path. In a transaction.

    `made_of`: whatever `layout` itself holds of blogs. Raises Outdated or NotEveryones; entries are not touched.
    """
    _check({source.blog: source.head for source in made_of})
    made = {"media_type": media_type, "layout": _ENCODER.encode(layout), "page_entries": page_entries}
    row, new = Document.objects.get_or_create(path=path, language=language, defaults=made)
    if not new:
        Document.objects.filter(pk=row.pk).update(**made, version=F("version") + 1)
    Source.objects.filter(document=row.pk).delete()
    sources = {(source.blog, str(source.subject)) for source in made_of}
    Source.objects.bulk_create(Source(document=row.pk, blog=blog, subject=subject) for blog, subject in sorted(sources))
    ring(0, 0)


def put_entries(path: str, blog: int, entries: Iterable[EntryBytes]) -> None:
    """Have these be all that a document tells of a blog, in each of its languages.

    In the transaction of the blog's follower (log.follow). Raises NotEveryones.
    """
    documents = dict(Document.objects.filter(path=path).values_list("language", "pk"))
    stand = Entry.objects.filter(blog=blog, document__in=documents.values())
    columns = ("document", "section", "rank", "subject", "data")
    standing = {(*row[:4], bytes(row[4])) for row in stand.values_list(*columns)}
    wanted = {(documents[one.language], one.section, one.rank, str(one.subject), one.data) for one in entries}
    changed = {row[0] for row in standing ^ wanted}
    if not changed:
        return
    if wanted:
        _check({blog: None})
    stand.filter(document__in=changed).delete()
    rows = [dict(zip(columns, row, strict=True)) for row in sorted(wanted) if row[0] in changed]
    Entry.objects.bulk_create(Entry(blog=blog, **row) for row in rows)
    Document.objects.filter(pk__in=changed).update(version=F("version") + 1)
    ring(0, 0)


def remove(path: str) -> None:
    """Have no such document any more. In a transaction."""
    documents = list(Document.objects.filter(path=path).values_list("pk", flat=True))
    for table in (Entry, Source):
        table.objects.filter(document__in=documents).delete()
    Document.objects.filter(pk__in=documents).delete()
    ring(0, 0)


def take_back(blog: int, subjects: Collection[Subject] | None = None) -> None:
    """Give nobody what was made of a blog, or of these subjects of it. In the transaction that takes them away."""
    of = {"blog": blog} if subjects is None else {"blog": blog, "subject__in": list(map(str, subjects))}
    entries, sources = Entry.objects.filter(**of), Source.objects.filter(**of)
    whole = set(sources.values_list("document", flat=True))
    touched = whole | set(entries.values_list("document", flat=True))
    if touched:
        # In order: two that take back at once would otherwise wait for one another.
        list(Document.objects.select_for_update().filter(pk__in=touched).order_by("pk"))
        entries.delete()
        Document.objects.filter(pk__in=touched).update(version=F("version") + 1)
        Document.objects.filter(pk__in=whole).update(layout=b"")
    for forget in _FORGETS:
        forget(blog, subjects)


def on_taking_back(forget: _Forget) -> None:
    """Have something else forget what is taken back too, in the same transaction: a room's own rows, an index.

    Called with a blog, and the subjects that go, None for all that was made of the blog. Registered by `wiring`.
    """
    _FORGETS.append(forget)


def _check(heads: dict[int, int | None]) -> None:
    """Refuse what was made of blogs that are elsewhere now, or not everyone's; hold them until the transaction ends."""
    rows = PublishedBlog.objects.select_for_update(no_key=True).filter(pk__in=heads).order_by("pk")
    found = {row.pk: row for row in rows}
    for blog, head in heads.items():
        row = found.get(blog)
        if row is None or (head is not None and row.head != head):
            raise Outdated(f"Blog {blog} is not at {head} any more.")
        if row.audience != "everyone" or row.status == "gone":
            raise NotEveryones(f"Blog {blog} is not everyone's.")
