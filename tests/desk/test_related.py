"""Related coverage typed a line a piece: a line that nobody touched keeps all of its piece."""

from datetime import UTC, datetime

import pytest

from asithappened.core import limits
from asithappened.core.events import Related
from asithappened.desk.forms.related import RelatedForm

OLD = Related(title="Tides | how high", url="https://a.example/t", published_at=datetime(2026, 11, 22, 10, tzinfo=UTC))
SHOWN = "Tides / how high | https://a.example/t"


def form(lines: str | list[object]) -> RelatedForm:
    return RelatedForm({"items": lines}, old=(OLD,))


def test_a_line_that_nobody_touched_keeps_what_a_line_cannot_show() -> None:
    assert RelatedForm(initial={"items": (OLD,)}, old=(OLD,))["items"].value() == SHOWN
    typed = form(f"  {SHOWN}  \n\nFerries | https://a.example/f | None today | Ada")
    assert typed.is_valid()
    ferries = Related(title="Ferries", url="https://a.example/f", standfirst="None today", byline="Ada")
    assert typed.cleaned_data["items"] == (OLD, ferries)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Fine\n | https://a.example/", "Line 2: headline"),
        ("a | https://a.example/ | b | c | d", "Line 1: headline"),
        ("a | ftp://a.example/", "Line 1: the address does not start"),
        ("x" * (limits.TITLE_CHARS + 1), "Line 1 is too long."),
        ("a\n" * (limits.RELATED + 1), f"{limits.RELATED} at most."),
    ],
)
def test_what_is_wrong_is_said_of_its_line(line: str, says: str) -> None:
    assert form(line).errors["items"][0].startswith(says)
