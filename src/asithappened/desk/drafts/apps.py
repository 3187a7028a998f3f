"""What Django has to know of the application."""

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """The application whose tables are apart."""

    name = "asithappened.desk.drafts"
    label = "drafts"
