"""Documents that are no live blog's page: stored, changed, and taken back.

Owns which subjects each is made of. Followers of the log store them here. A transaction that takes words back from
readers calls `take_back`: it deletes entries, and a document whose layout has the words is not served until it is made
again. So words disappear at once, even if no worker runs. Never renders.
Look next: write.py, which calls `take_back`; read.py, by which delivery finds documents.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from django.db.models import F, QuerySet
from msgspec import Struct

from asithappened.core.events import THE_BLOG, Subject
from asithappened.published.listing import Layout
from asithappened.published.models import Document, Entry, PublishedBlog, Source
from asithappened.published.ringing import ring

_ENCODER: Final = msgspec.json.Encoder()
_Forget = Callable[[int, Collection[Subject] | None], None]
_FORGETS: Final[list[_Forget]] = []


class Outdated(Exception):
    """A live blog changed since a document was made from it: make it again."""


class NotEveryones(Exception):
    """A live blog that is not for everyone cannot be part of a document."""


class MadeOf(Struct, frozen=True, kw_only=True):
    """A source of a document: a live blog as of its seq `head`, and the words of a `subject` of it."""

    blog: int
    head: int
    subject: Subject = THE_BLOG


class EntryBytes(Struct, frozen=True, kw_only=True):
    """An entry from a live blog, in a section of the layout, the highest rank first.

    `subject`: whose words it contains; `language`: of the document that it is for. `also`: other subjects of the live
    blog whose words it contains: when one of them is taken back, `bare`, which has none of these, replaces it, or, if
    that is empty, the entry is deleted.
    """

    section: int
    rank: int
    data: bytes
    subject: Subject = THE_BLOG
    also: tuple[Subject, ...] = ()
    language: str = ""
    bare: bytes = b""


def put(
    path: str,
    *,
    language: str = "",
    media_type: str = "text/html; charset=utf-8",
    layout: Layout,
    page_entries: int = 0,
    made_of: Sequence[MadeOf] = (),
) -> None:
    """Store a document, or replace the one at this path without its entries. In a transaction.

    `made_of`: the sources of `layout` itself. Raises Outdated or NotEveryones.
    """
    _check({source.blog: source.head for source in made_of})
    made = {"media_type": media_type, "layout": _ENCODER.encode(layout), "page_entries": page_entries}
    row, new = Document.objects.get_or_create(path=path, language=language, defaults=made)
    if not new and (row.media_type, bytes(row.layout), row.page_entries) != tuple(made.values()):
        Document.objects.filter(pk=row.pk).update(**made, version=F("version") + 1)
    sources = {(source.blog, str(source.subject)) for source in made_of}
    if new or set(Source.objects.filter(document=row.pk).values_list("blog", "subject")) != sources:
        Source.objects.filter(document=row.pk).delete()
        Source.objects.bulk_create(Source(document=row.pk, blog=of, subject=subject) for of, subject in sorted(sources))
    ring(0, 0)


def put_entries(path: str, blog: int, entries: Iterable[EntryBytes]) -> None:
    """Replace a live blog's entries in a document, in each of its languages.

    In the transaction of the blog's follower (log.follow). Raises NotEveryones.
    """
    documents = dict(Document.objects.filter(path=path).values_list("language", "pk"))
    wanted = {
        (documents[one.language], one.section, one.rank, str(one.subject), _words(one.also), one.data, one.bare)
        for one in entries
    }
    _replace(blog, Entry.objects.filter(blog=blog, document__in=documents.values()), wanted)


def put_entries_below(
    under: str,
    blog: int,
    told: Mapping[str, Iterable[EntryBytes]],
    *,
    of: Collection[Subject] | None = None,
    alone: int | None = None,
) -> None:
    """Replace a live blog's entries, or only those of the subjects `of` it, in all documents below a path.

    In the transaction of the blog's follower, after the documents are stored; entries for a path without a document are
    skipped. `alone`: a section that has the entries of only one live blog, that with the highest id.
    Raises NotEveryones.
    """
    paths = dict(Document.objects.filter(path__in=list(told), language="").values_list("path", "pk"))
    wanted = {
        (paths[path], one.section, one.rank, str(one.subject), _words(one.also), one.data, one.bare)
        for path, entries in told.items()
        if path in paths
        for one in entries
    }
    if alone is not None:
        others = Entry.objects.filter(document__in=paths.values(), section=alone).exclude(blog=blog)
        taken = set(others.filter(blog__gt=blog).values_list("document", flat=True))
        wanted = {row for row in wanted if row[1] != alone or row[0] not in taken}
        others.filter(document__in=[row[0] for row in wanted if row[1] == alone], blog__lt=blog).delete()
    below = Document.objects.filter(path__startswith=under).values("pk")
    present = Entry.objects.filter(blog=blog, document__in=below)
    if of is not None:
        present = present.filter(subject__in=[str(subject) for subject in of])
    _replace(blog, present, wanted)


def put_lists(lists: Mapping[str, tuple[Layout, Sequence[tuple[int, EntryBytes]]]]) -> None:
    """Store documents, by path, each with these entries only, by live blog.

    In a transaction that has locked the live blogs (`lock_everyones`).
    """
    for path, (layout, entries) in sorted(lists.items()):
        made = {"media_type": "text/html; charset=utf-8", "layout": _ENCODER.encode(layout)}
        row, new = Document.objects.get_or_create(path=path, language="", defaults=made)
        present = Entry.objects.filter(document=row.pk)
        present_rows = {(blog, rank, bytes(data)) for blog, rank, data in present.values_list("blog", "rank", "data")}
        wanted = {(blog, one.rank, one.data) for blog, one in entries}
        if not new and present_rows == wanted and bytes(row.layout) == made["layout"]:
            continue
        present.delete()
        Entry.objects.bulk_create(
            Entry(document=row.pk, section=0, rank=rank, blog=blog, subject=str(THE_BLOG), data=data)
            for blog, rank, data in sorted(wanted)
        )
        Document.objects.filter(pk=row.pk).update(**made, version=F("version") + 1)
        ring(0, 0)


def lock_everyones(blogs: Collection[int]) -> list[int]:
    """Lock live blogs until the commit, and return those that are for everyone."""
    # By id, and before any document: `take_back` also locks its live blog first, so that neither can deadlock.
    rows = PublishedBlog.objects.select_for_update(no_key=True).filter(pk__in=blogs).order_by("pk")
    return [row.pk for row in rows if row.public]


def blogs_of(path: str) -> list[int]:
    """Return the live blogs of a document's entries, the highest rank first."""
    documents = Document.objects.filter(path=path).values("pk")
    return list(Entry.objects.filter(document__in=documents).order_by("-rank").values_list("blog", flat=True))


def missing(paths: Collection[str]) -> set[str]:
    """Return the paths without a document."""
    return set(paths) - set(Document.objects.filter(path__in=list(paths)).values_list("path", flat=True))


_COLUMNS: Final = ("document", "section", "rank", "subject", "also", "data", "bare")


def _words(subjects: Iterable[Subject]) -> str:
    return " ".join(sorted(map(str, subjects)))


def _replace(blog: int, present: QuerySet[Entry], wanted: set[tuple[Any, ...]]) -> None:
    """Replace the `present` entries of a live blog by `wanted`, tuples in the order of _COLUMNS."""
    present_rows = {(*row[:5], bytes(row[5]), bytes(row[6])): row[7] for row in present.values_list(*_COLUMNS, "pk")}
    changed = {row[0] for row in present_rows.keys() ^ wanted}
    if not changed:
        return
    if wanted:
        _check({blog: None})
    # Only those that differ: an event changes one or two of a feed's fifty entries.
    Entry.objects.filter(pk__in=[pk for row, pk in present_rows.items() if row not in wanted]).delete()
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in sorted(wanted - present_rows.keys())]
    Entry.objects.bulk_create(Entry(blog=blog, **row) for row in rows)
    Document.objects.filter(pk__in=changed).update(version=F("version") + 1)
    ring(0, 0)


def remove(path: str) -> None:
    """Delete a document. In a transaction."""
    documents = list(Document.objects.filter(path=path).values_list("pk", flat=True))
    for table in (Entry, Source):
        table.objects.filter(document__in=documents).delete()
    Document.objects.filter(pk__in=documents).delete()
    ring(0, 0)


def drop(path: str, *, below: int) -> None:
    """Delete the entries of a document whose rank is below this. In a transaction."""
    documents = Document.objects.filter(path=path)
    gone, _ = Entry.objects.filter(document__in=documents.values("pk"), rank__lt=below).delete()
    if gone:
        documents.update(version=F("version") + 1)
        ring(0, 0)


def paths_of(blog: int) -> set[str]:
    """Return the paths of the documents that have entries of a blog."""
    documents = Entry.objects.filter(blog=blog).values("document")
    return set(Document.objects.filter(pk__in=documents).values_list("path", flat=True))


def take_back(blog: int, subjects: Collection[Subject] | None = None) -> None:
    """Stop serving what was made from a live blog, or from these subjects. In the transaction that takes them back."""
    gone = frozenset(map(str, subjects or ()))
    of = {"blog": blog} if subjects is None else {"blog": blog, "subject__in": sorted(gone)}
    entries, sources = Entry.objects.filter(**of), Source.objects.filter(**of)
    with_others = Entry.objects.filter(blog=blog).exclude(also="").values_list("pk", "document", "also")
    partly = {pk: document for pk, document, also in with_others if not gone.isdisjoint(also.split())}
    whole = set(sources.values_list("document", flat=True))
    touched = whole | set(entries.values_list("document", flat=True)) | set(partly.values())
    if touched:
        # By id, or two such transactions at once would deadlock.
        list(Document.objects.select_for_update().filter(pk__in=touched).order_by("pk"))
        entries.delete()
        Entry.objects.filter(pk__in=partly, bare=b"").delete()
        Entry.objects.filter(pk__in=partly).update(data=F("bare"), also="", bare=b"")
        Document.objects.filter(pk__in=touched).update(version=F("version") + 1)
        Document.objects.filter(pk__in=whole).update(layout=b"")
    for forget in _FORGETS:
        forget(blog, subjects)


def on_taking_back(forget: _Forget) -> None:
    """Register a function that deletes another package's rows about what is taken back, in the same transaction.

    It is called with a live blog and its subjects, None for all of them. Registered by the package's consume.py.
    """
    _FORGETS.append(forget)


def _check(heads: dict[int, int | None]) -> None:
    """Lock live blogs until the commit; raise for one whose head moved or that is not for everyone."""
    rows = PublishedBlog.objects.select_for_update(no_key=True).filter(pk__in=heads).order_by("pk")
    found = {row.pk: row for row in rows}
    for blog, head in heads.items():
        row = found.get(blog)
        if row is None or (head is not None and row.head != head):
            raise Outdated(f"Blog {blog} is not at {head} any more.")
        if not row.public:
            raise NotEveryones(f"Blog {blog} is not everyone's.")
