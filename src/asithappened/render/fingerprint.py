"""The render fingerprint: one hash of everything that rendered bytes depend on besides the state.

Press compares it with a blog's stored one; if they differ, the blog is rendered again, its render generation is raised,
and open pages reload.
"""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from django.conf import settings

from asithappened.core import body, events, fold, ledger_events, ledger_fold, ledger_state, media, standing, state, urls
from asithappened.published import assets, layout
from asithappened.render.engine import folders, sources
from asithappened.render.part import modules

# Raised by hand for a change that the hash does not cover, such as a new rule for filling slots in delivery.
RENDER_VERSION: Final = 1

_HERE: Final = Path(__file__).parent


def fingerprint() -> str:
    """Return the hash of templates, code, translations, assets and the libraries that print and sanitise.

    No installation's setting is included, because rendered bytes do not depend on any (published.layout); PAGE_PARTS is
    the program's own. Computed once in a process for each set of folders.
    """
    return _fingerprint(folders(), tuple(settings.PAGE_PARTS), tuple(Path(path) for path in settings.LOCALE_PATHS))


@lru_cache(maxsize=4)
def _fingerprint(templates: tuple[Path, ...], parts: tuple[str, ...], catalogues: tuple[Path, ...]) -> str:
    digest = hashlib.blake2s(digest_size=8)
    for name, content in _ingredients(templates, parts, catalogues):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _ingredients(
    templates: tuple[Path, ...], parts: tuple[str, ...], catalogues: tuple[Path, ...]
) -> Iterator[tuple[str, bytes]]:
    yield "version", str(RENDER_VERSION).encode()
    yield from sources(templates)
    # The code that folds facts to state, and that recognises addresses.
    folded = (events, fold, ledger_events, ledger_fold, ledger_state, media, standing, state, urls)
    core = [*(Path(str(module.__file__)) for module in folded), *sorted(Path(str(body.__file__)).parent.glob("*.py"))]
    of_packages = [path for path in modules(parts) if not path.is_relative_to(_HERE)]
    code = [*sorted(_HERE.rglob("*.py")), *of_packages, *core, Path(layout.__file__)]
    yield from ((path.name, path.read_bytes()) for path in code)
    yield "parts", " ".join(parts).encode()
    yield from (("/".join(path.parts[-3:]), path.read_bytes()) for path in _translations(catalogues))
    scripts = ("reader.js", "reader-feed.js", "reader-others.js", "reader-since.js", "alerts.js", "embed-frame.js")
    for name in ("reader.css", *scripts, "reader-icon.svg", "embed-frame.css"):
        yield name, assets.url(name).encode()
    # Babel contains the CLDR, tzdata the time zones.
    for library in ("nh3", "babel", "django", "tzdata"):
        yield library, version(library).encode()


@lru_cache
def code(folder: Path) -> str:
    """Return the hash of a package's code, as the version of what a follower renders. Computed once in a process."""
    digest = hashlib.blake2s(digest_size=8)
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _translations(catalogues: tuple[Path, ...]) -> list[Path]:
    return sorted(path for folder in catalogues for path in folder.glob("*/LC_MESSAGES/*.mo"))
