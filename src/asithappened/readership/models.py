"""The table of counts.

On SQLite it is in the file of the drafts (`desk.drafts.router`), so that writing it never delays a publish. So it has
a live blog by its number, without a foreign key.
"""

from typing import ClassVar

from django.db import models


class Count(models.Model):
    """A count. `hour`: since 1970, in UTC. `key`: a step, the id of a post, a host, or ""."""

    class Kind(models.TextChoices):
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
