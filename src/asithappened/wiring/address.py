"""The installation's public address: the scheme, host and port by which readers and the desk reach it.

Owns its form, and its file in the home. A given address (`--url`, ASITHAPPENED_URL, `asithappened address`) is stored
there; without one, it is where the server listens. Rendered bytes have a slot instead, which delivery fills.
Never loads Django, because the settings read it here. Look next: `published.layout.House`.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from asithappened.core import urls

FILE: Final = "address.json"
VARIABLE: Final = "ASITHAPPENED_URL"
_DEFAULT: Final = "http://localhost:8000"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ANYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 -- compared, not bound


class AddressRefused(ValueError):
    """An address is invalid, or would replace a given one. Nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address. `given`: by a person; otherwise it is where the server listened last."""

    url: str
    given: bool


def checked(text: str, name: str = "The address") -> str:
    """Return an address in its normal form: lower case, no slash at the end. Raises AddressRefused."""
    if origin := urls.origin_of(text):
        return origin
    raise AddressRefused(f"{name} is an address such as https://live.example.org, not {text!r}.")


def kept(home: Path) -> Address | None:
    """Return a home's stored address, if it has one."""
    try:
        written = json.loads((home / FILE).read_text("utf-8"))
        return Address(url=checked(written["url"]), given=bool(written["given"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AddressRefused(
            f"{home / FILE} cannot be read ({error}). `asithappened address https://…` writes it again."
        ) from error


def keep(home: Path, address: Address) -> None:
    """Store a home's address, atomically."""
    beside = home / f".{FILE}.{os.getpid()}"
    beside.write_text(json.dumps({"url": address.url, "given": address.given}) + "\n", "utf-8")
    beside.replace(home / FILE)


def given_by_environment() -> str:
    """Return the environment's address, "" if it has none. Raises AddressRefused."""
    text = os.environ.get(VARIABLE, "").strip()
    return checked(text, VARIABLE) if text else ""


def of(home: Path) -> str:
    """Return a home's address: a given one, else the environment's, else where the server listened, or the default."""
    one = kept(home)
    if one is not None and one.given:
        return one.url
    return given_by_environment() or (one.url if one else _DEFAULT)


def where_it_listens(host: str, port: int) -> str:
    """Return the address of a server without a given one."""
    host = host.strip("[]").lower()
    shown = "localhost" if host in _LOOPBACK | _ANYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}" + ("" if port == 80 else f":{port}")


def settle(home: Path, *, given: str, host: str, port: int, served: bool) -> str:
    """Decide and store a home's address as a server starts, and return a message if it has changed, or "".

    `given`: by an option, else the environment's. `served`: another server serves the home already, and its address
    stays. Raises AddressRefused instead of replacing a given address.
    """
    given = checked(given, "--url") if given else given_by_environment()
    was = kept(home)
    if given and was and was.url != given and (served or (was.given and not _is_of_this_machine(was.url))):
        raise AddressRefused(
            f"This home's address is {was.url}, and now {given} was given. Nothing was changed. "
            f"If it moves, run `asithappened address {given}`; if not, leave --url and {VARIABLE} out."
        )
    if given:
        now = Address(url=given, given=True)
    elif was and (was.given or served):
        now = was
    else:
        now = Address(url=where_it_listens(host, port), given=False)
    if now != was:
        keep(home, now)
    return f"This home's address was {was.url}; now it is {now.url}." if was and was.url != now.url else ""


def keep_first(home: Path) -> None:
    """Store the environment's address, if there is one, in a home without an address."""
    given = given_by_environment()
    if given and kept(home) is None:
        keep(home, Address(url=given, given=True))


def _is_of_this_machine(url: str) -> bool:
    return (urlsplit(url).hostname or "") in _LOOPBACK
