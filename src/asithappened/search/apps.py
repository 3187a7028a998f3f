"""Readers' search, as a Django application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registers the index, and the handler that removes withdrawn posts from it."""

    name = "asithappened.search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Remove withdrawn and erased posts from the index in the transaction that withdraws or erases them."""
        from asithappened.search.consume import obey

        obey()
