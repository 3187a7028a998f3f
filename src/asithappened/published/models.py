"""The tables of what readers may have: finished bytes, and what is needed to find them.

Django's half of the package: write.py fills these tables, in the append's transaction. Delivery reads them with
read.py, which knows no Django; a change here is a change there. Tables of which an append with ten rows of the ledger
writes ten rows have no id: their key is what they are found by, which is an index and a sequence less.
"""

from django.db import models


class PublishedBlog(models.Model):
    """A live blog as delivery knows it. The id is the log's.

    `generation` rises whenever bytes that were served may not be served again; `render` when everything was rendered
    again, and `floor` is the head at that moment: no reader can catch up from an older seq.
    """

    id = models.BigIntegerField(primary_key=True)
    slug = models.CharField(max_length=120)
    epoch = models.CharField(max_length=16)
    head = models.BigIntegerField()
    generation = models.IntegerField(default=0)
    render = models.IntegerField(default=0)
    floor = models.BigIntegerField(default=0)
    fingerprint = models.CharField(max_length=64)
    audience = models.CharField(max_length=16)
    status = models.CharField(max_length=16)

    class Meta:
        db_table = "published_blog"

    @property
    def public(self) -> bool:
        """Whether everyone may read it, and it was not taken down."""
        return self.audience == "everyone" and self.status != "gone"


class Revoked(models.Model):
    """Revoked tickets: those of `holder` to `blog` (0: to every blog) that expire at `until` (Unix time) or before.

    After `until` the row can be deleted, because the tickets have expired.
    """

    blog = models.BigIntegerField()
    holder = models.CharField(max_length=64)
    until = models.BigIntegerField()

    class Meta:
        db_table = "published_revoked"
        constraints = (models.UniqueConstraint(fields=["blog", "holder"], name="published_revoked_once"),)


class PublishedSlug(models.Model):
    """An address of a live blog, the current one or a former."""

    slug = models.CharField(max_length=120, primary_key=True)
    blog = models.BigIntegerField()

    class Meta:
        db_table = "published_slug"


class Frame(models.Model):
    """One event's changes to an open page, as one line of JSON."""

    pk = models.CompositePrimaryKey("blog", "seq")
    blog = models.BigIntegerField()
    seq = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "published_frame"


class Part(models.Model):
    """A named part of the page, or a layout. `seq`: when it last changed; `live`: open pages get it too."""

    blog = models.BigIntegerField()
    name = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    live = models.BooleanField()
    data = models.BinaryField()

    class Meta:
        db_table = "published_part"
        constraints = (models.UniqueConstraint(fields=["blog", "name"], name="published_part_once"),)


class PublishedPost(models.Model):
    """A post's finished bytes. If it is not visible, `history` is the contents of its permalink.

    `placed`: its fragment is among the posts: the post, or the note that it was withdrawn. `hour`: when it was posted,
    as printed (render.hours); empty if that is unknown. `listed`: it is a visible key event, and `entry` is its entry
    in the list of all key events. `structured`: its piece of the main page's structured data. `media`: the files of
    this installation in its fragment, as "ID/DIGEST8 ID/DIGEST8": readers may have these files only. `annotations`: the
    contents of the slot at the fragment's end, since `annotated_seq`.
    """

    blog = models.BigIntegerField()
    post = models.CharField(max_length=64)
    position = models.BigIntegerField()
    first_seq = models.BigIntegerField()
    last_seq = models.BigIntegerField()
    visible = models.BooleanField()
    placed = models.BooleanField()
    fragment = models.BinaryField()
    card = models.BinaryField()
    history = models.BinaryField()
    listed = models.BooleanField(default=False)
    entry = models.BinaryField(default=b"")
    structured = models.BinaryField(default=b"")
    media = models.TextField(default="", blank=True)
    hour = models.BinaryField(default=b"")
    annotations = models.BinaryField(default=b"")
    annotated_seq = models.BigIntegerField(default=0)

    class Meta:
        db_table = "published_post"
        constraints = (models.UniqueConstraint(fields=["blog", "post"], name="published_post_once"),)
        indexes = (
            models.Index(fields=["blog", "visible", "position", "first_seq"], name="published_post_in_order"),
            models.Index(fields=["blog", "placed", "position", "first_seq"], name="published_post_placed"),
            models.Index(
                fields=["blog", "-position", "-first_seq"],
                condition=models.Q(listed=True),
                name="published_post_listed",
            ),
        )


class Annotation(models.Model):
    """That a subject (core.events.Subject, as a word) has or had an annotation in a post's slot, first by fact `seq`.

    Its bytes are in the post's row, while readers may have both.
    """

    pk = models.CompositePrimaryKey("blog", "post", "subject")
    blog = models.BigIntegerField()
    post = models.CharField(max_length=64)
    subject = models.CharField(max_length=81)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "published_annotation"
        constraints = (
            models.UniqueConstraint(fields=["blog", "subject", "post"], name="published_annotation_of_a_subject"),
        )


class PublishedRow(models.Model):
    """A row of the ledger as readers have it: a statement, a series, a correction (`about`).

    `visible`: it has words that readers may have; if not, `page` is what its own page says instead. `section`: of the
    list that has `entry`, newest `last_seq` first; "" for none. `page`: the body of its own page, empty if that is
    `entry` alone; `title`, `said`, `card`: the words in its <head> and the version of its card. `source`: the key
    (published.layout) of its source, "" for none; `named`: the link to that source's rows. `structured`: its piece of
    the structured data; a correction's belongs to that of its `post`, or of the live blog if that is "".
    """

    pk = models.CompositePrimaryKey("blog", "about", "row_id")
    blog = models.BigIntegerField()
    about = models.CharField(max_length=16)
    row_id = models.CharField(max_length=64)
    section = models.CharField(max_length=16, blank=True)
    source = models.CharField(max_length=12, blank=True)
    named = models.BinaryField()
    post = models.CharField(max_length=64, blank=True)
    last_seq = models.BigIntegerField()
    visible = models.BooleanField()
    entry = models.BinaryField()
    page = models.BinaryField()
    title = models.BinaryField()
    said = models.BinaryField()
    card = models.CharField(max_length=12, blank=True)
    structured = models.BinaryField()

    class Meta:
        db_table = "published_row"


class Page(models.Model):
    """An older page, 1 the oldest: the order of its newest post. It has the posts from there to the next older page."""

    blog = models.BigIntegerField()
    number = models.IntegerField()
    position = models.BigIntegerField()
    first_seq = models.BigIntegerField()

    class Meta:
        db_table = "published_page"
        constraints = (models.UniqueConstraint(fields=["blog", "number"], name="published_page_once"),)


class Segment(models.Model):
    """The generation of a segment from which something was taken back; all others have generation 0."""

    blog = models.BigIntegerField()
    number = models.IntegerField()
    generation = models.IntegerField()

    class Meta:
        db_table = "published_segment"
        constraints = (models.UniqueConstraint(fields=["blog", "number"], name="published_segment_once"),)


class Document(models.Model):
    """A document that is no live blog's page, made by following the log; in a language of the house, or "" for any.
    `layout`: a published.listing.Layout in JSON; empty: taken back, until it is made again. `page_entries`: entries a
    page, 0 if there is only one page. `version` rises with every change of its bytes, including its entries.
    """

    path = models.CharField(max_length=200)
    language = models.CharField(max_length=16, blank=True)
    media_type = models.CharField(max_length=80)
    layout = models.BinaryField()
    page_entries = models.PositiveSmallIntegerField(default=0)
    version = models.BigIntegerField(default=0)

    class Meta:
        db_table = "published_document"
        constraints = (models.UniqueConstraint(fields=["path", "language"], name="published_document_once"),)


class Entry(models.Model):
    """An entry of a document, made from a live blog and the words of its `subject` (core.events.Subject, as a word).

    Entries are ordered by section, then by `rank`, the highest first. `also`: other subjects whose words it has, with
    spaces between; `bare`: replaces it when one of them is taken back; if empty, the entry is deleted then.
    """

    document = models.BigIntegerField()
    section = models.PositiveSmallIntegerField()
    rank = models.BigIntegerField()
    blog = models.BigIntegerField()
    subject = models.CharField(max_length=81)
    also = models.TextField(default="", blank=True)
    data = models.BinaryField()
    bare = models.BinaryField(default=b"")

    class Meta:
        db_table = "published_entry"
        indexes = (
            models.Index(fields=["document", "section", "-rank", "-blog", "id"], name="published_entry_in_order"),
            models.Index(fields=["blog", "document"], name="published_entry_of_a_blog"),
        )


class Source(models.Model):
    """A source of a document's layout: a live blog, and the words of its `subject`."""

    document = models.BigIntegerField()
    blog = models.BigIntegerField()
    subject = models.CharField(max_length=81)

    class Meta:
        db_table = "published_source"
        constraints = (
            models.UniqueConstraint(fields=["blog", "subject", "document"], name="published_source_once"),
            models.UniqueConstraint(fields=["document", "blog", "subject"], name="published_source_of_a_document"),
        )


class Agreement(models.Model):
    """A value on which all machines of an installation must agree; the first one to serve decides it."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=300)

    class Meta:
        db_table = "published_agreement"


class Reached(models.Model):
    """The reports of one machine's processes about a blog's readers: a list of reached.Reached, in JSON.

    Only if several machines share one PostgreSQL. `blog` 0: that the machine is alive, at `seen_at`.
    """

    machine = models.CharField(max_length=32)
    blog = models.BigIntegerField()
    said = models.BinaryField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "published_reached"
        constraints = (models.UniqueConstraint(fields=["machine", "blog"], name="published_reached_once"),)
        indexes = (models.Index(fields=["blog"], name="published_reached_of_a_blog"),)
