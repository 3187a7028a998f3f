"""What somebody is writing, before it is sent anywhere: the server's copy.

Owns that table. Other rows are named by their ids: they may be in another file.
"""

from django.db import models

from asithappened.core import limits


class Draft(models.Model):
    """A person's words of one post, as last saved.

    `blog`, `author`: ids. `key`: what the post is published with once. `of`: the post that is edited, "" for a new one;
    `based_on`: that post's last_seq as it was seen. `words`: JSON, as the composer had them; "" once they are sent.
    `writer`, `turn`: which open composer saved last, and how often it had. `version` rises with each save.
    """

    class State(models.TextChoices):
        """Whether it is still being written."""

        OPEN = "open"
        SENT = "sent"

    blog = models.BigIntegerField()
    author = models.BigIntegerField()
    key = models.CharField(max_length=64)
    of = models.CharField(max_length=64, blank=True)
    based_on = models.BigIntegerField(null=True)
    words = models.TextField(blank=True)
    first_words = models.CharField(max_length=limits.NAME_CHARS, blank=True)
    writer = models.CharField(max_length=64, blank=True)
    turn = models.BigIntegerField(default=0)
    version = models.BigIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "author", "key"], name="drafts_draft_once"),)
        indexes = (
            models.Index(fields=["blog", "state", "-saved_at"], name="drafts_draft_of_a_blog"),
            models.Index(fields=["blog", "of"], name="drafts_draft_of_a_post", condition=~models.Q(of="")),
        )

    def __str__(self) -> str:
        return f"draft {self.pk}: {self.state}"
