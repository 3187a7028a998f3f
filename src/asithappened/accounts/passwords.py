"""Refuses passwords of repetitive or sequential characters, after NIST SP 800-63B 5.1.1.2.

Look next: the settings, which name Django's other checks (too short, too common).
"""

from itertools import pairwise
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIFFERENT: Final = 5  # characters at the least
READ: Final = 128  # characters: the check for repeated pieces is quadratic
STEPS: Final = 5  # at the least, from a character to one that is no neighbour
_ROWS: Final = ("1234567890", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "yxcvbnm")
_BESIDE: Final = {frozenset(pair) for row in _ROWS for pair in pairwise(row)}


class NotOneRun:
    """Refuses a repeated character or piece, the alphabet, and a row of the keyboard."""

    def validate(self, password: str, user: Any = None) -> None:
        text = password.casefold()[:READ]
        if len(set(text)) < DIFFERENT or _repeats(text) or _steps(text) < STEPS:
            raise ValidationError(
                _("This is one piece repeated, or a run of neighbours. Take four words that do not belong together."),
                code="password_one_run",
            )

    def get_help_text(self) -> str:
        return _("Your password can’t be one piece repeated, or a run such as abcdef or qwertz.")


def _repeats(text: str) -> bool:
    """Return whether a text is a repeated piece; the last repetition may be incomplete."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) // 2 + 1))


def _steps(text: str) -> int:
    """Return how often a character is followed by neither the same one nor a neighbour."""
    return sum(abs(ord(a) - ord(b)) > 1 and frozenset((a, b)) not in _BESIDE for a, b in pairwise(text))
