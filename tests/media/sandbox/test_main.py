"""Promises of `media.sandbox.__main__`: what is wrong with a file is an answer, and with a machine an error."""

import errno
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from asithappened.media.sandbox.__main__ import Taking, _told, _whole
from asithappened.media.sandbox.refusal import NotTaken


def ends_with(error: BaseException) -> Taking:
    """Return what fails to take a file in."""

    def take(file: BinaryIO, size: int, into: Path) -> dict[str, Any]:
        raise error

    return take


@pytest.mark.parametrize(
    ("error", "refused"),
    [
        (MemoryError(), "heavy"),
        (OSError(errno.EFBIG, "File too large"), "heavy"),
        (EOFError(), "truncated"),
        (OSError("image file is truncated (3 bytes not processed)"), "truncated"),
        (OSError(errno.EINVAL, "Invalid argument"), "unreadable"),
        (ZeroDivisionError(), "unreadable"),
    ],
)
def test_whatever_a_decoder_raises_is_an_answer_about_the_file(error: Exception, refused: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with (tmp_path / "file").open("rb") as file:
        assert _told(ends_with(error), file, tmp_path) == {"refused": refused}


def test_a_disk_that_is_full_is_no_fault_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with (tmp_path / "file").open("rb") as file, pytest.raises(OSError, match="No space"):
        _told(ends_with(OSError(errno.ENOSPC, "No space left on device")), file, tmp_path)


def test_a_file_larger_than_its_kind_may_be_is_refused_in_megabytes(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with (tmp_path / "file").open("rb") as file, pytest.raises(NotTaken) as refused:
        _whole(file, 2_000_001, 2_000_000)
    assert (refused.value.code, refused.value.values) == ("large", {"bytes": 3, "most": 2})
