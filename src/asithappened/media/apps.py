"""Media as a Django application."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Registers media, who may use them, and which posts mention them."""

    name = "asithappened.media"
    default_auto_field = "django.db.models.BigAutoField"
