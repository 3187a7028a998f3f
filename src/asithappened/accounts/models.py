"""The tables of accounts: users, memberships, invitation links, identities at a provider, and counters of guesses.

A user is identified by e-mail address; there are no user names.
Never says what a role may do: `gate` has the one table.
"""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from asithappened.accounts import tickets
from asithappened.core import limits


class Role(models.TextChoices):
    """A member's role on one live blog, from least to most rights."""

    CONTRIBUTOR = "contributor", _("Contributor: writes, an editor approves")
    EDITOR = "editor", _("Editor: publishes")
    OWNER = "owner", _("Owner: publishes, closes, and says who else may")


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, so that one person is one account."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user. Without a password they sign in by a one-time link, then choose one or a passkey."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, vouched=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a user by address, however it was typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractUser):
    """A person with an account.

    `is_superuser`: site admin, who may do everything on every live blog. `is_staff`: of the newsroom, may open live
    blogs; a guest, invited to one, may not. `byline`: as printed in posts, since events never name accounts. `vouched`:
    the address is known to be this person's, because it was proved, or because the operator or a site admin made the
    account; the inviter typed a guest's, which proves nothing.
    """

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    byline = models.CharField(_("byline"), max_length=limits.NAME_CHARS, blank=True)
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="invited")
    vouched = models.BooleanField(default=False)
    language = models.CharField(max_length=16, blank=True)
    welcomed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.byline or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and revoke the tickets of an account that is closed or has a new password.

        A new password ends the other sessions, and so must end the pages and streams that they have open.
        """
        ends = not self._state.adding and getattr(self, "_password", None) is not None  # of set_password
        super().save(*args, **kwargs)
        if ends or not self.is_active:
            tickets.revoke_all(self.pk)

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """Return the byline, or the address of somebody who has none."""
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Membership(models.Model):
    """A person works on a live blog, in a role. `seen_at`: when they last had its desk open, within an hour."""

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blog", "user"], name="accounts_membership_once_a_blog"),)

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"


class Identity(models.Model):
    """A user's identity at a provider of OpenID Connect. `issuer`: the provider's address; `subject`: the id there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_identity_is_one_persons"),
            models.UniqueConstraint(fields=["issuer", "user"], name="accounts_identity_once_a_provider"),
        )

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"


class Invitation(models.Model):
    """A link that makes people members of `blog` as `role`; without a blog, the newsroom's own people.

    `secret`: a digest of the token, which is not stored. `email`: the one address that it works for, "" for any.
    `uses`: the most people it lets in; `used`: those so far. It is valid while `made_by` may invite.
    """

    blog = models.ForeignKey("log.Blog", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    secret = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    uses = models.PositiveSmallIntegerField(default=1)
    used = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["blog", "expires_at"], name="accounts_invitation_of_a_blog"),)

    def __str__(self) -> str:
        return f"invitation {self.pk}: {self.role or 'newsroom'}"


class Attempts(models.Model):
    """A counter of guesses, one of a fixed number (`attempts`). `since`: Unix time, seconds."""

    slot = models.IntegerField(primary_key=True)
    since = models.BigIntegerField()
    count = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.count} guesses"


class Kept(models.Model):
    """A row of Django's cache, which all workers and machines share: used codes and challenges, and counters.

    Only actions of an account write to it, so that strangers cannot fill it. Only Django's cache reads and writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
