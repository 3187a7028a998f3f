"""The edition of a live blog: the part of it that a post's finished bytes depend on.

Owns language, direction, time zone and addresses. Code that renders a post takes an Edition and no blog, so that a post
is rendered once, and again only when its edition (or the code) changes.
Look next: `times` prints instants with it, `body` documents.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, localedata
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from asithappened.core.state import BlogState
from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.render import wording
from asithappened.render.direction import Direction, direction

# Languages that the interface speaks. Any other blog's furniture is English, and says so with lang="en".
SPOKEN: Final = ("en", "de", "es", "uk", "ar")
# Languages written with the Arabic comma.
_ARABIC_COMMA: Final = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})
# Plain "en" would be American in the CLDR: international papers write 14:01 and 4 July.
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

    @cached_property
    def dir(self) -> Direction:
        """The direction of its language."""
        return direction(self.language)

    @cached_property
    def foreign(self) -> bool:
        """Whether the interface speaks another language than the blog, or writes it in another direction."""
        interface = spoken(self.language)
        return interface != self.language.lower().split("-")[0] or direction(interface) != self.dir

    @cached_property
    def interface_attrs(self) -> SafeString:
        """The attributes of an element that holds words of the interface: none where the blog is in its language."""
        interface = spoken(self.language)
        return self._attrs(interface, direction(interface))

    @cached_property
    def blog_attrs(self) -> SafeString:
        """The attributes of an element of the blog's own language within words of the interface."""
        return self._attrs(self.language, self.dir)

    @cached_property
    def locale(self) -> Locale:
        """How it writes dates and numbers."""
        return locale_of(self.language)

    @cached_property
    def locale_tag(self) -> str:
        """The same as others write it: "en_GB"."""
        return str(self.locale)

    @cached_property
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

    @property
    def known_path(self) -> str:
        """The path of all that the ledger knows."""
        return f"{self.path}known/"

    def source_path(self, source: str) -> str:
        """Return the path of what the ledger knows from one source, by its key (published.layout)."""
        return f"{self.known_path}source/{source}/"

    @property
    def search_path(self) -> str:
        """The path of searching the live blog, or without one all of them."""
        return f"{self.path}search" if self.slug else "/search"

    @property
    def corrections_path(self) -> str:
        """The path of all corrections."""
        return f"{self.path}corrections/"

    def row_path(self, about: str, row: str) -> str:
        """Return the path of the page of a statement or a series (core.ledger_events), whose ids are apart."""
        return f"{self.known_path}{about}/{row}/"

    def media_path(self, post: str, media: str, digest: str, name: str) -> str:
        """Return the path of a file of a picture, film or sound that a post shows.

        A reader's path lies below the post's, so that a withdrawal or another audience of the post applies to it too.
        """
        if self.desk:
            return f"/desk/live/{self.slug}/media/{media}/{name}"
        return f"{self.post_path(post)}media/{media}/{digest[:8]}/{name}"

    def portrait_path(self, media: str, digest: str, name: str) -> str:
        """Return the path of a file of a contributor's picture: below the live blog's, as long as it names them."""
        return f"{self.path}people/{media}/{digest[:8]}/{name}"

    def _attrs(self, language: str, way: Direction) -> SafeString:
        # Both, in every foreign blog: an element with `dir` is isolated, so that neighbours keep their order.
        return format_html(' lang="{}" dir="{}"', language, way) if self.foreign else SafeString()

    def speaking(self) -> AbstractContextManager[None]:
        """Make gettext speak this language, for this thread, until the end of the block."""
        return wording.speaking(spoken(self.language))


def edition_of(blog: BlogState, *, desk: bool = False) -> Edition:
    """Return what the posts of a live blog depend on. `desk`: for the newsroom's own eyes."""
    return _edition(blog.slug, blog.language, blog.zone, blog.replay, desk)


@lru_cache(maxsize=256)  # each fact of an append asks for it, and what it knows is found out once
def _edition(slug: str, language: str, zone: str, replay: bool, desk: bool) -> Edition:
    return Edition(slug=slug, language=language, zone=zone, replay=replay, desk=desk)


@lru_cache(maxsize=256)
def spoken(language: str) -> str:
    """Return the language that the page's furniture is in: the blog's if there is a translation, otherwise English."""
    subtag = language.lower().split("-")[0]
    return subtag if subtag in SPOKEN else "en"


def comma(language: str) -> str:
    """Return what stands between the items of a list in a language's writing."""
    return "\u060c " if language.lower().split("-")[0] in _ARABIC_COMMA else ", "


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

    Babel's locales share the root's tables, and write what they resolve into them: after dates in other languages, a
    month in Central Kurdish was printed as "M11".
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
