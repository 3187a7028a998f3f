"""The table of counts: how often what happened in an hour, and how many read at once.

Owns it. It lies with what changes often and concerns no reader (`desk.drafts.router`): to write it keeps no publish
waiting. So a live blog stands in it by its number, and by no foreign key.
"""

from typing import ClassVar

from django.db import models


class Count(models.Model):
    """A number. `hour`: whole ones since 1970, in UTC. `key`: a step, the id of a post, a host; or ""."""

    class Kind(models.TextChoices):
        """What is counted."""

        AT_ONCE = "at once"
        READ = "read"
        OPENED = "opened"
        FROM = "from"

    blog = models.PositiveBigIntegerField()
    hour = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    key = models.CharField(max_length=253, blank=True)
    n = models.PositiveBigIntegerField()

    class Meta:
        db_table = "readership_count"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blog", "hour", "kind", "key"], name="readership_count_once")
        ]

    def __str__(self) -> str:
        return f"count {self.pk}: {self.n}"
