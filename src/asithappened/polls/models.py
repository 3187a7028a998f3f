"""The tables of polls: counts, and for one day the digests of addresses that have voted, with that day's key.

A vote only raises a number by one: no row says who chose what, and no digest is stored with an option.
"""

from django.db import models


class Count(models.Model):
    """How many votes an option has. `poll`, `option`: the ids of the blocks."""

    blog = models.ForeignKey("log.Blog", on_delete=models.CASCADE, related_name="+")
    post = models.CharField(max_length=64)
    poll = models.CharField(max_length=32)
    option = models.CharField(max_length=32)
    votes = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "polls_count"
        constraints = (models.UniqueConstraint(fields=["blog", "post", "poll", "option"], name="polls_count_once"),)

    def __str__(self) -> str:
        return f"count {self.pk}: {self.votes}"


class Day(models.Model):
    """The key of a day's digests. Without it nobody can test an address against them."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        db_table = "polls_day"

    def __str__(self) -> str:
        return f"key of {self.day}"  # never the key


class Voted(models.Model):
    """An address has voted in a poll on that day: a keyed digest of the two, and nothing else."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "polls_voted"

    def __str__(self) -> str:
        return "a vote"
