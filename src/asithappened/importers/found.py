"""What a file of another system was found to hold: the one answer that every format function gives.

Owns the shapes between a format and the runner, and the refusal that both use. Plain values: no event, no database.
Never decides what becomes of a finding: plan.py does that, and run.py writes it.
"""

from dataclasses import dataclass, field
from datetime import datetime

from asithappened.core import body, text
from asithappened.core.body import Doc
from asithappened.core.events import PostKind, Related


class ImportRefused(Exception):
    """A file that cannot be imported. The message says what is wrong, what is safe, and what to do."""


def refused(what: str, do: str) -> ImportRefused:
    """Make the refusal of a file that was looked at before anything was written."""
    return ImportRefused(f"{what} Nothing was written. {do}")


@dataclass(frozen=True, kw_only=True)
class Converted:
    """How many blocks of a post the importer made of something else, and of which kind.

    A reader's photo (Guardian Witness) becomes a picture, a reader's comment a quotation, paragraphs typed with "•" a
    list. A report counts these beside what the source itself calls a picture, a quotation or a list, so that its
    figures can be held against the source's.
    """

    images: int = 0
    videos: int = 0
    quotes: int = 0
    lists: int = 0

    def __add__(self, other: "Converted") -> "Converted":
        """Add two counts."""
        return Converted(
            images=self.images + other.images,
            videos=self.videos + other.videos,
            quotes=self.quotes + other.quotes,
            lists=self.lists + other.lists,
        )


@dataclass(frozen=True, kw_only=True)
class FoundPost:
    """One post as the source has it. `place`: where it stands there, as a person would look for it ("line 31").

    `kind_inferred`: the source does not say the kind; what the newsroom makes of the post here is then left alone.
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
        """The post as plain text, headline first: what it is recognised by."""
        return "\n\n".join(filter(None, (self.title, body.plain(self.body))))


@dataclass(frozen=True, kw_only=True)
class FoundContributor:
    """A name in the byline; `on` unless the source says "earlier"."""

    name: str
    on: bool = True


@dataclass(frozen=True, kw_only=True)
class FoundBlog:
    """A live blog as the source has it, its posts newest first, as every source shows them.

    `slug`: where to find it again; the same for every recording of the same blog. `former_slugs`: where earlier
    versions of this program put it. `made_ids`: the source has no ids, so
    a post is recognised by its words. `partial`: a page of a longer blog, so that a missing post means nothing.
    `problems`: sentences for a person, each with its place.
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
    """Return the beginning of a text, for a message that has to name it."""
    line = text.one_line(words)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
