"""What readers may have, as a Django application."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """Registers the tables of what readers may have."""

    name = "asithappened.published"
    default_auto_field = "django.db.models.BigAutoField"
