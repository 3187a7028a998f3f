"""The edition of a live blog: the part of it that a post's finished bytes depend on.

Owns language, direction, time zone and addresses. Code that renders a post takes an Edition and no blog, so that a post
is rendered once, and again only when its edition (or the code) changes.
Look next: `times` prints instants with it, `body` documents.
"""

from contextlib import AbstractContextManager
from functools import cached_property, lru_cache
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, localedata
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from asithappened.core.state import BlogState
from asithappened.published.layout import ADDRESS_SLOT, NAME_SLOT
from asithappened.render import wording
from asithappened.render.direction import Direction, direction

# The interface's languages. For a blog in any other language it is English, marked with lang="en".
SPOKEN: Final = ("en", "de", "es", "uk", "ar")
# Languages written with the Arabic comma.
_ARABIC_COMMA: Final = frozenset({"ar", "ckb", "fa", "ps", "sd", "ug", "ur"})
# Plain "en" is American in the CLDR, but international papers write 14:01 and 4 July.
_DEFAULT_REGION: Final = {"en": "en_GB"}


class Edition(Struct, frozen=True, kw_only=True, dict=True):  # `dict` for what is cached
    """Exactly what the posts of a live blog depend on. `replay`: it is no news, so search engines get no dates.

    `desk`: rendered for the desk, where unpublished pictures have other paths.
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
        """Whether the interface has another language than the blog, or another direction."""
        interface = spoken(self.language)
        return interface != self.language.lower().split("-")[0] or direction(interface) != self.dir

    @cached_property
    def interface_attrs(self) -> SafeString:
        """The attributes of an element with words of the interface; none if the blog has its language."""
        interface = spoken(self.language)
        return self._attrs(interface, direction(interface))

    @cached_property
    def blog_attrs(self) -> SafeString:
        """The attributes of an element of the blog's own language within words of the interface."""
        return self._attrs(self.language, self.dir)

    @cached_property
    def locale(self) -> Locale:
        """The locale for dates and numbers."""
        return locale_of(self.language)

    @cached_property
    def locale_tag(self) -> str:
        """The locale as a string: "en_GB"."""
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
        """The path of the whole ledger."""
        return f"{self.path}known/"

    def source_path(self, source: str) -> str:
        """Return the path of the ledger's rows from one source, by its key (published.layout)."""
        return f"{self.known_path}source/{source}/"

    @property
    def search_path(self) -> str:
        """The path of the live blog's search; without a slug that of the house's."""
        return f"{self.path}search" if self.slug else "/search"

    @property
    def corrections_path(self) -> str:
        """The path of all corrections."""
        return f"{self.path}corrections/"

    def row_path(self, about: str, row: str) -> str:
        """Return the path of the page of a statement or a series (core.ledger_events), by its kind and id."""
        return f"{self.known_path}{about}/{row}/"

    def media_path(self, post: str, media: str, digest: str, name: str) -> str:
        """Return the path of a file of a picture, film or sound in a post.

        A reader's path is below the post's, so that a withdrawal or another audience of the post applies to it too.
        """
        if self.desk:
            return f"/desk/live/{self.slug}/media/{media}/{name}"
        return f"{self.post_path(post)}media/{media}/{digest[:8]}/{name}"

    def portrait_path(self, media: str, digest: str, name: str) -> str:
        """Return the path of a file of a contributor's picture, which is served while the live blog names them."""
        return f"{self.path}people/{media}/{digest[:8]}/{name}"

    def _attrs(self, language: str, way: Direction) -> SafeString:
        # Both, because an element with `dir` is isolated from its neighbours, which keep their order.
        return format_html(' lang="{}" dir="{}"', language, way) if self.foreign else SafeString()

    def speaking(self) -> AbstractContextManager[None]:
        """Activate gettext's translation for this language, in this thread, inside the block."""
        return wording.speaking(spoken(self.language))


def edition_of(blog: BlogState, *, desk: bool = False) -> Edition:
    """Return a live blog's edition. `desk`: for rendering at the desk."""
    return _edition(blog.slug, blog.language, blog.zone, blog.replay, desk)


@lru_cache(maxsize=256)  # each fact of an append asks for it, and its cached properties are computed once
def _edition(slug: str, language: str, zone: str, replay: bool, desk: bool) -> Edition:
    return Edition(slug=slug, language=language, zone=zone, replay=replay, desk=desk)


@lru_cache(maxsize=256)
def spoken(language: str) -> str:
    """Return the interface's language for a blog's: the same if there is a translation, otherwise English."""
    subtag = language.lower().split("-")[0]
    return subtag if subtag in SPOKEN else "en"


def comma(language: str) -> str:
    """Return a language's comma and space between the items of a list."""
    return "\u060c " if language.lower().split("-")[0] in _ARABIC_COMMA else ", "


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Return a language's locale; English for a language that the CLDR does not have."""
    tag = language.replace("-", "_")
    tag = _DEFAULT_REGION.get(tag.lower(), tag)
    for attempt in (tag, tag.split("_")[0]):
        try:
            return _unshared(attempt)
        except (UnknownLocaleError, ValueError):
            continue
    return _unshared("en_GB")


_LOADING: Final = Lock()


def _unshared(identifier: str) -> Locale:
    """Return a locale that shares no table with another.

    Babel's locales share the root's tables, and write resolved values into them: after dates in other languages, a
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
