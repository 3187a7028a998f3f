"""The base of every event, and the types of events' fields.

Owns `Subject`, what a fact is about, and `Erasable`. Look next: events.py, which has the events.
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
# A page's headers carry it as it is: the pattern has no character with a meaning there (core.urls.origin_of).
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

    `about`: "blog", "post", or one of ledger_events.LEDGER. `id`: unique among those of the blog; "" for the blog.
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
    """Whether an event's payload can be erased. A fold needs those that cannot."""

    NEVER = "never"
    WITH_ALL = "with all"  # it says something of its subject, and goes when all of the subject does
    ALONE = "alone"  # it carries the subject's words as they are from then on


class EventShape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The base of every event."""

    KIND: ClassVar[str] = ""
    VERSION: ClassVar[int] = 1
    ERASABLE: ClassVar[Erasable] = Erasable.NEVER

    @property
    def subject(self) -> Subject:
        """What it is about. The log's envelope has it too, so that it survives the erasure of the payload."""
        raise NotImplementedError
