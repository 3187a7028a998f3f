"""In whose name a post is printed: what of its live blog a post's finished bytes depend on.

Owns language, direction, time zone and addresses. Whatever renders a post takes an Edition and no blog: it is rendered
once, and only a change of its edition (or of the code) makes press render it again.
Look next: `times` prints instants with it, `body` documents.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, localedata
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from asithappened.core.state import BlogState
from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.render.direction import Direction, direction

# Languages that the interface speaks. Any other blog's furniture is English, and says so with lang="en".
SPOKEN: Final = ("en", "de", "ar")
# Plain "en" is nobody's: international papers write 14:01 and 4 July.
_DEFAULT_REGION: Final = {"en": "en_GB"}


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What the posts of a live blog depend on, and no more. `replay`: it is no news, so no date is an engine's.

    `desk`: for the newsroom's own eyes, before readers have it: pictures are where the desk finds them.
    """

    slug: str
    language: str
    zone: str
    replay: bool = False
    desk: bool = False

    @property
    def dir(self) -> Direction:
        """The direction of its language."""
        return direction(self.language)

    @property
    def foreign(self) -> bool:
        """Whether the interface speaks another language than the blog, or writes it in another direction."""
        interface = spoken(self.language)
        return interface != self.language.lower().split("-")[0] or direction(interface) != self.dir

    @property
    def interface_attrs(self) -> SafeString:
        """The attributes of an element that holds words of the interface: none where the blog is in its language."""
        interface = spoken(self.language)
        return self._attrs(interface, direction(interface))

    @property
    def blog_attrs(self) -> SafeString:
        """The attributes of an element of the blog's own language within words of the interface."""
        return self._attrs(self.language, self.dir)

    @property
    def locale(self) -> Locale:
        """How it writes dates and numbers."""
        return locale_of(self.language)

    @property
    def tz(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)

    @property
    def path(self) -> str:
        """The path of the live blog."""
        return f"/live/{self.slug}/"

    def post_path(self, post: str) -> str:
        """Return the path of one post's own page."""
        return f"/live/{self.slug}/p/{post}/"

    def media_path(self, post: str, media: str, digest: str, name: str) -> str:
        """Return the path of a file of a picture, film or sound that a post shows.

        A reader's lies below the post's, so that whatever happens to the post happens to it.
        """
        if self.desk:
            return f"/desk/live/{self.slug}/media/{media}/{name}"
        return f"{self.post_path(post)}media/{media}/{digest[:8]}/{name}"

    def _attrs(self, language: str, way: Direction) -> SafeString:
        # Both, in every foreign blog: an element with `dir` is isolated, so that neighbours keep their order.
        return format_html(' lang="{}" dir="{}"', language, way) if self.foreign else SafeString()

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Make gettext speak this language, for this thread, until the end of the block."""
        with translation.override(spoken(self.language)):
            yield


def edition_of(blog: BlogState, *, desk: bool = False) -> Edition:
    """Return what the posts of a live blog depend on. `desk`: for the newsroom's own eyes."""
    return Edition(slug=blog.slug, language=blog.language, zone=blog.zone, replay=blog.replay, desk=desk)


def spoken(language: str) -> str:
    """Return the language that the page's furniture is in: the blog's if there is a translation, otherwise English."""
    subtag = language.lower().split("-")[0]
    return subtag if subtag in SPOKEN else "en"


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Return how a language writes dates; English for one that the CLDR does not know."""
    tag = language.replace("-", "_")
    tag = _DEFAULT_REGION.get(tag.lower(), tag)
    for attempt in (tag, tag.split("_")[0]):
        try:
            return _of_its_own(attempt)
        except (UnknownLocaleError, ValueError):
            continue
    return _of_its_own("en_GB")


_LOADING: Final = Lock()


def _of_its_own(identifier: str) -> Locale:
    """Return a locale that shares no table with another.

    Babel's locales share those of the root, and write into them what they resolve there for themselves: after dates in
    other languages, a month in Central Kurdish was "M11".
    """
    with _LOADING:
        localedata._cache.clear()
        locale = Locale.parse(identifier)
        assert locale.months  # loads its data now, from files that no other locale has read
        return locale


def absolute(path: str) -> SafeString:
    """Return the full public address of a path, for HTML: a slot that delivery fills, and the path."""
    return mark_safe(ADDRESS_SLOT + escape(path))  # noqa: S308 (a constant, and what is escaped)


SITE: Final = mark_safe(NAME_SLOT)  # noqa: S308 (a constant)
"""The newsroom's name, for HTML: a slot that delivery fills."""
