"""Promises of `media.sandbox.iim`: letters come right, and moments are said as everywhere."""

import struct

import pytest

from asithappened.media.sandbox import iim


def of(*fields: tuple[int, int, bytes]) -> dict[str, str]:
    """Return what is read of some fields: record, field and value."""
    return iim.read(b"".join(b"\x1c" + struct.pack(">BBH", *at, len(value)) + value for *at, value in fields))


@pytest.mark.parametrize(
    ("charset", "raw"),
    [(b"\x1b%G", "Přístav".encode()), (b"", "Přístav".encode()), (b"", "Åse Øen".encode("latin-1"))],
    ids=["said to be UTF-8", "UTF-8 without saying so", "Latin-1"],
)
def test_letters_of_iim_come_right(charset: bytes, raw: bytes) -> None:
    assert of((1, 90, charset), (2, 90, raw))["city"] in {"Přístav", "Åse Øen"}


@pytest.mark.parametrize(
    ("day", "clock", "date"),
    [
        (b"20261126", b"093000+0100", "2026-11-26T09:30:00+0100"),
        (b"20261126", b"", "2026-11-26"),
        (b"20261126", b"09", "2026-11-26"),
        (b"00000000", b"093000", None),
        (b"2026", b"093000", None),
    ],
)
def test_a_moment_is_as_much_of_it_as_is_said(day: bytes, clock: bytes, date: str | None) -> None:
    assert of((2, 55, day), (2, 60, clock)).get("date") == date


def test_several_creators_are_joined_and_of_everything_else_the_first_counts() -> None:
    said = of((2, 80, b"Ada"), (2, 80, b"Ben"), (2, 110, b"AP"), (2, 110, b"AFP"))
    assert said == {"creator": "Ada, Ben", "credit": "AP"}
