"""The tables of the log.

Facts (Entry, Payload, Erasure, Once) are protected by triggers from updates and deletions. Current-state rows (Blog,
BlogSlug, Post, Subject) are the result of folding the facts, so that readers need not fold. Beside them: erasures that
are not scrubbed yet (Scrub), and each follower's progress (Following, Cursor).
Nothing here says who did something: that is the desk's. Look next: append.py, which writes facts and rows.
"""

from django.db import models


class Blog(models.Model):
    """A live blog: its head, and its state as core.state.BlogState in JSON. `link`: of the fact at the head."""

    epoch = models.CharField(max_length=16)
    head = models.BigIntegerField()
    link = models.BinaryField(max_length=32)
    audience = models.CharField(max_length=16)
    status = models.CharField(max_length=16)
    opened_at = models.DateTimeField()
    state = models.BinaryField()

    class Meta:
        db_table = "log_blog"


class BlogSlug(models.Model):
    """An address of a live blog, the current one or a former."""

    slug = models.CharField(max_length=120, primary_key=True)
    blog = models.ForeignKey(Blog, on_delete=models.PROTECT, related_name="slugs")

    class Meta:
        db_table = "log_blog_slug"


class Entry(models.Model):
    """The envelope of a fact: `about` and `subject` are core.events.Subject, the two hashes core.chain's."""

    blog = models.ForeignKey(Blog, on_delete=models.PROTECT, db_index=False)  # other indexes begin with it
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    origin = models.CharField(max_length=16)
    kind = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=16)
    subject = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(null=True)
    commitment = models.BinaryField(max_length=32)
    link = models.BinaryField(max_length=32)

    class Meta:
        db_table = "log_event"
        constraints = (models.UniqueConstraint(fields=["blog", "seq"], name="log_event_once_a_seq"),)
        indexes = (models.Index(fields=["blog", "subject", "about", "seq"], name="log_event_of_a_subject"),)


class Payload(models.Model):
    """A fact's payload, apart from its envelope so that it can be erased, with the salt of its commitment."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True)
    data = models.BinaryField()
    salt = models.BinaryField(max_length=16)

    class Meta:
        db_table = "log_payload"


class Erasure(models.Model):
    """The fact that erased a payload. Only with this row does the trigger let the payload be deleted."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="erasure")
    by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="erased")

    class Meta:
        db_table = "log_erasure"


class Scrub(models.Model):
    """An erasure whose deleted words are still in the database's files.

    `mark`: on PostgreSQL a transaction (xid) that began after the erasure; empty until the first try to scrub.
    """

    at = models.DateTimeField(auto_now_add=True)
    mark = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "log_scrub"


class Once(models.Model):
    """An idempotency key, and the facts of its append. `scope`: the blog's id, or "" for opening one."""

    scope = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    blog = models.ForeignKey(Blog, on_delete=models.PROTECT)
    first = models.BigIntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "log_once"
        constraints = (models.UniqueConstraint(fields=["scope", "key"], name="log_once_a_key"),)


class Subject(models.Model):
    """A row of the ledger as it is now, one of core.ledger_state.ROWS in JSON.

    `seq`: its last_seq; `open`: whether the desk still has work with it (core.ledger_state); `section`: of the list of
    all (core.standing), "" for none.
    """

    pk = models.CompositePrimaryKey("blog_id", "about", "subject")
    blog = models.ForeignKey(Blog, on_delete=models.PROTECT, db_index=False)  # other indexes begin with it
    about = models.CharField(max_length=16)
    subject = models.CharField(max_length=64)
    seq = models.BigIntegerField(default=0)
    open = models.BooleanField(default=False)
    section = models.CharField(max_length=16, default="", blank=True)
    state = models.BinaryField()

    class Meta:
        db_table = "log_subject"
        indexes = (models.Index(fields=["blog", "section", "-seq"], name="log_subject_newest"),)


class Post(models.Model):
    """A post as it is now, core.state.PostState in JSON, with the columns that it is looked up by.

    `words`: headline, body and bylines, `authors`: its bylines, both as core.searching compares them.
    """

    blog = models.ForeignKey(Blog, on_delete=models.PROTECT, db_index=False)  # other indexes begin with it
    post = models.CharField(max_length=64)
    position = models.BigIntegerField()
    first_seq = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    visible = models.BooleanField()
    pictured = models.BooleanField(default=False)
    state = models.BinaryField()
    status = models.CharField(max_length=16, blank=True)
    words = models.TextField(blank=True)
    authors = models.TextField(blank=True)

    class Meta:
        db_table = "log_post"
        constraints = (models.UniqueConstraint(fields=["blog", "post"], name="log_post_once_an_id"),)
        indexes = (
            # Without `visible`: Django writes "visible", not "visible = 1", and SQLite then stops using the index at
            # that column. Few posts are withdrawn, and a scan in order skips those.
            models.Index(fields=["blog", "-position", "-first_seq"], name="log_post_in_order"),
            models.Index(fields=["blog", "kind", "-position", "-first_seq"], name="log_post_of_a_kind"),
            models.Index(
                fields=["blog", "-position", "-first_seq"],
                condition=models.Q(pictured=True),
                name="log_post_pictured",
            ),
        )


class Following(models.Model):
    """A follower of the log, and its version when it last began anew."""

    name = models.CharField(max_length=64, primary_key=True)
    version = models.CharField(max_length=64)

    class Meta:
        db_table = "log_following"


class Cursor(models.Model):
    """A follower has consumed all facts of this epoch of a blog's log up to `seq`."""

    follower = models.CharField(max_length=64)
    blog = models.ForeignKey(Blog, on_delete=models.PROTECT)
    epoch = models.CharField(max_length=16)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "log_cursor"
        constraints = (models.UniqueConstraint(fields=["follower", "blog"], name="log_cursor_once_a_blog"),)
