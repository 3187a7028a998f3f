"""The house's slots in formats that escape what HTML does not.

Owns random addresses that stand for the slots until all is escaped, since no text can hold them, and the escaping of
XML and JSON. Look next: published/layout.py for what a slot is.
"""

import json
import secrets
from typing import Any, Final

from django.utils.html import escape

from asithappened.published.layout import ADDRESS_SLOT, MEDIA_SLOT

HOUSE: Final = f"https://{secrets.token_hex(16)}.invalid"
"""Stands for the installation's address."""
_MEDIA: Final = f"https://{secrets.token_hex(16)}.invalid"


def held(html: str) -> str:
    """Return finished HTML with what stands for the slots in it, so that it can be parsed and escaped."""
    return html.replace(ADDRESS_SLOT, HOUSE).replace(MEDIA_SLOT, _MEDIA)


def released(finished: str) -> str:
    """Return a finished piece with the slots themselves."""
    return finished.replace(HOUSE, ADDRESS_SLOT).replace(_MEDIA, MEDIA_SLOT)


def xml(text: str) -> str:
    """Return a text for XML, between tags or as an attribute's value."""
    return str(escape(text))


def json_(value: Any) -> str:
    """Return a value as JSON that holds no `<`, so that nothing in it is taken for a slot."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
