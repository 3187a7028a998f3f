"""Counting votes: adds one to an option, if the address has a vote left today.

Owns the counts, and deleting addresses. An address is stored for a day at the most, as a digest under that day's key.
Both are deleted then, and nobody can tell any more who voted. The chosen option is never stored with the digest.
"""

import hmac
import secrets
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from asithappened.jobs.clock import CLOCK
from asithappened.polls.models import Count, Day, Voted

KEY_BYTES: Final = 32


def vote(blog: int, *, post: str, poll: str, option: str, network: str) -> bool:
    """Count a vote; False if this address has none left in this poll today."""
    today = CLOCK.now().date()
    with transaction.atomic():
        if not _spend(today, f"{blog} {post} {poll} {network}"):
            return False
        row = {"blog_id": blog, "post": post, "poll": poll, "option": option}
        Count.objects.bulk_create([Count(**row)], ignore_conflicts=True)
        Count.objects.filter(**row).update(votes=F("votes") + 1)
    return True


def votes(blog: int, *, post: str, poll: str) -> dict[str, int]:
    """Return how many votes each option of a poll has that has any, by its id."""
    return dict(Count.objects.filter(blog=blog, post=post, poll=poll).values_list("option", "votes"))


def erase(blog: int, post: str) -> None:
    """Delete the votes of a post whose words are erased."""
    Count.objects.filter(blog=blog, post=post).delete()


def forget() -> int:
    """Delete the addresses and the keys of past days; return how many days."""
    over = Day.objects.filter(day__lt=CLOCK.now().date())
    Voted.objects.filter(day__in=over).delete()
    return over.delete()[0]


def _spend(today: date, who: str) -> bool:
    """Use one of the votes that an address has in a poll today; False if none is left."""
    day = Day.objects.filter(day=today).first()
    if day is None:
        forget()  # with the first vote of a day, even if the worker is late
        Day.objects.bulk_create([Day(day=today, key=secrets.token_bytes(KEY_BYTES))], ignore_conflicts=True)
        day = Day.objects.get(day=today)
    digests = (
        hmac.digest(bytes(day.key), f"{who} {nth}".encode(), "sha256").hex() for nth in range(settings.POLL_VOTES)
    )
    return any(Voted.objects.get_or_create(digest=digest, defaults={"day": day})[1] for digest in digests)
