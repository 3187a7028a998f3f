"""Promises of what is asked of readers' search: it is read from an address as it was written there, or not at all."""

import pytest
from django.http import QueryDict

from asithappened.search.finding import Cursor
from asithappened.search.results import Asking, asking


@pytest.mark.parametrize(
    "what",
    [
        Asking(),
        Asking(typed="Überflutung & mehr", key_events=True, best=True, after=Cursor(7, True)),
        Asking(typed="東京 %", after=Cursor(2**62)),
    ],
)
def test_an_address_says_what_was_asked(what: Asking) -> None:
    assert asking(QueryDict(what.query)) == what


def test_what_cannot_be_meant_is_not_asked() -> None:
    assert asking(QueryDict("q=%00a%0Ab&order=x&key=yes&before=-1")) == Asking(typed="a b")
    assert len(asking({"q": "a" * 70_000}).typed) == 256
