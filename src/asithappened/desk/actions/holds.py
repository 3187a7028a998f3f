"""For how many seconds a publication is held, so that it can be undone.

Owns the two choices: a live blog's, made by its owners, and a person's own. The longer one counts.
"""

from typing import Final

from django.db import connection, transaction

from asithappened.accounts.gate import Verb
from asithappened.accounts.models import User
from asithappened.desk.actions.actor import permit
from asithappened.desk.actions.carry_out import note
from asithappened.desk.models import Hold

CHOICES: Final = (0, 5, 10, 30)  # seconds


def hold_s(blog: int, user: User) -> int:
    """Return for how many seconds this person's posts on this live blog are held; 0 for not at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(seconds) FROM desk_hold WHERE blog_id = %s OR user_id = %s", [blog, user.pk])
        return cursor.fetchone()[0] or 0


def of_blog(blog: int) -> int:
    """Return the choice of a live blog's owners."""
    return Hold.objects.filter(blog_id=blog).values_list("seconds", flat=True).first() or 0


def of_person(user: User) -> int:
    """Return a person's choice."""
    return Hold.objects.filter(user=user).values_list("seconds", flat=True).first() or 0


def set_hold(blog: int, *, by: User, seconds: int) -> None:
    """Choose for a live blog. Only an owner may."""
    permit(by, blog, Verb.OWN)
    with transaction.atomic():
        Hold.objects.update_or_create(blog_id=blog, defaults={"seconds": seconds})
        note(blog, by=by, name="set_hold", about=str(seconds))


def set_own_hold(*, by: User, seconds: int) -> None:
    """Choose for oneself."""
    Hold.objects.update_or_create(user=by, defaults={"seconds": seconds})
