"""Accounts as a Django application."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers users and memberships."""

    name = "asithappened.accounts"
    default_auto_field = "django.db.models.BigAutoField"
