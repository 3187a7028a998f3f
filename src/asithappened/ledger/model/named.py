"""The language model that the operator named, in the settings ASITHAPPENED_MODEL_….

Owns the form of these settings. Uses no Django. Look next: `asking`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from asithappened.core.slugs import is_slug

WITHIN_S: Final = 60.0
_MOST_S: Final = 600.0


@dataclass(frozen=True, kw_only=True)
class Model:
    """An address that answers as OpenAI's does, a model there, and the live blogs whose published words it may read."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    blogs: frozenset[str] = frozenset()
    within_s: float = WITHIN_S


def named(environ: Mapping[str, str], key: str) -> Model | None:
    """Return the model that the environment names, with its key; None if it names none. Raises ValueError."""
    url = environ.get("ASITHAPPENED_MODEL_URL", "").strip().rstrip("/")
    if not url:
        return None
    if not _is_base(url):
        raise ValueError(
            "ASITHAPPENED_MODEL_URL is the address that OpenAI-compatible programs are given, such as "
            f"http://127.0.0.1:11434/v1, without a key, a question mark or a name in it, not {url[:200]!r}."
        )
    name = environ.get("ASITHAPPENED_MODEL", "").strip()
    if not name:
        raise ValueError(f"ASITHAPPENED_MODEL is missing: the name that {url} knows the model by.")
    if not (key.isascii() and (key.isprintable() or not key)):
        raise ValueError("ASITHAPPENED_MODEL_KEY_FILE holds more than one line, or letters that no key has.")
    blogs = frozenset(environ.get("ASITHAPPENED_MODEL_BLOGS", "").split())
    if wrong := sorted(slug for slug in blogs if not is_slug(slug)):
        raise ValueError(
            "ASITHAPPENED_MODEL_BLOGS names live blogs by their addresses, such as storm for /live/storm/, between "
            f"spaces, not {wrong[0][:100]!r}."
        )
    return Model(url=url, name=name, key=key, blogs=blogs, within_s=_seconds(environ))


def _seconds(environ: Mapping[str, str]) -> float:
    said = environ.get("ASITHAPPENED_MODEL_SECONDS", "").strip()
    if not said:
        return WITHIN_S
    if not said.isdecimal() or not 1 <= int(said[:9]) <= _MOST_S:
        raise ValueError(f"ASITHAPPENED_MODEL_SECONDS is a number from 1 to {_MOST_S:g}, not {said[:20]!r}.")
    return float(said)


def _is_base(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc) and url.isascii() and url.isprintable()
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and port_is_one and plain and " " not in url
