"""What the house's pages of tags, days and authors say, as it stands in the tables."""

from typing import Any

from asithappened import press
from asithappened.core import events as e
from asithappened.published.models import Document, Entry


def opened(slug: str, *more: e.Event, **fields: Any) -> int:
    """Open a blog that is everyone's."""
    about = {"title": slug.title(), "audience": e.Audience.EVERYONE} | fields
    return press.publish(None, [e.BlogOpened(slug=slug, **about), *more]).blog


def told(path: str) -> list[str]:
    """Return the entries of a document in order; none of one that is not there."""
    documents = Document.objects.filter(path=path).values("pk")
    rows = Entry.objects.filter(document__in=documents).order_by("section", "-rank", "-blog", "pk")
    return [bytes(data).decode() for data in rows.values_list("data", flat=True)]
