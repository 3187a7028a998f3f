"""Tables of drafts, presence, leases and notices, which change every few seconds.

Blogs, users and posts are referred to by id, because their rows may be in another file (router.py).
"""

from django.db import models

from asithappened.core import limits

TAB_CHARS = 32  # of the random name that a browser's tab gives itself


class Draft(models.Model):
    """A person's words of one post, as last saved.

    `blog`, `author`: ids. `key`: the post's once-key. `of`: the post that is edited, "" for a new one;
    `based_on`: that post's last_seq as it was seen. `words`: JSON, as the composer had them; "" once they are sent.
    `writer`, `turn`: which open composer saved last, and how often it had. `version` rises with each save.
    """

    class State(models.TextChoices):
        """Open, or sent."""

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


class Presence(models.Model):
    """A tab of a person's browser in which a live blog's desk is open. `at`: a post's id, "new", or "" for none.

    `since`: when it came to that place. `active`: the tab is in view and in use.
    """

    blog = models.BigIntegerField()
    user = models.BigIntegerField()
    tab = models.CharField(max_length=TAB_CHARS)
    name = models.CharField(max_length=200)
    at = models.CharField(max_length=64, blank=True)
    active = models.BooleanField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "user", "tab"], name="drafts_presence_of_a_tab"),)


class Lease(models.Model):
    """The tab in which a post is being edited. A courtesy only: the log decides whether a save is stale."""

    blog = models.BigIntegerField()
    post = models.CharField(max_length=64)
    user = models.BigIntegerField()
    tab = models.CharField(max_length=TAB_CHARS)
    name = models.CharField(max_length=200)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "post"], name="drafts_lease_of_a_post"),)


class Notice(models.Model):
    """A notice to a tab about what somebody else did; deleted once the tab has said that it showed it."""

    class What(models.TextChoices):
        """The kinds of notices."""

        TAKEN = "taken"  # somebody took over the post that was being edited in the tab
        ASKED = "asked"  # somebody asked for that post

    blog = models.BigIntegerField()
    user = models.BigIntegerField()
    tab = models.CharField(max_length=TAB_CHARS)
    what = models.CharField(max_length=16, choices=What.choices)
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["blog", "user", "tab"], name="drafts_notice_of_a_tab"),)
