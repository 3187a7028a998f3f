"""Promises of `media.sandbox.exif`: which way up, who and when; wrong directories say nothing, and cost nothing."""

import struct

import pytest

from asithappened.media.sandbox import exif
from tests.media.sandbox import made


def of(orientation: int) -> bytes:
    """Return EXIF as it stands in a file, without the marker of its segment."""
    return made.exif(orientation, secrets=True).removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_says_which_way_up_it_is_who_made_it_and_when(orientation: int) -> None:
    found, said = exif.read(of(orientation))
    assert found == orientation
    assert (said["creator"], said["date"]) == ("Ada Foto", "2026-11-26T09:30:00")


@pytest.mark.parametrize("orientation", [0, 9, 65_535])
def test_a_way_up_that_there_is_not_is_upright(orientation: int) -> None:
    assert exif.read(of(orientation))[0] == 1


def test_a_directory_without_end_is_read_as_far_as_the_file_goes() -> None:
    endless = b"MM\0*\0\0\0\x08" + struct.pack(">H", 0xFFFF) + struct.pack(">HHII", 0x013B, 2, 0xFFFFFFFF, 8) * 3
    assert exif.read(endless)[0] == 1


@pytest.mark.parametrize("raw", [b"", b"MM\0*", b"II*\0\xff\xff\xff\xff", b"no directory at all"])
def test_what_is_no_exif_says_nothing(raw: bytes) -> None:
    assert exif.read(raw) == (1, {})


def test_letters_of_which_nobody_said_what_they_are_are_utf_8_or_else_latin_1() -> None:
    assert exif.decoded("Přístav".encode()) == "Přístav"
    assert exif.decoded("Åse".encode("latin-1")) == "Åse"
