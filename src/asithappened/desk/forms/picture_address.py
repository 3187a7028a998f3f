"""Whether readers could see the picture at an address, as far as the address tells.

Owns the reasons why not: the page's policy allows pictures only over https (delivery's img-src), a reader's browser
cannot reach a private network, and it shows no film or document as a picture. Nothing is fetched.
"""

import ipaddress
import re
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from asithappened.core import urls

# Formats that browsers show; only one browser shows HEIC and TIFF.
_NO_PICTURE: Final = re.compile(
    r"\.(html?|php|pdf|docx?|mp4|mov|m4v|webm|avi|mkv|mp3|m4a|ogg|wav|heic|heif|tiff?|psd|eps|ai|raw|dng|zip)$", re.I
)
_LOCAL: Final = re.compile(r"^\s*(data|blob|file|content|about|chrome|cid):", re.I)


def unseen(address: str) -> str:
    """Return why readers would not see it, and what address would do; "" if they may see it."""
    address = address.strip()
    if not address or _ours(address):
        return ""
    if _LOCAL.match(address):
        return _(
            "This is no address on the web: only your own browser has what is there. Put the picture on a server that "
            "readers reach, and give its address, which starts with https://."
        )
    if address.lower().startswith("http://"):
        return _(
            "Readers’ browsers do not load pictures from http:// into this page. Use the picture’s https:// address; "
            "most servers have the same picture there: {address}"
        ).format(address=urls.with_tls(address))
    if not urls.is_url(address, ("https",)):
        return _("This is not an address that starts with https://.")
    parts = urlsplit(address)
    if _private(parts.hostname or ""):
        return _(
            "{host} is inside a network of your own: readers do not reach it. Use an address that they do."
        ).format(host=parts.hostname)
    if not parts.path.strip("/") and not parts.query:
        return _("This is the address of a site, not of a picture. Open the picture by itself and take its address.")
    if found := _NO_PICTURE.search(parts.path):
        return _("Browsers do not show {kind} as a picture; JPEG, PNG, WebP, AVIF, GIF and SVG they do.").format(
            kind=found[0].lower()
        )
    return ""


def _ours(address: str) -> bool:
    return urls.is_url(address) and address.startswith(f"{settings.PUBLIC_URL}/")


def _private(host: str) -> bool:
    host = host.rstrip(".")
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    # A browser looks up a host without a dot in its own network, and a number is an IP address in another notation.
    last = host.rpartition(".")[2]
    return "." not in host or last in {"localhost", "local", "internal", "lan", "home", "test"} or last.isdecimal()
