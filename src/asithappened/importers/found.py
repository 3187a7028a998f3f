"""The contents of another system's file, as every format's `read` returns them.

Owns the types between a format and the runner, and the refusal that both use. Plain values: no event, no database.
Look next: plan.py, which decides what to write, and run.py, which writes it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from asithappened.core import body, text
from asithappened.core.body import Doc
from asithappened.core.events import PostKind, Related


class ImportRefused(Exception):
    """A file cannot be imported. The message says what is wrong, what was written, and what to do."""


def refused(what: str, do: str) -> ImportRefused:
    """Return the refusal of a file before anything was written."""
    return ImportRefused(f"{what} Nothing was written. {do}")


@dataclass(frozen=True, kw_only=True)
class Converted:
    """How many blocks of a post the importer made from elements of another kind.

    A reader's photo (Guardian Witness) becomes a picture, a reader's comment a quotation, paragraphs typed with "•" a
    list. A report counts these apart from the source's own pictures, quotations and lists, so that its figures can be
    compared with the source's.
    """

    images: int = 0
    videos: int = 0
    quotes: int = 0
    lists: int = 0

    def __add__(self, other: "Converted") -> "Converted":
        return Converted(
            images=self.images + other.images,
            videos=self.videos + other.videos,
            quotes=self.quotes + other.quotes,
            lists=self.lists + other.lists,
        )


@dataclass(frozen=True, kw_only=True)
class FoundPost:
    """One post of the source. `place`: where a person finds it there ("line 31").

    `kind_inferred`: the source has no kind; a later import then keeps the kind that the newsroom gave the post here.
    """

    id: str
    place: str
    title: str = ""
    body: Doc = field(default_factory=Doc)
    kind: PostKind = PostKind.UPDATE
    kind_inferred: bool = False
    bylines: tuple[str, ...] = ()
    published_at: datetime | None = None
    updated: bool = False
    updated_at: datetime | None = None
    pinned: bool = False
    converted: Converted = Converted()

    @property
    def words(self) -> str:
        """The post as plain text, headline first; posts without ids are matched by it."""
        return "\n\n".join(filter(None, (self.title, body.plain(self.body))))


@dataclass(frozen=True, kw_only=True)
class FoundContributor:
    """A name in the byline; `on` unless the source says "earlier"."""

    name: str
    on: bool = True


@dataclass(frozen=True, kw_only=True)
class FoundBlog:
    """A live blog of the source, its posts newest first, as every source has them.

    `slug`: the same for every recording of the same blog. `former_slugs`: those that earlier versions of this program
    gave it. `made_ids`: the source has no ids, so a post is matched by its words. `partial`: a page of a longer blog,
    so that a missing post means nothing. `problems`: sentences for a person, each with its place.
    """

    title: str
    slug: str
    posts: tuple[FoundPost, ...]
    standfirst: str = ""
    language: str = "en"
    zone: str = "UTC"
    live: bool = False
    contributors: tuple[FoundContributor, ...] = ()
    opened_at: datetime | None = None
    modified_at: datetime | None = None
    modified_text: str = ""
    tags: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    made_ids: bool = False
    partial: bool = False
    problems: tuple[str, ...] = ()
    former_slugs: tuple[str, ...] = ()


def shortened(words: str, most: int = 60) -> str:
    """Return the beginning of a text, for a message."""
    line = text.one_line(words)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
