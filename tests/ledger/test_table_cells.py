"""A table's cell is read with the headings of its row and its column."""

import pytest

from asithappened.ledger.changes import Text
from asithappened.ledger.sweep import sweep
from asithappened.ledger.views import Part, PartView, PostView
from tests.ledger.sweeping import TOLL, WEDNESDAY


@pytest.mark.parametrize(
    ("table", "listed"),
    [
        ("Mine | Killed | Hurt\nHollin | 63 | 12\nMarsh | 4 | 63", 1),
        ("Mine | Killed | Hurt\nMarsh | 63 | 12", 0),
        ("Mine | Hurt | Shafts\nHollin | 63 | 63", 0),
        ("Mine | Killed by Monday | Killed\nHollin | 63 | 70", 0),
        ("Mine | Previously killed | Killed\nHollin | 63 | 70", 0),
    ],
)
def test_a_cell_is_of_what_its_row_and_its_column_say(table: str, listed: int) -> None:
    parts = (PartView(kind=Part.TABLE, text=table),)
    found = list(sweep([TOLL], [Text(key="a", view=PostView(number=1, parts=parts), at=WEDNESDAY)]))
    assert [table[one.start : one.end] for one in found] == ["63"] * listed
