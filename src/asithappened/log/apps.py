"""The log as a Django application."""

from django.apps import AppConfig


class LogConfig(AppConfig):
    name = "asithappened.log"
    default_auto_field = "django.db.models.BigAutoField"
