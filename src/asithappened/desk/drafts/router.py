"""The database router: drafts and counts of readers are in the database `drafts`, if the installation has one.

On PostgreSQL it has none, because writers there lock rows and not the whole file.
"""

from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

APART: Final = "drafts"  # the alias of the database
OF_IT: Final = frozenset({"drafts", "readership"})  # the labels of its applications


def database_of(model: type[Model]) -> str:
    """Return the alias of a model's database, for a transaction."""
    return APART if model._meta.app_label in OF_IT and APART in settings.DATABASES else DEFAULT_DB_ALIAS


class DraftsRouter:
    """Django asks this before it reads, writes, joins or migrates."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database of a model; None for the default one."""
        return APART if database_of(model) == APART else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Refuse foreign keys between the two databases, on PostgreSQL too, because a home may move there and back."""
        return False if (one._meta.app_label in OF_IT) is not (other._meta.app_label in OF_IT) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Say whether an application's tables are in a database."""
        return None if APART not in settings.DATABASES else (app_label in OF_IT) is (db == APART)
