"""What Django has to know of the application."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The application whose tables are in a database of their own."""

    name = "asithappened.desk.drafts"
    label = "drafts"
