"""The published tables as a Django application."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    name = "asithappened.published"
    default_auto_field = "django.db.models.BigAutoField"
