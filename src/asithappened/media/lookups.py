"""Results of looking up addresses elsewhere that posts name: none is asked for again, found or not.

Owns those rows: whoever is killed between two addresses goes on behind the last one. A file that was let go of since is
sought anew.
"""

from collections.abc import Collection
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct

from asithappened.jobs.clock import CLOCK
from asithappened.media.models import Media, Sought


class Address(Struct, frozen=True):
    """An address, and what is looked up there."""

    what: Literal["picture", "embed"]
    url: str


class Found(Struct, frozen=True, kw_only=True):
    """What became of one: a file (`media`), or fields of a block (`said`), or why neither (`why`).

    `lasting`: it will not be otherwise another time.
    """

    media: str = ""
    said: dict[str, Any] = {}
    why: str = ""
    lasting: bool = False


def known(blog: int, addresses: Collection[Address]) -> dict[Address, Found]:
    """Return the results for those addresses of a live blog that need not be asked again."""
    keys = {_key(address): address for address in addresses}
    rows = [row for row in Sought.objects.filter(blog=blog) if row.key in keys]
    there = set(Media.objects.filter(pk__in=[row.media for row in rows if row.media]).values_list("pk", flat=True))
    return {
        keys[row.key]: Found(media=row.media, said=row.said, why=row.why, lasting=row.lasting)
        for row in rows
        if (row.media in there if row.media else row.said or row.lasting)
    }


def note(blog: int, address: Address, found: Found) -> None:
    """Store the result for one."""
    values = {"url": address.url, "media": found.media, "said": found.said, "why": found.why, "lasting": found.lasting}
    Sought.objects.update_or_create(blog=blog, key=_key(address), defaults={**values, "at": CLOCK.now()})


def _key(address: Address) -> str:
    return sha256(f"{address.what} {address.url}".encode()).hexdigest()
