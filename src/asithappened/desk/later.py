"""Tables of what happens later: scheduled posts, embargoes, promises to readers, and holds.

They are in the main database because each changes in one transaction with facts: a post is published or still waits,
never both. Times are aware UTC, by `jobs.clock`. Look next: `actions.scheduling`, `actions.embargoes`,
`actions.promises`.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

_WHY_CHARS = 500
_LABEL_CHARS = 200


class Scheduled(models.Model):
    """Words that are or were to be published at a time. `draft`: desk.draft.Draft in JSON; empty once published.

    `post`: the id that it has or will have, made from `once`. `by`: on whose behalf; their rights are checked when it
    is due. `due_at`: None once it was taken back. `zone`: in which the time was typed. `held`: it was to be published
    at once, and waits only so that it can be undone. `why`: the reason why it was not published. `rows`: of the
    ledger, to be recorded with it, as JSON (ledger.accepted.AnyAccepted).
    """

    class State(models.TextChoices):
        """The states of its life."""

        WAITING = "waiting", _("Scheduled")
        LATE = "late", _("Late")
        STOPPED = "stopped", _("Not published")
        PUBLISHED = "published", _("Published")
        BACK = "back", _("Taken back")

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=64)
    post = models.CharField(max_length=64)
    draft = models.BinaryField()
    pin = models.BooleanField(default=False)
    rows = models.BinaryField(default=b"[]")
    due_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64)
    held = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    why = models.CharField(max_length=_WHY_CHARS, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "post"], name="desk_scheduled_once"),)
        indexes = (models.Index(fields=["blog", "state", "due_at"], name="desk_scheduled_waiting"),)

    def __str__(self) -> str:
        return f"scheduled {self.pk}: {self.state}"


class Embargo(models.Model):
    """Nobody may publish a draft before a time. In force while `lifted_at` is None and `until` is in the future.

    A draft is recognised by the id of the post that its once-key makes (`post`), and by a keyed digest of its words
    (`desk.draft.digest`), whoever sends them: there is a row for each wording. `label`: its name in lists.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    until = models.DateTimeField()
    label = models.CharField(max_length=_LABEL_CHARS, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["until"], name="desk_embargo_in_force", condition=models.Q(lifted_at=None)),
            models.Index(fields=["blog", "post"], name="desk_embargo_of_a_draft"),
        )

    def __str__(self) -> str:
        return f"embargo {self.pk} until {self.until.isoformat()}"


class Promise(models.Model):
    """A post's promise to tell readers more: `words`, as the post says it. `due_at`: when the desk is reminded."""

    class State(models.TextChoices):
        """Open, kept or dropped."""

        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        DROPPED = "dropped", _("Dropped")

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=_LABEL_CHARS)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    kept_in = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["blog", "state", "due_at"], name="desk_promise_due"),)

    def __str__(self) -> str:
        return f"promise {self.pk}: {self.state}"


class Hold(models.Model):
    """For how many seconds posts are held so that they can be undone: a live blog's or a person's choice."""

    blog = models.OneToOneField("log.Blog", on_delete=models.CASCADE, null=True, related_name="+")
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    seconds = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"hold of {self.seconds} s"


__all__ = ["Embargo", "Hold", "Promise", "Scheduled"]
