"""The tables of media: files, their uses and mentions, and the results of lookups.

The bytes are in `store`; partial uploads are files only (`incoming`).
"""

from typing import Any

from django.conf import settings
from django.db import models


class Media(models.Model):
    """An uploaded file. The same bytes are one row.

    `id`: as posts name it; `digest`: SHA-256 of the original, in hex. `media_type`: of the file for readers, "" until
    it is ready. `width`, `height`: upright; `seconds`: its duration; `bytes`: of the original. `refusal`: a
    core.rules.Refusal in JSON. `found`: the file's metadata; `notes`: hints for a person, codes of
    sandbox.answer.NOTES. `preview`: a blurred placeholder, a tiny WebP in base64.
    """

    class Kind(models.TextChoices):
        PICTURE = "picture"
        VIDEO = "video"
        AUDIO = "audio"
        CAPTIONS = "captions"

    class State(models.TextChoices):
        WAITING = "waiting"
        READY = "ready"
        REFUSED = "refused"

    id = models.CharField(max_length=32, primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    bytes = models.BigIntegerField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    refusal: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    found: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    notes: "models.JSONField[list[str], list[str]]" = models.JSONField(default=list)
    preview = models.CharField(max_length=400, blank=True)
    created = models.DateTimeField()

    class Meta:
        db_table = "media_media"

    def __str__(self) -> str:
        return f"{self.kind or 'file'} {self.id}: {self.state}"


class MediaUse(models.Model):
    """A person brought a file into a live blog, and may use it there."""

    media = models.ForeignKey(Media, on_delete=models.CASCADE, related_name="uses")
    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "media_use"
        constraints = (models.UniqueConstraint(fields=["media", "blog", "by"], name="media_use_once"),)

    def __str__(self) -> str:
        return f"{self.media_id} in {self.blog_id}"


class Sought(models.Model):
    """The result of looking up an address that posts of a live blog contain (lookups.py).

    `key`: a hash of the address and the kind of lookup. `media`: the fetched file, "" for none; `said`: fields of a
    block, from its provider. `why`: the reason of a failure; `lasting`: asking again would not help.
    """

    blog = models.BigIntegerField()
    key = models.CharField(max_length=64)
    url = models.TextField()
    media = models.CharField(max_length=32, blank=True)
    said: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    lasting = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "media_sought"
        constraints = (models.UniqueConstraint(fields=["blog", "key"], name="media_sought_once"),)

    def __str__(self) -> str:
        return f"{self.url}: {self.media or self.why or 'told'}"


class Mention(models.Model):
    """A revision of a post whose words are still in the log shows a file. Written by following the log (consume.py).

    `post`: "" for a contributor's picture.
    """

    media = models.CharField(max_length=32)
    blog = models.BigIntegerField()
    post = models.CharField(max_length=64)

    class Meta:
        db_table = "media_mention"
        constraints = (models.UniqueConstraint(fields=["blog", "post", "media"], name="media_mention_once"),)
        indexes = (models.Index(fields=["media"], name="media_mention_of_a_file"),)

    def __str__(self) -> str:
        return f"{self.media} in {self.blog}/{self.post}"
