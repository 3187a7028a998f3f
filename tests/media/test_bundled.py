"""Promises of `media.bundled`: the program's own files are taken in once a home, and one that cannot be is an error."""

from pathlib import Path

import pytest

from asithappened.core.rules import Refusal
from asithappened.media import bundled
from asithappened.media.models import Media
from asithappened.media.sandbox import taking
from asithappened.media.sandbox.answer import Found, Taken
from asithappened.media.store import Store

TAKEN = Taken(
    kind="picture", media_type="image/webp", width=64, height=32, seconds=0.0, preview="", found=Found(), notes=(),
    files=("64.webp",), held=(),
)  # fmt: skip


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of the program's, and keep what is made of it in a folder of the test."""
    kept = Store(tmp_path / "media")
    monkeypatch.setattr(bundled, "store", lambda: kept)
    (tmp_path / "harbour.webp").write_bytes(b"a picture")
    return tmp_path / "harbour.webp"


@pytest.mark.django_db
def test_a_file_is_taken_in_once_and_is_nobodys(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []

    def take_in(original: Path, into: Path) -> Taken:
        looked.append(original)
        (into / "64.webp").write_bytes(b"smaller")
        return TAKEN

    monkeypatch.setattr(taking, "take_in", take_in)
    for _ in range(2):
        bundled.bring({"harbour0": file})
    row = Media.objects.get()
    assert (row.pk, row.state, row.width, row.bytes) == ("harbour0", Media.State.READY, 64, 9)
    assert not row.uses.exists()
    assert looked == [file]
    there = Store(file.parent / "media").on_disk("harbour0", "64.webp")
    assert there is not None
    assert there.read_bytes() == b"smaller"


@pytest.mark.django_db
def test_a_file_that_cannot_be_taken_in_is_named_and_leaves_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "take_in", lambda *_: Refusal("heavy", "It is too large."))
    with pytest.raises(OSError, match=r"harbour\.webp cannot be taken in: It is too large\."):
        bundled.bring({"harbour0": file})
    assert not Media.objects.exists()
