"""A table's cell is read with the headings of its row and its column."""

import pytest

from asithappened.ledger.changes import Moved, Switched, Text, Value
from asithappened.ledger.stale.sweep import sweep
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


@pytest.mark.parametrize(
    ("table", "listed"),
    [
        ("Rain in litres\nTown | Today\nBenasalt | 180\nOrba | 180", 1),
        ("Rain\nTown | Litres\nBenasalt | 180\nOrba | 180", 1),
        ("Pumps\nTown | Men\nBenasalt | 180", 0),
    ],
)
def test_a_cell_has_the_unit_of_its_heading_or_of_its_table(table: str, listed: int) -> None:
    rain = Moved(key="rain", label="Rain in Benasalt", figure="measure", unit="litres", counted="rain",
                 places=("Benasalt",), old=(Value(value=180),), new=Value(value=240))  # fmt: skip
    parts = (PartView(kind=Part.TABLE, text=table),)
    assert len(list(sweep([rain], [Text(key="a", view=PostView(number=1, parts=parts), at=WEDNESDAY)]))) == listed


@pytest.mark.parametrize(
    ("row", "listed"),
    [("Sand Point, east of the bank | Closed", 1), ("Bell Road | Closed", 0), ("Road | Closed", 1)],
)
def test_the_state_in_the_row_of_another_place_and_in_the_headings_is_not_listed(row: str, listed: int) -> None:
    road = Switched(
        key="road", label="Coast road", places=("Sand Point",), old=(Value(words="closed"),), new=Value(words="open")
    )
    table = f"The coast road today\nWhere | Closed\n{row}"
    found = sweep([road], [Text(key="a", view=PostView(number=1, parts=(PartView(kind=Part.TABLE, text=table),)))])
    assert len([one for one in found if one.start > table.rindex("\n")]) == listed
