"""Stores the results of looking up addresses on other sites that posts contain, so that none is asked for again.

A job that is killed between two addresses continues after the last one. A file that was deleted since is fetched again.
"""

from collections.abc import Collection
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from asithappened.jobs.clock import CLOCK
from asithappened.media.models import Media, Sought


class Address(Struct, frozen=True):
    """An address, and the kind of the lookup."""

    what: Literal["picture", "embed"]
    url: str


class Found(Struct, frozen=True, kw_only=True):
    """The result of one: a file (`media`), or fields of a block (`said`), or the reason of a failure (`why`).

    `lasting`: asking again would not help.
    """

    media: str = ""
    said: dict[str, Any] = {}
    why: str = ""
    lasting: bool = False


def known(blog: int, addresses: Collection[Address]) -> dict[Address, Found]:
    """Return the results for those addresses of a live blog that need no second lookup."""
    keys = {_key(address): address for address in addresses}
    rows = [row for row in Sought.objects.filter(blog=blog) if row.key in keys]
    there = set(Media.objects.filter(pk__in=[row.media for row in rows if row.media]).values_list("pk", flat=True))
    return {
        keys[row.key]: Found(media=row.media, said=row.said, why=row.why, lasting=row.lasting)
        for row in rows
        if (row.media in there if row.media else row.said or row.lasting)
    }


def note(blog: int, address: Address, found: Found) -> None:
    values = {"url": address.url, "media": found.media, "said": found.said, "why": found.why, "lasting": found.lasting}
    Sought.objects.update_or_create(blog=blog, key=_key(address), defaults={**values, "at": CLOCK.now()})


def _key(address: Address) -> str:
    return sha256(f"{address.what} {address.url}".encode()).hexdigest()
