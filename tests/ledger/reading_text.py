"""Reads a text, or a page of texts, the newest first, for tests of figures, places and repetitions."""

from asithappened.ledger.amounts.figures import Figures
from asithappened.ledger.amounts.numbers import Number, scan
from asithappened.ledger.geography.places import Places
from asithappened.ledger.language import tokens
from asithappened.ledger.suggester import Suggester
from asithappened.ledger.suggestions import AnySuggestion, Figure, Place
from asithappened.ledger.views import BlogView, of_text


def page(*texts: str, language: str = "en") -> BlogView:
    """Return a live blog of texts, the newest first."""
    posts = tuple(of_text(text, number=number) for number, text in enumerate(texts, 1))
    return BlogView(posts=posts, language=language)


def suggested(suggester: Suggester, blog: BlogView, number: int = 1) -> list[AnySuggestion]:
    """Return what a suggester says of a post."""
    return list(suggester.suggest(blog.posts[number - 1], blog))


def figures(text: str, language: str = "en") -> list[Figure]:
    """Return the figures of a text."""
    return [one for one in suggested(Figures(), page(text, language=language)) if isinstance(one, Figure)]


def numbers(text: str, language: str = "en") -> list[Number]:
    """Return the numbers of a text, whatever they mean."""
    return scan(tokens.read(text), language)


def places(*texts: str, language: str = "en") -> list[Place]:
    """Return the places of the newest of some texts."""
    return [one for one in suggested(Places(), page(*texts, language=language)) if isinstance(one, Place)]


def place_names(*texts: str, language: str = "en") -> list[str]:
    """Return the names of the places of the newest of some texts."""
    return [one.name for one in places(*texts, language=language)]
