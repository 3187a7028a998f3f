"""Addresses on the web: which of them a page may carry, and which is refused.

Owns that rule, how a relative address is read, and where an address in running text begins and ends: for the desk, the
importers, the log's codec and render alike. An address that was cut short ("https://paper.example/a-lo…") is none.
Never repairs what is hostile. Look next: core/slugs.py for the end of a live blog's own address.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from asithappened.core import limits

WEB: Final = ("http", "https")
LINKED: Final = (*WEB, "mailto")  # where a link on words may lead

# Controls, spaces, quotes and brackets; and characters that are invisible or reverse the text after them: with those an
# address could read as another one. In an address all of these are percent-encoded.
_NEVER_IN_URL: Final = re.compile(
    r"[\x00-\x20\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff\\<>\"`^{|}]"
)


def is_url(url: str, schemes: tuple[str, ...] = WEB) -> bool:
    """Say whether an address may stand in a page: absolute, of a listed scheme, without spaces, controls, credentials.

    Browsers strip tab, newline and leading controls before they read the scheme, so all of these are refused,
    never repaired: `java\\nscript:` must not become anything else here than it is there.
    """
    if len(url) > limits.URL_CHARS or _NEVER_IN_URL.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in schemes:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path and not parts.netloc
    # "https://bank.example@evil.example/" reads as the bank's.
    return bool(parts.hostname) and "@" not in parts.netloc and port != 0


_SLOPPY: Final = str.maketrans({c: f"%{ord(c):02X}" for c in ' "<>\\^`{|}'})


def resolved(value: str | None, base: str = "", schemes: tuple[str, ...] = WEB) -> str:
    """Return an address as a page may carry it, a relative one read from `base`; "" for any other.

    White space around it is removed, as in a browser, and a space or a bar in a path, which is sloppy and not hostile,
    is percent-encoded; nothing else is repaired.
    """
    raw = (value or "").strip(" \t\n\r\f")
    if not raw or raw.startswith("#"):
        return ""
    try:
        url = urljoin(base, raw) if base else f"https:{raw}" if raw.startswith("//") else raw
    except ValueError:
        return ""
    if not url.startswith("mailto:"):
        url = url.translate(_SLOPPY)
    return url if is_url(url, schemes) else ""


# The characters of a host in a Content-Security-Policy header: no space, comma or semicolon, which would end it there.
_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]*")
_USUAL: Final = {"http": 80, "https": 443}


def origin_of(words: str) -> str:
    """Return an origin that somebody wrote in its canonical form; "" if it is none, or has a path or more."""
    try:
        parts = urlsplit(words.strip().rstrip("/"))
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return ""
    more = parts.path or parts.query or parts.fragment or parts.username is not None or parts.password is not None
    if parts.scheme not in WEB or more or port == 0 or not _HOST.fullmatch(host):
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + ("" if port in {None, _USUAL[parts.scheme]} else f":{port}")


def origin_and_path(url: str) -> tuple[str, str]:
    """Return the origin, in its canonical form, and the path of an address for which `is_url` is true."""
    parts = urlsplit(url)
    return origin_of(f"{parts.scheme}://{parts.netloc}"), parts.path


def with_tls(url: str) -> str:
    """Return an address of http as the same one of https; any other as it is."""
    return re.sub(r"^http:", "https:", url, flags=re.IGNORECASE)


def host_of(url: str) -> str:
    """Return an address's host as it is printed: "youtube.com"; "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


# --- in running text

# An address in text ends at a script that is written without spaces: it would swallow the rest of the sentence. It also
# ends at direction marks and zero-width characters.
_IN_TEXT: Final = re.compile(
    r"(?<![a-z0-9])https?://[^\s<>\"“”„«»\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+",
    re.IGNORECASE,
)
_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_PUNCTUATION: Final = frozenset(".,;:!?'’‘*_~|…")


def found_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each address in running text begins and ends: before the punctuation of the sentence it stands in.

    One pass over the text, however hostile.
    """
    for found in _IN_TEXT.finditer(text):
        end = found.start() + _own_length(found[0])
        if is_url(text[found.start() : end]) and not text.startswith(("…", "..."), end):
            yield found.start(), end


def _own_length(address: str) -> int:
    """Return the length of an address without the sentence's punctuation: "(see https://a.example/b_(c))."."""
    unopened = {close: address.count(close) - address.count(open_) for close, open_ in _CLOSING.items()}
    for length in range(len(address), 0, -1):
        last = address[length - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _PUNCTUATION:
            return length
    return 0
