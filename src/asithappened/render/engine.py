"""Finds and fills readers' templates.

Owns the template engine: the newsroom's folders (`TEMPLATES[0]["DIRS"]`) first, so that a file with the same name
replaces ours; then our own, and those of packages that contribute parts. Autoescape is on. There is no request, because
a page is the same for everybody.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from asithappened.render.edition import Edition
from asithappened.render.part import modules

OWN: Final = Path(__file__).parent / "templates"
# Line ends between tags only make templates readable. Text cannot match, because its < and > are escaped.
_BETWEEN_TAGS: Final = re.compile(r">\s*\n\s*<")


def engine() -> Engine:
    """Return the engine, made once for each process and set of folders."""
    return _engine(folders())


@lru_cache(maxsize=4)
def _engine(folders: tuple[Path, ...]) -> Engine:
    return Engine(
        dirs=[str(folder) for folder in folders],
        autoescape=True,
        builtins=["django.templatetags.i18n", "asithappened.render.furniture"],
    )


def folders() -> tuple[Path, ...]:
    """Return the folders of templates, in order of precedence."""
    configured: list[str] = list(settings.TEMPLATES[0].get("DIRS") or [])  # type: ignore[call-overload]
    return _folders(tuple(configured), tuple(settings.PAGE_PARTS))


@lru_cache(maxsize=4)
def _folders(configured: tuple[str, ...], parts: tuple[str, ...]) -> tuple[Path, ...]:
    of_packages = (module.parent / "templates" for module in modules(parts))
    return tuple(dict.fromkeys((*(Path(folder) for folder in configured), OWN, *of_packages)))


def fill(name: str, edition: Edition, values: Mapping[str, Any], *, body: SafeString | None = None) -> SafeString:
    """Return a template filled in, without the line ends between its tags. Call inside `edition.speaking()`.

    `body`: finished HTML for `{{ body }}`, inserted afterwards, because its white space is significant.
    """
    own = {
        "edition": edition,
        "interface_attrs": edition.interface_attrs,
        "blog_attrs": edition.blog_attrs,
        "body": mark_safe(_PLACE) if body is not None else "",  # noqa: S308 (a constant)
    }
    context = Context({**values, **own})
    html = _BETWEEN_TAGS.sub("><", engine().get_template(f"asithappened/{name}").render(context)).strip()
    if body is not None:
        html = html.replace(_PLACE, body)
    return mark_safe(html)  # noqa: S308 (made by an engine that escapes)


_PLACE: Final = "<!--body-->"


def sources(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every template for readers, the newsroom's too."""
    for folder in folders:
        for path in sorted(folder.glob("asithappened/**/*.html")):
            yield path.relative_to(folder).as_posix(), path.read_bytes()
