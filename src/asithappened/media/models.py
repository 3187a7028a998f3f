"""The tables of media: what each file is, who may use it where, which posts mention it, and what was sought elsewhere.

Owns their columns. The files are not here (`store`); a partial upload is not even a row (`incoming`).
"""

from typing import Any

from django.conf import settings
from django.db import models


class Media(models.Model):
    """A file that was taken in, or is to be. The same bytes twice are one row.

    `id`: as posts name it; `digest`: SHA-256 of the file as it came, in hex. `media_type`: of what readers get, ""
    until it is ready. `width`, `height`: upright; `seconds`: how long it plays; `bytes`: as it came. `refusal`: why it
    was not taken, a core.rules.Refusal in JSON. `found`: what the file says of itself; `notes`: what a person is told
    of it, codes of sandbox.answer.NOTES. `preview`: a blurred placeholder, a tiny WebP in base64.
    """

    class Kind(models.TextChoices):
        """What it is."""

        PICTURE = "picture"
        VIDEO = "video"
        AUDIO = "audio"
        CAPTIONS = "captions"

    class State(models.TextChoices):
        """How far it has come."""

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
    """That a person brought a file into a live blog, where it may be used before and after it is published."""

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
    """What became of an address elsewhere that posts of a live blog name; `key` stands for it and for what is sought.

    `media`: the file that it was, "" for none; `said`: fields of the block that names it, as its provider told them.
    `why`: there is neither; `lasting`: nor will there be another time.
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
    """That some revision of a post, of those whose words are still in the log, shows a file. Made by following it.

    `post`: "" where it is a contributor's picture.
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
