"""Renders layouts: the documents around the posts, with slots that delivery fills without a template.

A layout is a finished document with `<!--slot:NAME-->` for finished bytes. It depends on its shell only; everything
else that changes is a part.
Look next: `part` for parts and their regions, `post` for fragments, `fingerprint` for rendering everything again.
"""

from dataclasses import dataclass
from typing import Any, Final, get_args

from asithappened.core.state import BlogState
from asithappened.published.assets import PREFIX
from asithappened.published.assets import url as asset
from asithappened.render.card_image import row_tags
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.fingerprint import RENDER_VERSION, fingerprint
from asithappened.render.head import open_to_engines, robots
from asithappened.render.interface import interface
from asithappened.render.part import Region, registered

__all__ = ["RENDER_VERSION", "Shell", "fingerprint", "layouts", "nowhere", "shell_of"]

# With the addresses that the style sheet uses.
FONTS: Final = (f"{PREFIX}reader-newsreader.woff2", f"{PREFIX}reader-source-sans.woff2")
_LAYOUTS: Final = {
    "page": "page.html",
    "older": "page_older.html",
    "oldest_first": "page_oldest_first.html",
    "times": "page_times.html",
    "post": "page_post.html",
    "withdrawn": "page_withdrawn.html",
    "key_events": "page_key_events.html",
    "known": "page_rows.html",
    "row": "page_row.html",
    "corrections": "page_rows.html",
    "missing": "page_missing.html",
    "gone": "page_gone.html",
    "embed": "embed.html",
    "embed_post": "embed.html",
}
_FEEDS: Final = frozenset(("page", "older", "post", "key_events"))


@dataclass(frozen=True, kw_only=True)
class Shell:
    """Exactly what the layouts of a live blog depend on. `indexed`: search engines may index it."""

    edition: Edition
    indexed: bool


def shell_of(blog: BlogState) -> Shell:
    return Shell(edition=edition_of(blog), indexed=open_to_engines(blog))


def layouts(shell: Shell) -> dict[str, bytes]:
    """Return the layouts by name.

    `page`, `older`, `oldest_first`, `times`, `post`, `withdrawn`, `key_events`; `known`, `row` and `corrections` of the
    ledger; `missing` for an unknown address below a live blog, `gone` for a live blog that was taken down; `embed` and
    `embed_post` for frames on other sites.
    """
    edition = shell.edition
    with edition.speaking():
        values = _around(edition) | _regions() | {"robots": robots(open_to_all=shell.indexed)}
        values["row_card"] = row_tags()
        values["search"] = edition.search_path if shell.indexed else ""  # not for members' live blogs and replays
        return {
            name: fill(template, edition, values | {"kind": name, "feeds": shell.indexed and name in _FEEDS}).encode()
            for name, template in _LAYOUTS.items()
        }


def nowhere(language: str) -> bytes:
    """Return the page for an address without a live blog, or with a secret one, in the house's language."""
    edition = Edition(slug="", language=language, zone="UTC")
    with edition.speaking():
        return fill("page_nowhere.html", edition, _around(edition) | {"kind": "nowhere"}).encode()


def _regions() -> dict[str, list[str]]:
    """Return the names of the parts in each region of the main page, in order."""
    return {region: [part.name for part in registered() if part.region == region] for region in get_args(Region)}


def _around(edition: Edition) -> dict[str, Any]:
    """Return the values that every layout's template needs."""
    return {
        "lang": edition.language,
        "site": SITE,
        "home": absolute("/"),
        "address": absolute(""),
        "canonical": absolute(edition.path),
        "style": asset("reader.css"),
        "script": asset("reader.js"),
        "fonts": FONTS,
        "icon": asset("reader-icon.svg"),
        "frame_style": asset("embed-frame.css"),
        "frame_script": asset("embed-frame.js"),
        "interface": interface(edition, replay=edition.replay),
    }
