"""Short texts of a post, for lists, cards, structured data and the pinned box.

Owns the shortening. Never cuts inside a word, and never invents one.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Protocol, assert_never

from django.utils.translation import gettext as _

from asithappened.core import body as b
from asithappened.core.events import PostKind
from asithappened.core.state import BlogState, PostState
from asithappened.core.text import without_spaces
from asithappened.render.edition import Edition
from asithappened.render.sentences import first_sentence
from asithappened.render.times import moment

# All white space except no-break spaces ("10 000", "« Oui »"); a single plain space needs no replacement.
_OTHER: Final = "\t-\r\x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_SPACES: Final = re.compile(f"[{_OTHER}][ {_OTHER}]*| [ {_OTHER}]+")
_WORD: Final = re.compile(r"\w+")
# Characters before a cut that belong to the words after it.
_LOOSE: Final = " \n\u00a0\u202f,;:–—-([{“„«‹‘‚「『（¿¡"


class Worded(Protocol):
    """A post, or a draft of one."""

    @property
    def title(self) -> str:
        """The headline, "" if there is none."""

    @property
    def body(self) -> b.Doc: ...


def shorten(text: str, limit: int) -> str:
    """Return a text on one line, at most `limit` characters, cut between words with an ellipsis."""
    return cut(_on_one_line(text), limit)


@lru_cache(maxsize=64)  # a row of the ledger is shortened to four lengths
def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def cut(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters, cut between words with an ellipsis; line ends stay.

    In scripts without spaces, and in a word longer than the limit, it is cut between letters (grapheme clusters).
    """
    if len(text) <= limit:
        return text
    at = limit - 1
    space = max(text.rfind(" ", 0, limit), text.rfind("\n", 0, limit))
    if space > 0 and not without_spaces(text[at]):
        at = space
    while at > 0 and not _may_cut(text, at):
        at -= 1
    return (text[:at] or text[: limit - 1]).rstrip(_LOOSE) + "…"


def _may_cut(text: str, at: int) -> bool:
    """Return whether an index is between two letters, emoji or flags (UAX 29, without Hangul's old jamo)."""
    before, after = text[at - 1], text[at]
    if "\u200d" in (before, after) or unicodedata.category(after).startswith("M") or after in "\u0e33\u0eb3":
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    flags = 0
    while flags < at and "\U0001f1e6" <= text[at - 1 - flags] <= "\U0001f1ff":
        flags += 1
    return not (flags % 2 and "\U0001f1e6" <= after <= "\U0001f1ff")


def label_of(post: Worded, language: str, limit: int = 110) -> str:
    """Return a post's label in a list: its headline, or else its first sentence; "" for a post without words."""
    if post.title.strip():
        return shorten(post.title, limit)
    # Of the first line only: a picture's caption does not continue its alternative text, nor one list item the next.
    return shorten(first_sentence(lines(post.body).partition("\n")[0], language), limit)


def called(post: PostState, edition: Edition) -> str:
    """Return a name for a post, never empty: its label, or else the word for its kind, or its time.

    The time if the interface does not have the blog's language, because a headline must be in the page's language.
    """
    label = label_of(post, edition.language)
    if not label and edition.foreign and (when := moment(post.published_at, edition)):
        return when.full
    return label or what_it_is(post)


def what_it_is(post: PostState) -> str:
    """Return the interface's word for a post's kind. Call inside `edition.speaking()`."""
    match post.kind:
        case PostKind.SUMMARY:
            return _("Summary")
        case PostKind.KEY_EVENT:
            return _("Key event")
        case PostKind.UPDATE:
            return _("Update")
        case _:
            assert_never(post.kind)


def plain(doc: b.Doc) -> str:
    """Return a document's words on one line."""
    return _SPACES.sub(" ", b.plain(doc)).strip()


def lines(doc: b.Doc) -> str:
    """Return a document's words with a line for each paragraph, point and caption."""
    return "\n".join(line for line in (_SPACES.sub(" ", line).strip() for line in b.plain(doc).split("\n")) if line)


def authors(blog: BlogState, newest: Sequence[PostState]) -> list[str]:
    """Return a live blog's authors: its contributors, or without any, the bylines of its newest posts."""
    named = [contributor.name for contributor in blog.contributors]
    return named or list(dict.fromkeys(name for post in newest if post.visible for name in post.bylines))


def opening(post: PostState, limit: int) -> str:
    """Return the beginning of a post's first block with words, shortened."""
    for block in post.body.content:
        if text := _SPACES.sub(" ", b.text_of(block)).strip():
            return shorten(text, limit)
    return ""


def points(doc: b.Doc, language: str, most: int, limit: int) -> list[str]:
    """Return the first points of a summary: its list items, or else its paragraphs, each shortened."""
    items = [block for block in b.blocks(doc) if isinstance(block, b.ListItem)]
    lines = (b.text_of(block) for block in (items or doc.content))
    return [shorten(first_sentence(line, language), limit) for line in lines if line.strip()][:most]


def says_the_same(alt: str, caption: str) -> bool:
    """Return whether a caption contains nearly all of a picture's alternative text.

    Compares trigrams, which work for every script and in linear time: both texts may have thousands of characters.
    """
    of_alt, of_caption = _trigrams(alt), _trigrams(caption)
    shared = len(of_alt & of_caption)
    return bool(shared) and (shared >= 0.85 * len(of_alt) or 2 * shared >= 0.75 * (len(of_alt) + len(of_caption)))


def _trigrams(text: str) -> set[str]:
    letters = " ".join(_WORD.findall(text.casefold()))
    return {letters[n : n + 3] for n in range(max(1, len(letters) - 2))} if letters else set()
