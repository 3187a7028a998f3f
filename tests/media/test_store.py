"""The store of files: each is complete under its name or missing, on the disk and in a remote store."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from asithappened.media.store import Missing, Store

ID = "abcdef0123"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file to keep."""
    path = tmp_path / "source"
    path.write_bytes(b"a picture")
    return path


def test_a_file_is_kept_under_its_name_and_its_source_stays(tmp_path: Path, file: Path) -> None:
    store = Store(tmp_path / "media")
    store.keep(ID, {"640.webp": file})
    store.keep(ID, {"640.webp": file})
    assert store.fetch(ID, "640.webp") == tmp_path / "media/ab" / ID / "640.webp"
    assert store.fetch(ID, "640.webp").read_bytes() == file.read_bytes() == b"a picture"
    assert [path.name for path in (tmp_path / "media/ab" / ID).iterdir()] == ["640.webp"]
    store.delete(ID)
    with pytest.raises(Missing):
        store.fetch(ID, "640.webp")


@pytest.mark.parametrize("name", ["../../../secret.key", "640.webp/..", "0.webp", "640.svg", "", ".", "a/640.webp"])
@pytest.mark.parametrize("id_", [ID, "..", "../..", "ABCDEF", "ab/cdef", ""])
def test_nothing_has_a_name_but_what_is_ours(id_: str, name: str, tmp_path: Path, file: Path) -> None:
    store = Store(tmp_path / "media", FileSystemStorage(tmp_path / "elsewhere"))
    assert store.on_disk(id_, name) is None
    with pytest.raises(Missing):
        store.fetch(id_, name)
    with pytest.raises(ValueError):
        store.keep(id_, {name: file})
    assert not (tmp_path / "elsewhere").exists()


class Cut(File):  # type: ignore[type-arg]  # of bytes, which only the stubs can say
    """A remote file whose connection breaks after its first piece."""

    def __init__(self) -> None:
        """Have been asked for nothing."""
        super().__init__(BytesIO(b""))
        self.asked = 0

    def read(self, *_: object) -> bytes:
        """Give a piece, and then end in an error."""
        self.asked += 1
        if self.asked > 1:
            raise OSError("the line was cut")
        return b"half of "


class Torn(FileSystemStorage):
    """A remote store whose connection breaks within a file."""

    def open(self, name: str, mode: str = "rb") -> Cut:
        """Give a file that ends in an error."""
        return Cut()


def test_no_half_of_what_is_fetched_has_a_name(tmp_path: Path) -> None:
    store = Store(tmp_path / "media", Torn(tmp_path / "elsewhere"))
    with pytest.raises(OSError, match="cut"):
        store.fetch(ID, "640.webp")
    assert not list((tmp_path / "media/ab" / ID).iterdir())


def test_with_a_store_elsewhere_the_disk_may_be_emptied_and_a_deletion_reaches_both(tmp_path: Path, file: Path) -> None:
    elsewhere = FileSystemStorage(tmp_path / "elsewhere", allow_overwrite=True)
    store = Store(tmp_path / "media", elsewhere)
    store.keep(ID, {"original": file, "640.webp": file})
    Store(tmp_path / "media").delete(ID)
    assert store.on_disk(ID, "640.webp") is None
    assert store.fetch(ID, "640.webp").read_bytes() == b"a picture"
    assert store.on_disk(ID, "640.webp") is not None
    store.delete(ID)
    assert elsewhere.listdir("ab/" + ID)[1] == []
    assert store.on_disk(ID, "640.webp") is None
    store.delete(ID)  # again: nothing is there


def test_the_doctors_probe_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "media", FileSystemStorage(tmp_path / "elsewhere"))
    store.check()
    assert not [path for folder in ("media", "elsewhere") for path in (tmp_path / folder).rglob("*") if path.is_file()]
