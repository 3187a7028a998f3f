"""The headline of a closed blog says that it is one, once."""

import pytest

from asithappened.core.state import Status
from tests.render.blogs import blog, parts


@pytest.mark.parametrize(
    ("title", "language", "closed"),
    [
        ("A storm", "en", "A storm – as it happened"),
        ("A storm – as it happened", "en", "A storm – as it happened"),
        ("A storm as it happened: what we saw", "en", "A storm as it happened: what we saw"),
        ("Der Sturm", "de", "Der Sturm – das Protokoll"),
        ("Der Sturm – das Protokoll", "de", "Der Sturm – das Protokoll"),
    ],
)
def test_a_closed_blog_says_as_it_happened_once(title: str, language: str, closed: str) -> None:
    shown = blog(title=title, language=language)
    assert parts(shown)["headline"] == title
    assert parts(blog(title=title, language=language, status=Status.CLOSED))["headline"] == closed
