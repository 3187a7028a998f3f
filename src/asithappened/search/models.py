"""The table of what can be found: a row for each post and each live blog, with the id of its words in the index.

The words themselves are no field: SQLite has them in an FTS5 table, PostgreSQL in a tsvector column (schema.py).
"""

from django.db import models


class Found(models.Model):
    """A post of a live blog, or with `post` "" the live blog itself; a newer one has a higher id (index.py).

    `digest`: of the words that are in the index, so that words that stay are not written again.
    """

    id = models.BigIntegerField(primary_key=True)
    blog = models.BigIntegerField()
    post = models.CharField(max_length=64, blank=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        db_table = "search_found"
        constraints = (models.UniqueConstraint(fields=["blog", "post"], name="search_found_once"),)


class Unrelated(models.Model):
    """A live blog without automatic related coverage, because somebody at the desk switched it off."""

    blog = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "search_unrelated"
