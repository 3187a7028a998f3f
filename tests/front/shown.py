"""The front page's entries as they stand in the tables, in the order in which delivery asks for them."""

from asithappened.front import consume as front
from asithappened.published.models import Document, Entry


def entries(language: str = "en") -> list[tuple[int, int, bytes]]:
    """Return section, blog and bytes of each entry."""
    document = Document.objects.get(path=front.PATH, language=language)
    rows = Entry.objects.filter(document=document.pk).order_by("section", "-rank", "-blog", "pk")
    return [(section, blog, bytes(data)) for section, blog, data in rows.values_list("section", "blog", "data")]


def text(language: str = "en") -> str:
    """Return all that they say."""
    return "\n".join(data.decode() for _, _, data in entries(language))
