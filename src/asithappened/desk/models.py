"""Tables that only the newsroom sees: the audit, submissions, notes, choices, profiles.

`later` has the tables of scheduled posts and promises, `sourcing` those of the house's sources and of checks. Never
holds what a reader's page is made from.
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
    """A line of the audit: what somebody did, and that it became the facts `first` to `last` of a blog's log.

    `user` is None for a part of the program (`system` names it); with both, that part acted in the person's name. Both
    seqs are None if it was no fact, for example a membership. `blog` is None for the house, for example its accounts.
    `words`: a keyed digest of a published post's words, by which the same words by the same person are noticed.
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
        """Return the verb in plain words."""
        return str(SAID.get(self.verb, self.verb))


class Submission(models.Model):
    """A post that a contributor handed in, or a reader's contribution (`author` is None).

    `draft`: desk.draft.Draft in JSON; `post`: the post that it became.

    `before`: the words before it was last handed in, b"" for none, which a merge of two people's edits needs; the
    present words are of version `worded`.
    """

    class State(models.TextChoices):
        """The states of its life."""

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
    """A reader's contact, if they gave one. It is apart from the contribution, because it is erased earlier.

    Shown only to people who may publish on the live blog, and in no log, audit, export or other page.
    """

    of = models.OneToOneField(Submission, on_delete=models.CASCADE, primary_key=True, related_name="contact")
    name = models.CharField(max_length=limits.NAME_CHARS, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return f"contact of submission {self.of_id}"  # never the contact itself: tracebacks and logs print this


class Note(models.Model):
    """An internal note about a post, or about the whole live blog (`post` is ""). No reader ever sees it.

    `version` rises with each change. `done_at`, `done_by`: when and by whom it was finished. Erasing a post deletes its
    notes.
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
    """A person's choice about a suggestion for the ledger.

    `words`: the suggestion's key under the home's secret (desk.choices), which does not reveal its words.
    """

    class What(models.TextChoices):
        """The kinds of choices."""

        ACCEPTED = "accepted"
        REJECTED = "rejected"
        LEFT = "left"  # a text may go on saying the old thing

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
    """An outlet that somebody wrote into a row of the ledger, since then recognised in texts of this language."""

    language = models.CharField(max_length=8)
    name = models.CharField(max_length=limits.NAME_CHARS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["language", "name"], name="desk_learnedoutlet_once"),)

    def __str__(self) -> str:
        return f"outlet {self.pk}"


class CorrectionReach(models.Model):
    """How many readers a correction had reached a few seconds after its publication, which is `seq` of the log.

    `reading`: open pages; `at_least`: an edge has more that are not counted. `live_at`: since when all of them have it,
    None if some do not.
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
    """The counter with which a live blog's handover links are signed. Raising it makes all of them invalid."""

    blog = models.OneToOneField("log.Blog", on_delete=models.PROTECT, primary_key=True, related_name="+")
    generation = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"links to the handover of {self.blog_id}: {self.generation}"


class Profile(models.Model):
    """What a person wants readers to be told of them. Each live blog's log has what its own readers are told.

    `role`, `url`: as in core.events.ContributorDescribed. `picture`: a media file, which is not public by being here.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    role = models.CharField(max_length=limits.ROLE_CHARS, blank=True)
    url = models.CharField(max_length=limits.PROFILE_URL_CHARS, blank=True)
    picture = models.ForeignKey("media.Media", on_delete=models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.user}: {self.role or self.url or 'a profile'}"
