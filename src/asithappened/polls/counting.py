"""Counting votes: one more for an option, if its address has one left today.

Owns the counts and forgetting. An address is known for a day at the most, as a digest under a key of that day; with the
key it is deleted, and nobody can say any more who was among them. Which option it was is never written beside it.
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
    """Let go of what was voted in a post whose words are erased."""
    Count.objects.filter(blog=blog, post=post).delete()


def forget() -> int:
    """Forget the addresses of days that are over, and the keys of them; return how many days."""
    over = Day.objects.filter(day__lt=CLOCK.now().date())
    Voted.objects.filter(day__in=over).delete()
    return over.delete()[0]


def _spend(today: date, who: str) -> bool:
    """Take one of the votes that an address has in a poll today; False if there is none."""
    day = Day.objects.filter(day=today).first()
    if day is None:
        forget()  # with the first vote of a day, whatever the worker is at
        Day.objects.bulk_create([Day(day=today, key=secrets.token_bytes(KEY_BYTES))], ignore_conflicts=True)
        day = Day.objects.get(day=today)
    digests = (
        hmac.digest(bytes(day.key), f"{who} {nth}".encode(), "sha256").hex() for nth in range(settings.POLL_VOTES)
    )
    return any(Voted.objects.get_or_create(digest=digest, defaults={"day": day})[1] for digest in digests)
