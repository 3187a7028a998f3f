"""Polls as a Django application."""

from django.apps import AppConfig


class PollsConfig(AppConfig):
    """Registers counts, and the digests of today's addresses."""

    name = "asithappened.polls"
    default_auto_field = "django.db.models.BigAutoField"
