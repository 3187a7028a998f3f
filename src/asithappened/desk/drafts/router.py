"""The database router: models of `drafts` are in the database of that name, if the installation has one.

On PostgreSQL it has none, because writers there lock rows and not the whole file.
"""

from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

APART: Final = "drafts"  # the label of the application, and the alias of its database


def database_of(model: type[Model]) -> str:
    """Return the alias of a model's database, for a transaction."""
    return APART if model._meta.app_label == APART and APART in settings.DATABASES else DEFAULT_DB_ALIAS


class DraftsRouter:
    """Django asks this before it reads, writes, joins or migrates."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Return the database of a model; None for the default one."""
        return APART if database_of(model) == APART else None

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool | None:
        """Refuse foreign keys between the two databases, on PostgreSQL too, because a home may move there and back."""
        return False if (one._meta.app_label == APART) is not (other._meta.app_label == APART) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Say whether an application's tables are in a database."""
        return None if APART not in settings.DATABASES else (app_label == APART) is (db == APART)
