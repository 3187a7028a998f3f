"""Partial uploads: the file's length is the offset, also after a killed process."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asithappened.core import limits
from asithappened.media import incoming
from asithappened.media.incoming import Busy, Incoming, NotBegun, TooMuch, Upload, WrongOffset


@pytest.fixture
def halves(tmp_path: Path) -> Incoming:
    """Return a new installation's partial uploads."""
    return Incoming(tmp_path)


def begun(halves: Incoming, length: int = 10, by: int = 1, media_type: str = "") -> Upload:
    """Begin a file."""
    return halves.begin(blog=7, by=by, length=length, media_type=media_type)


@given(pieces=st.lists(st.binary(min_size=1, max_size=9), min_size=1, max_size=6))
@settings(max_examples=25)
def test_a_file_is_its_pieces_in_order_and_every_process_knows_how_far_it_is(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("media")
    whole = b"".join(pieces)
    upload = begun(Incoming(folder), len(whole))
    offset = 0
    for piece in pieces:
        assert Incoming(folder).offset(upload) == offset
        offset = Incoming(folder).append(upload, offset, piece)
    assert Incoming(folder).path(upload.id).read_bytes() == whole


def test_a_piece_that_begins_elsewhere_is_refused_with_where_the_file_ends(halves: Incoming) -> None:
    upload = begun(halves)
    halves.append(upload, 0, b"abcd")
    for offset in (0, 3, 5):
        with pytest.raises(WrongOffset) as refused:
            halves.append(upload, offset, b"ef")
        assert refused.value.offset == 4
    assert halves.path(upload.id).read_bytes() == b"abcd"


def test_no_more_is_kept_than_was_announced(halves: Incoming) -> None:
    upload = begun(halves, 4)
    with pytest.raises(TooMuch):
        halves.append(upload, 0, b"abcde")
    assert halves.offset(upload) == 0


def test_of_two_pieces_of_one_file_at_once_the_second_is_refused(halves: Incoming) -> None:
    upload, other = begun(halves), begun(halves)
    with halves.locked(upload):
        with pytest.raises(Busy):
            halves.append(upload, 0, b"abcd")
        assert halves.append(other, 0, b"abcd") == 4
    assert halves.append(upload, 0, b"abcd") == 4


def test_a_full_disk_keeps_nothing_of_a_piece(halves: Incoming, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = begun(halves)
    halves.append(upload, 0, b"abcd")

    write = os.write

    def full(descriptor: int, piece: bytes) -> int:
        if len(piece) == 1:
            raise OSError(28, "No space left on device")
        return write(descriptor, piece[:1])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(incoming.NoRoom):
        halves.append(upload, 4, b"ef")
    assert halves.offset(upload) == 4


@pytest.mark.parametrize(
    ("length", "media_type"), [(limits.PICTURE_BYTES + 1, "image/jpeg"), (limits.MEDIA_BYTES + 1, "video/mp4")]
)
def test_what_is_too_large_is_refused_before_a_byte_is_taken(
    length: int, media_type: str, halves: Incoming, tmp_path: Path
) -> None:
    with pytest.raises(NotBegun) as refused:
        begun(halves, length, media_type=media_type)
    assert (refused.value.why, refused.value.most) == ("too_large", length - 1)
    assert not list(tmp_path.iterdir())


def test_a_person_sends_so_many_at_once_and_others_are_not_kept_waiting(
    halves: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADS_OF_A_PERSON", 2)
    first = begun(halves)
    begun(halves)
    with pytest.raises(NotBegun):
        begun(halves)
    begun(halves, by=2)
    halves.end(first)
    begun(halves)


def test_a_disk_without_room_takes_no_file_and_what_is_announced_counts(
    halves: Incoming, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "UPLOADING_IN_ALL", 100)
    begun(halves, 60)
    with pytest.raises(NotBegun) as refused:
        begun(halves, 60, by=2)
    assert refused.value.why == "no_room"


def test_nothing_but_an_id_finds_anything(halves: Incoming, tmp_path: Path) -> None:
    upload = begun(halves)
    (tmp_path / "x.json").write_bytes((halves.folder / f"{upload.id}.json").read_bytes())
    for name in ("../x", "..", "", upload.id + "/", upload.id.upper() + "A", ".lock"):
        assert halves.find(name) is None
    assert halves.find(upload.id) == upload


def test_what_a_file_became_is_told_after_its_half_is_gone(halves: Incoming) -> None:
    upload = begun(halves, 4)
    halves.append(upload, 0, b"abcd")
    halves.complete(upload, "abcdef")
    again = halves.find(upload.id)
    assert again is not None
    assert (again.media, halves.offset(again)) == ("abcdef", 4)
    with pytest.raises(WrongOffset):
        halves.append(again, 0, b"abcd")


def test_what_stopped_arriving_is_forgotten_and_what_arrives_is_not(halves: Incoming) -> None:
    old, new = begun(halves), begun(halves)
    (halves.folder / ".sandbox-left").mkdir()
    past = time.time() - 2 * incoming.KEPT_S
    for name in (old.id, f"{old.id}.json", ".sandbox-left"):
        os.utime(halves.folder / name, (past, past))
    os.utime(halves.folder / f"{new.id}.json", (past, past))
    assert halves.sweep(time.time() - incoming.KEPT_S) == [old]
    assert [upload.id for upload in halves.all()] == [new.id]
    assert not (halves.folder / ".sandbox-left").exists()
