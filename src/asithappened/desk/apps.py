"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers submissions and the audit."""

    name = "asithappened.desk"
    default_auto_field = "django.db.models.BigAutoField"
