"""What the newsroom knows and its readers never do: who did what, what waits for approval, what the desk notes.

Owns those tables, and how often the links to a handover sheet were taken back; `later` has those of what is to happen
later, `sourcing` the house's sources and how rows were checked. Never holds what a page of a reader is made from.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from asithappened.core import limits
from asithappened.desk.act_names import SAID
from asithappened.desk.later import Embargo, Hold, Promise, Scheduled
from asithappened.desk.sourcing import Check, ErasedName, Source, SourceName

__all__ = [
    "Act",
    "Check",
    "Choice",
    "Contact",
    "CorrectionReach",
    "Embargo",
    "ErasedName",
    "HandoverLinks",
    "Hold",
    "LearnedOutlet",
    "Note",
    "Profile",
    "Promise",
    "Scheduled",
    "Source",
    "SourceName",
    "Submission",
]


class Act(models.Model):
    """One line of the audit: somebody did something, and it became facts `first` to `last` of a blog's log.

    `user` is None for a part of the program (`system` names it); with both, that part acted in the person's name. Both
    seqs are None for what is no fact: a membership. `blog` is None for what concerns the house: who its people are.
    `words`: of a post that was published, a keyed digest of its words, by which the same person's twin is noticed.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    system = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    words = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (
            models.Index(fields=["blog", "-at"], name="desk_act_of_a_blog"),
            models.Index(fields=["words"], name="desk_act_words", condition=~models.Q(words="")),
        )

    def __str__(self) -> str:
        return f"{self.verb} by {self.user or self.system}"

    @property
    def said(self) -> str:
        """Return what was done, in plain words."""
        return str(SAID.get(self.verb, self.verb))


class Submission(models.Model):
    """A post that a contributor handed in, or what a reader wrote (`author` is None).

    `draft`: desk.draft.Draft in JSON; `post`: what it became.

    `before`: the words of before it was last handed in, b"" for none, by which two people are told apart; those of now
    are of version `worded`.
    """

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("Awaiting approval")
        RETURNED = "returned", _("Returned with a note")
        APPROVED = "approved", _("Published")
        REJECTED = "rejected", _("Not taken")
        TAKEN = "taken", _("Taken into a draft")

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    once = models.CharField(max_length=64)
    draft = models.BinaryField()
    before = models.BinaryField(default=b"")
    worded = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=limits.NOTE_CHARS, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["blog", "author", "once"], name="desk_submission_once"),
            models.UniqueConstraint(
                fields=["blog", "once"], condition=models.Q(author=None), name="desk_submission_of_readers_once"
            ),
        )
        indexes = (models.Index(fields=["blog", "state", "-changed_at"], name="desk_submission_waiting"),)

    def __str__(self) -> str:
        return f"submission {self.pk}: {self.state}"


class Contact(models.Model):
    """How to reach a reader who wrote, if they said so; apart from what they wrote, and erased before it is.

    Shown to who may publish on the live blog, and in no log, audit, export or page besides.
    """

    of = models.OneToOneField(Submission, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(max_length=limits.NAME_CHARS, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return f"contact of submission {self.of_id}"  # never what it says: tracebacks and logs print this


class Note(models.Model):
    """What somebody tells the desk about a post, or about the whole live blog (`post` is ""). No reader ever sees it.

    `version` rises with each change. Done with: `done_at` and `done_by`. Erasing a post deletes its notes.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    post = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=limits.NOTE_CHARS)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = (
            models.Index(fields=["blog", "post"], name="desk_note_open", condition=models.Q(done_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"note {self.pk}"


class Choice(models.Model):
    """What somebody made of a suggestion for the ledger.

    `words`: the suggestion's key under the home's secret (desk.choices), from which nobody reads its words.
    """

    class What(models.TextChoices):
        """What was chosen."""

        ACCEPTED = "accepted"
        REJECTED = "rejected"
        LEFT = "left"  # of a text that still says the old thing: it may

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=64)
    what = models.CharField(max_length=8, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "words"], name="desk_choice_once"),)

    def __str__(self) -> str:
        return f"choice {self.pk}: {self.what}"


class LearnedOutlet(models.Model):
    """An outlet that somebody wrote into a row of the ledger, and that texts in this language are read with since."""

    language = models.CharField(max_length=8)
    name = models.CharField(max_length=limits.NAME_CHARS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["language", "name"], name="desk_learnedoutlet_once"),)

    def __str__(self) -> str:
        return f"outlet {self.pk}"


class CorrectionReach(models.Model):
    """How far a correction had come a few seconds after it was published, which is `seq` of the log.

    `reading`: open pages, `at_least` where an edge has more; `live_at`: since when all of them have it, None if some
    have not.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    reading = models.PositiveIntegerField()
    at_least = models.BooleanField(default=False)
    live_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "seq"], name="desk_correctionreach_once"),)

    def __str__(self) -> str:
        return f"reach of correction {self.seq}: {self.reading}"


class HandoverLinks(models.Model):
    """The counter that every link to a live blog's handover sheet was signed with: raised, they are all worthless."""

    blog = models.OneToOneField("log.Blog", on_delete=models.PROTECT, primary_key=True, related_name="+")
    generation = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"links to the handover of {self.blog_id}: {self.generation}"


class Profile(models.Model):
    """What somebody wants readers to be told of them; each live blog's log holds what its own readers are told.

    `role`, `url`: as core.events.ContributorDescribed has them. `picture`: taken in, and public with none of it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    role = models.CharField(max_length=limits.ROLE_CHARS, blank=True)
    url = models.CharField(max_length=limits.PROFILE_URL_CHARS, blank=True)
    picture = models.ForeignKey("media.Media", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.user}: {self.role or self.url or 'a profile'}"
