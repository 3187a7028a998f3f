"""Printed bylines to names: whoever is there now or was earlier, without places and without descriptions."""

import pytest

from asithappened.core import limits
from asithappened.importers.bylines import contributors_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee (now); Bo Day and Cy Ross (earlier)", ["Ann Lee", "-Bo Day", "-Cy Ross"]),
        ("By Ann Lee in Port Ellen and Bo Day", ["Ann Lee", "Bo Day"]),
        ("Ann Lee, science correspondent", ["Ann Lee"]),
        ("Ann Lee (now), Bo Day; Ann Lee (earlier)", ["-Bo Day", "Ann Lee"]),
        ("Ann Lee (with photographs, and more) & Bo Day", ["Ann Lee", "Bo Day"]),
        ("山田 太郎", ["山田 太郎"]),
        ("", []),
    ],
)
def test_a_line_of_names_is_read(line: str, names: list[str]) -> None:
    assert [("" if one.on else "-") + one.name for one in contributors_of(line)] == names


def test_there_are_no_more_than_a_blog_may_have() -> None:
    assert len(contributors_of(", ".join(f"Ann{n} Lee" for n in range(500)))) == limits.CONTRIBUTORS
