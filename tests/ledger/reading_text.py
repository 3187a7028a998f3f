"""What the tests of figures, places and repetitions read: a text, or a page of them, the newest first."""

from asithappened.ledger.suggester import Suggester
from asithappened.ledger.suggestions import AnySuggestion
from asithappened.ledger.views import BlogView, of_text


def page(*texts: str, language: str = "en") -> BlogView:
    """Return a live blog of texts, the newest first."""
    posts = tuple(of_text(text, number=number) for number, text in enumerate(texts, 1))
    return BlogView(posts=posts, language=language)


def suggested(suggester: Suggester, blog: BlogView, number: int = 1) -> list[AnySuggestion]:
    """Return what a suggester says of a post."""
    return list(suggester.suggest(blog.posts[number - 1], blog))
