"""Refusals in the language of the person who asked.

Owns the translation of refusals of the packages below, which know no languages: a refusal has an English sentence with
blanks, and their values. The sentences are in the desk's catalogue (`tests.desk.catalogue` collects them).
"""

from django.utils.translation import gettext as _

from asithappened.core.rules import Refusal
from asithappened.desk.actions import Busy, Refused


def sentence(refusal: Refusal) -> str:
    """Return a refusal in the language of this request."""
    says = _(refusal.says)
    return says.format(**refusal.values) if refusal.values else says


def said(error: Exception) -> str:
    """Return the sentence of a raised refusal. Those of accounts are already translated."""
    match error:
        case Refused():
            return sentence(error.refusal)
        case Busy():
            return _("Others published all the time while this was made ready. Nothing was lost: send it again.")
        case _:
            return str(error)
