"""How live blogs are read, as a Django application."""

from django.apps import AppConfig


class ReadershipConfig(AppConfig):
    """Registers the counts."""

    name = "asithappened.readership"
    default_auto_field = "django.db.models.BigAutoField"
