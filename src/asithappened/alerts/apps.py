"""Alerts as a Django application."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Registers devices that asked for alerts, alerts, and which device got which."""

    name = "asithappened.alerts"
    default_auto_field = "django.db.models.BigAutoField"
