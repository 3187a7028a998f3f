"""Readers' search, as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the index, and has it obey what is taken back."""

    name = "asithappened.search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have what is taken back from readers leave the index in the very transaction that takes it."""
        from asithappened.search.consume import obey

        obey()
