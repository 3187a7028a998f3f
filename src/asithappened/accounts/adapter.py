"""How allauth behaves in this house.

Owns its one departure: nobody signs up. Accounts come from an invitation (`members`) or the command line (`links`).
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page; everything else is allauth's own."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never: a desk that strangers can join is a desk without a door."""
        return False
