"""Jobs as a Django application."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Registers the tables of the worker."""

    name = "asithappened.jobs"
    default_auto_field = "django.db.models.BigAutoField"
