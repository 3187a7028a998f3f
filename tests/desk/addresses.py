"""Every address of the desk and of accounts, as Django's own list has it."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver


def patterns(found: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield the name and the route of each address."""
    for item in found:
        if isinstance(item, URLResolver):
            yield from patterns(item.url_patterns, prefix + str(item.pattern))
        else:
            yield item.name or "", prefix + str(item.pattern)


_ALL: Final = dict(patterns(get_resolver().url_patterns))
DESK: Final = {name: route for name, route in _ALL.items() if route.startswith("desk/")}
ACCOUNTS: Final = {name: route for name, route in _ALL.items() if route.startswith("accounts/")}
