"""The page with a form for readers' contributions, which works without script, in the live blog's language.

Owns its words and markup. It is a separate page, so that the live blog's stays the same for everybody. Look next:
`desk.views.contribute`, which serves it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from asithappened.core.state import BlogState
from asithappened.published.assets import url as asset
from asithappened.render.edition import edition_of
from asithappened.render.engine import fill
from asithappened.render.page import FONTS

TRAP: Final = "website"  # a hidden field: people leave it empty, and bots that fill in every field do not


def contribute_path(slug: str) -> str:
    """Return the path of a live blog's form for contributions."""
    return f"/contribute/{slug}/"


@dataclass(frozen=True, kw_only=True)
class Form:
    """The form's contents. `typed`: by field; `problems`: codes of what must be corrected."""

    token: str
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Collection[str] = ()


def contribute_page(
    blog: BlogState, *, site: str, kept_days: int, words_chars: int, name_chars: int, form: Form | None
) -> str:
    """Return the page: the form, or for None a confirmation. `kept_days`: how long it is kept after closing."""
    edition = edition_of(blog)
    with edition.speaking():
        values = {
            "site": site,
            "title": blog.title,
            "style": asset("reader.css"),
            "fonts": FONTS,
            "icon": asset("reader-icon.svg"),
            "lang": edition.language,
            "trap": TRAP,
            "form": form,
            "problems": set(form.problems) if form else set(),
            "kept_days": kept_days,
            "words_chars": words_chars,
            "name_chars": name_chars,
        }
        return fill("page_contribute.html", edition, values)
