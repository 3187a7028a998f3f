"""The bylines of a post, and the contributors of a live blog.

Owns their markup. A byline has its fact's words; only the list of contributors, which a page has once, has pictures.
Names link to the author's page of the house, which links to their own sites.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from asithappened.core import media, urls
from asithappened.core.events import Portrait, Signature
from asithappened.core.state import Contributor, PostState
from asithappened.published.layout import MEDIA_SLOT
from asithappened.render.addresses import author_path, linked
from asithappened.render.direction import dir_of
from asithappened.render.edition import Edition

PORTRAIT_PIXELS: Final = 48  # of either side, as a page shows it


def byline(post: PostState, edition: Edition) -> SafeString:
    """Return a post's bylines, each with its printed role; "" if it has none."""
    signed = {one.name: one for one in post.signed}
    people = [signed.get(name, Signature(name=name)) for name in post.bylines]
    # "Ada Fox, Editor, Tom Adeyard" would be three people.
    between = "; " if any(one.role for one in people) else ", "
    return mark_safe(between.join(_signature(one, edition) for one in people))  # noqa: S308 (escaped piece by piece)


def _signature(one: Signature, edition: Edition) -> str:
    name = _named(one.name)
    return f'{name}, <span class="role"{dir_of(one.role, edition.dir)}>{escape(one.role)}</span>' if one.role else name


def _named(name: str) -> str:
    return f'<a href="{author_path(name)}" rel="author"><bdi>{escape(name)}</bdi></a>'


def _elsewhere(url: str) -> str:
    return linked(escape(urls.host_of(url)), url, schemes=urls.WEB, rel="me noopener") if urls.is_url(url) else ""


def listed(people: Sequence[Contributor], edition: Edition) -> list[dict[str, Any]]:
    """Return contributors for a template: name, role, the link to their own site, and the address of a picture."""
    return [
        {
            "name": mark_safe(_named(one.name)),  # noqa: S308 (escaped piece by piece)
            "elsewhere": mark_safe(_elsewhere(one.url)),  # noqa: S308 (escaped piece by piece)
            "on": one.on,
            "role": one.role,
            "picture": _picture(one.picture, edition) if one.picture else "",
        }
        for one in people
    ]


def _picture(picture: Portrait, edition: Edition) -> SafeString:
    path = portrait(picture, edition, "webp")
    return mark_safe(MEDIA_SLOT + escape(path))  # noqa: S308 (a constant, and what is escaped)


def portrait(picture: Portrait, edition: Edition, extension: media.Extension) -> str:
    """Return the path of the smallest file of a person's picture, which is several times as wide as it is shown."""
    widths = media.widths(picture.width) if extension == "webp" else media.fallback_widths(picture.width)
    return edition.portrait_path(picture.media, picture.digest, media.file_name(widths[0], extension))
