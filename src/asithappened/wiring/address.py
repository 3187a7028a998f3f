"""The installation's address: the scheme, host and port by which readers and the desk reach it.

Owns its form, and the file in the home that keeps it. One that was given (`--url`, ASITHAPPENED_URL, `asithappened
address`) is kept from then on; until one is, it is where the server listens. Nothing rendered holds it: delivery fills
it in. Never loads Django: settings read it here. Look next: `published.layout.House`.
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
    """An address that cannot be, or that would take the place of another unasked. Nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """An address. `given`: somebody said so; otherwise it is where the server listened last."""

    url: str
    given: bool


def checked(text: str, name: str = "The address") -> str:
    """Return an address in its one form: small letters, no slash at the end. Raises AddressRefused."""
    if origin := urls.origin_of(text):
        return origin
    raise AddressRefused(f"{name} is an address such as https://live.example.org, not {text!r}.")


def kept(home: Path) -> Address | None:
    """Return the address that a home keeps, if it keeps one."""
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
    """Have a home keep an address; written beside and moved into place, so that nobody reads half of it."""
    beside = home / f".{FILE}.{os.getpid()}"
    beside.write_text(json.dumps({"url": address.url, "given": address.given}) + "\n", "utf-8")
    beside.replace(home / FILE)


def given_by_environment() -> str:
    """Return the address that the environment gives; "" if none. Raises AddressRefused."""
    text = os.environ.get(VARIABLE, "").strip()
    return checked(text, VARIABLE) if text else ""


def of(home: Path) -> str:
    """Return a home's address: the one it keeps, else the environment's, else where a server listens by default."""
    one = kept(home)
    if one is not None and one.given:
        return one.url
    return given_by_environment() or (one.url if one else _DEFAULT)


def where_it_listens(host: str, port: int) -> str:
    """Return the address of a server that nobody gave one."""
    host = host.strip("[]").lower()
    shown = "localhost" if host in _LOOPBACK | _ANYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}" + ("" if port == 80 else f":{port}")


def settle(home: Path, *, given: str, host: str, port: int, served: bool) -> str:
    """Have a home keep the address that a server on this host and port has, and return what to say of it, if anything.

    `given`: by an option; the environment counts as much. `served`: by another server already, whose readers keep
    theirs. Raises AddressRefused rather than put another in the place of one that was given.
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
    """Have a home that keeps no address yet keep the one that the environment gives, if it gives one."""
    given = given_by_environment()
    if given and kept(home) is None:
        keep(home, Address(url=given, given=True))


def _is_of_this_machine(url: str) -> bool:
    return (urlsplit(url).hostname or "") in _LOOPBACK
