"""The tables of what readers may have: finished bytes, and what is needed to find them.

Django's half of the package: write.py fills these tables, in the append's transaction. Delivery reads them with
read.py, which knows no Django; a change here is a change there.
"""

from django.db import models


class PublishedBlog(models.Model):
    """A live blog as delivery knows it. The id is the log's.

    `generation` rises whenever bytes that were served before may not be served again; `render` when everything was
    rendered anew, and `floor` is the head at that moment: nobody can be brought on from an older seq.
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


class Revoked(models.Model):
    """Tickets taken back: those of `holder` to `blog` (0: to every blog) that expire at `until` (Unix time) or before.

    Once `until` is past, the row can be deleted: the tickets have expired by themselves.
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
    """What one event does to an open page, as one line of JSON."""

    blog = models.BigIntegerField()
    seq = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        db_table = "published_frame"
        constraints = (models.UniqueConstraint(fields=["blog", "seq"], name="published_frame_once"),)


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
    """A post's finished bytes. Of one that is not visible, `history` is what its permalink says instead.

    `placed`: its fragment stands among the posts, be it the post or the note that it was withdrawn.
    `hour`: the hour that it was posted in, in print (render.hours); empty if that is unknown. `listed`: it is a visible
    key event, and `entry` is what the list of all of them says of it. `structured`: what it
    is in the structured data of the main page. `media`: what of ours its fragment shows, as "ID/DIGEST8 ID/DIGEST8":
    those files are readers', and no others. `annotations`: what stands in the slot at the fragment's end, since
    `annotated_seq`.
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
    """That a subject (core.events.Subject, as a word) says something in a post's slot, or did: first by the fact `seq`.

    What it says is in the post's row, while both are readers'.
    """

    blog = models.BigIntegerField()
    post = models.CharField(max_length=64)
    subject = models.CharField(max_length=81)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "published_annotation"
        constraints = (
            models.UniqueConstraint(fields=["blog", "post", "subject"], name="published_annotation_once"),
            models.UniqueConstraint(fields=["blog", "subject", "post"], name="published_annotation_of_a_subject"),
        )


class PublishedRow(models.Model):
    """A row of the ledger as readers have it: a statement, a series, a correction (`about`).

    `visible`: it has words that readers may have; of one that has not, `page` is what its own page says instead.
    `section`: of the list that `entry` stands in, "" for none; the newest `last_seq` stands above. `page`, `head`: of
    its own page. `source`: the key (published.layout) of who says so, "" for nobody; `named`: the link to that source's
    rows. `structured`: what it is in structured data; of a correction, in that of the `post` that it is of, or
    of the live blog where that is "".
    """

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
    head = models.BinaryField()
    structured = models.BinaryField()

    class Meta:
        db_table = "published_row"
        constraints = (models.UniqueConstraint(fields=["blog", "about", "row_id"], name="published_row_once"),)
        indexes = (models.Index(fields=["blog", "section", "-last_seq"], name="published_row_in_order"),)


class Page(models.Model):
    """An older page, 1 the oldest: the order of its newest post. It holds those down to the page before."""

    blog = models.BigIntegerField()
    number = models.IntegerField()
    position = models.BigIntegerField()
    first_seq = models.BigIntegerField()

    class Meta:
        db_table = "published_page"
        constraints = (models.UniqueConstraint(fields=["blog", "number"], name="published_page_once"),)


class Segment(models.Model):
    """The generation of a segment of the log out of which something was taken; the others are of generation 0."""

    blog = models.BigIntegerField()
    number = models.IntegerField()
    generation = models.IntegerField()

    class Meta:
        db_table = "published_segment"
        constraints = (models.UniqueConstraint(fields=["blog", "number"], name="published_segment_once"),)


class Document(models.Model):
    """A document that is no blog's own page: made by following the log, in one of the house's languages ("" for any).

    `layout`: a published.listing.Layout in JSON; empty: taken back, until it is made again. `page_entries`: entries of
    one page, 0 if all stand on one. `version` rises with every change of its bytes, entries' included.
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
    """One entry of a document, made of a blog and of the words of its `subject` (core.events.Subject, as a word).

    It stands in the section of this number, above those of a lower `rank`. `also`: other subjects whose words it has,
    with spaces between; `bare`: what stands in its place when one of them is taken back, empty if nothing does.
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
    """What a document holds besides its entries: something of a blog, and the words of its `subject`."""

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
    """Something that all machines of an installation have to agree on, whoever serves it first settles it."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=300)

    class Meta:
        db_table = "published_agreement"


class Reached(models.Model):
    """What the processes of one machine say of a blog's readers: reached.Reached, several, in JSON.

    Only where several machines are on one PostgreSQL. `blog` 0: that the machine lives, as of `seen_at`.
    """

    machine = models.CharField(max_length=32)
    blog = models.BigIntegerField()
    said = models.BinaryField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "published_reached"
        constraints = (models.UniqueConstraint(fields=["machine", "blog"], name="published_reached_once"),)
        indexes = (models.Index(fields=["blog"], name="published_reached_of_a_blog"),)
