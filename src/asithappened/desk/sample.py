"""The sample content of an installation: the live blogs that the demonstration opened, and the sources it added.

Look next: `demo.play`, which opens them; `actions.sample`, which removes them.
"""

from typing import Final

from django.db.models import QuerySet

from asithappened.desk.models import Act
from asithappened.log import read

NAME: Final = "demo"  # the actor in the audit


def openings() -> QuerySet[Act]:
    """Return the openings of the demonstration's own days."""
    return Act.objects.filter(verb="open_blog", user=None, system=NAME)


def sources() -> list[str]:
    """Return the keys of the sources that the demonstration added to the house's list."""
    return list(Act.objects.filter(verb="add_source", user=None, system=NAME).values_list("about", flat=True))


def blogs() -> list[int]:
    """Return the sample's live blogs that are still there."""
    opened = list(openings().values_list("blog_id", flat=True))
    return [pk for pk, _ in read.blogs(only=opened)] if opened else []
