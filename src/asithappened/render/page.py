"""The documents around the posts: layouts with slots, which delivery fills without a template.

Owns what a layout is: a finished document with `<!--slot:NAME-->` where finished bytes go. It depends on its shell
alone; everything else that changes is a part.
Look next: `part` for what a part is and where each stands, `post` for fragments, `fingerprint` for when everything is
rendered again.
"""

from dataclasses import dataclass
from typing import Any, Final, get_args

from asithappened.core.state import BlogState
from asithappened.published.assets import PREFIX
from asithappened.published.assets import url as asset
from asithappened.render.edition import SITE, Edition, absolute, edition_of
from asithappened.render.engine import fill
from asithappened.render.fingerprint import RENDER_VERSION, fingerprint
from asithappened.render.head import open_to_engines, robots
from asithappened.render.interface import interface
from asithappened.render.part import Region, registered

__all__ = ["RENDER_VERSION", "Shell", "fingerprint", "layouts", "nowhere", "shell_of"]

# Under the names that the style sheet asks for them by.
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
    """What the layouts of a live blog depend on, and no more. `indexed`: search engines may have it."""

    edition: Edition
    indexed: bool


def shell_of(blog: BlogState) -> Shell:
    """Return what the layouts of a live blog depend on."""
    return Shell(edition=edition_of(blog), indexed=open_to_engines(blog))


def layouts(shell: Shell) -> dict[str, bytes]:
    """Return the documents with slots, by name.

    `page`, `older`, `oldest_first`, `times`, `post`, `withdrawn`, `key_events`; `known`, `row` and `corrections` of the
    ledger; `missing` for an address below a live blog where nothing is, `gone` for one that was taken down; `embed` and
    `embed_post` for frames on other sites.
    """
    edition = shell.edition
    with edition.speaking():
        values = _around(edition) | _regions() | {"robots": robots(open_to_all=shell.indexed)}
        values["search"] = edition.search_path if shell.indexed else ""  # members' are not searched, nor replays
        return {
            name: fill(template, edition, values | {"kind": name, "feeds": shell.indexed and name in _FEEDS}).encode()
            for name, template in _LAYOUTS.items()
        }


def nowhere(language: str) -> bytes:
    """Return the page of an address without a live blog, or with one that is kept secret, in the house's language."""
    edition = Edition(slug="", language=language, zone="UTC")
    with edition.speaking():
        return fill("page_nowhere.html", edition, _around(edition) | {"kind": "nowhere"}).encode()


def _regions() -> dict[str, list[str]]:
    """Return the names of the parts that stand in each region of the main page, in order."""
    return {region: [part.name for part in registered() if part.region == region] for region in get_args(Region)}


def _around(edition: Edition) -> dict[str, Any]:
    """Return what every document needs around its contents."""
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
