"""What every event has, and the types that their fields are made of.

Owns `Subject`, what a fact is about, and what may be erased of one. Look next: events.py for which events there are.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, ClassVar, Final

from msgspec import Meta, Struct

from asithappened.core import limits

PostId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$(?!\n)")]
Slug = Annotated[str, Meta(min_length=1, max_length=limits.SLUG_CHARS, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)")]
Title = Annotated[str, Meta(max_length=limits.TITLE_CHARS)]
Standfirst = Annotated[str, Meta(max_length=limits.STANDFIRST_CHARS)]
Name = Annotated[str, Meta(min_length=1, max_length=limits.NAME_CHARS)]
Names = Annotated[tuple[Name, ...], Meta(max_length=limits.NAMES)]
Reason = Annotated[str, Meta(max_length=limits.REASON_CHARS)]
Language = Annotated[str, Meta(max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$(?!\n)")]
Zone = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$(?!\n)")]
Link = Annotated[str, Meta(max_length=limits.URL_CHARS)]
PrintedRole = Annotated[str, Meta(max_length=limits.ROLE_CHARS)]
ProfileLink = Annotated[str, Meta(max_length=limits.PROFILE_URL_CHARS)]
# As a page's headers carry it: nothing else of a header can be written in one (core.urls.origin_of).
WebOrigin = Annotated[
    str,
    Meta(
        max_length=limits.ORIGIN_CHARS,
        pattern=r"^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?$(?!\n)",
    ),
]
Instant = Annotated[datetime, Meta(tz=True)]


class Subject(Struct, frozen=True, forbid_unknown_fields=True):
    """What a fact is about: something with a state of its own, within one live blog.

    `about`: what it is, "blog" or "post" today. `id`: unique among those of the blog; "" for the blog itself.
    """

    about: Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[a-z_]+$(?!\n)")]
    id: Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")] = ""

    def __str__(self) -> str:
        """Return it as one word, such as "post:a1" or "blog:"."""
        return f"{self.about}:{self.id}"


POST: Final = "post"
THE_BLOG: Final = Subject("blog")


def post(id_: str) -> Subject:
    """Return a post as a subject."""
    return Subject(POST, id_)


class Erasable(Enum):
    """Whether an event's payload can be erased: a fold needs what is not."""

    NEVER = "never"
    WITH_ALL = "with all"  # it says something of its subject, and goes when all of the subject does
    ALONE = "alone"  # it carries the subject's words as they are from then on


class EventShape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every event has."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    ERASABLE: ClassVar[Erasable] = Erasable.NEVER

    @property
    def subject(self) -> Subject:
        """What it is about. It stands in the log's envelope too, and so survives an erased payload."""
        raise NotImplementedError
