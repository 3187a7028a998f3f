"""The log as a Django application."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    """Registers the tables of the log."""

    name = "asithappened.log"
    default_auto_field = "django.db.models.BigAutoField"
