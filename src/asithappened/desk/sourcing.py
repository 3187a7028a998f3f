"""Tables about the ledger that only the desk sees: the house's sources, and how rows were checked.

A live blog's log has a source's printed name and its `key`; everything else about it is here. Look next:
`actions.sources`, `actions.ledger`.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits
from asithappened.core.ledger_events import SourceKind

KINDS = {
    SourceKind.PERSON: _("Person"),
    SourceKind.ORGANISATION: _("Organisation"),
    SourceKind.GOVERNMENT: _("Government or authority"),
    SourceKind.MILITARY: _("Military"),
    SourceKind.MEDIA: _("Media"),
    SourceKind.ANONYMOUS: _("Not named"),
    SourceKind.DOCUMENT: _("Document"),
    SourceKind.IMAGERY: _("Imagery"),
    SourceKind.CROWD: _("Several people, a crowd"),
}
"""The desk's labels of the kinds of sources."""


class Source(models.Model):
    """A person or thing that is quoted. `key`: its id in the logs of all live blogs.

    `reliability`: A to F of the Admiralty's scale, "" for none; for the desk only. `merged_into`: the source that it
    turned out to be. `leaving`: its name is being erased, and then the row is deleted.
    """

    class Reliability(models.TextChoices):
        """How reliable its statements have been."""

        A = "A", _("A: completely reliable")
        B = "B", _("B: usually reliable")
        C = "C", _("C: fairly reliable")
        D = "D", _("D: not usually reliable")
        E = "E", _("E: unreliable")
        F = "F", _("F: cannot be judged")

    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=limits.NAME_CHARS)
    kind = models.CharField(max_length=16, choices=list(KINDS.items()), default=SourceKind.PERSON)
    affiliation = models.CharField(max_length=limits.NAME_CHARS, blank=True)
    role = models.CharField(max_length=limits.ROLE_CHARS, blank=True)
    reliability = models.CharField(max_length=1, choices=Reliability.choices, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    leaving = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"source {self.pk}"  # never its name: tracebacks and logs print this


class SourceName(models.Model):
    """A name or alias of a source, its own name first. `folded`: for comparing; no two sources share one."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=limits.NAME_CHARS)
    folded = models.CharField(max_length=2 * limits.NAME_CHARS, unique=True)

    def __str__(self) -> str:
        return f"name {self.pk} of source {self.source_id}"


class ErasedName(models.Model):
    """An erased name, as a digest under the home's secret (desk.erased_names). `words`: its number of words."""

    digest = models.CharField(max_length=32, unique=True)
    words = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"erased name {self.pk}"


class Check(models.Model):
    """How a row was checked, for the desk alone. `about`, `row`: its core.events.Subject; `status`: the result.

    `credibility`: 1 to 6 of the Admiralty's scale, None for none. Erasing a row deletes its checks.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=16)
    row = models.CharField(max_length=64)
    status = models.CharField(max_length=32, blank=True)
    method = models.CharField(max_length=limits.REASON_CHARS, blank=True)
    note = models.TextField(max_length=limits.NOTE_CHARS, blank=True)
    credibility = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (models.Index(fields=["blog", "row", "about"], name="desk_check_of_a_row"),)

    def __str__(self) -> str:
        return f"check {self.pk}"
