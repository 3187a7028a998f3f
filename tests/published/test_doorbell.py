"""Promises of `published.doorbell`: a ring may be lost, doubled or invalid, and ringing never waits or fails."""

import socket
from pathlib import Path

import pytest

from asithappened.published import doorbell


def test_every_listener_hears_the_newest_head_of_each_blog(folder: Path) -> None:
    bells = [doorbell.listen(folder) for _ in range(3)]
    for blog, head in ((1, 5), (2, 1), (1, 7), (1, 6)):
        doorbell.ring(folder, blog, head)
    assert [doorbell.receive(bell) for bell in bells] == [{1: 7, 2: 1}] * 3
    assert doorbell.receive(bells[0]) == {}
    for bell in bells:
        doorbell.close(bell)
    assert not list(folder.glob("*.bell"))


def test_who_listens_to_other_things_alone_hears_of_no_publish(folder: Path) -> None:
    bell = doorbell.listen(folder, publishes=False)
    doorbell.ring(folder, 1, 5)
    assert doorbell.receive(bell) == {}
    doorbell.ring(folder, 0, 0)
    assert doorbell.receive(bell) == {0: 0}
    doorbell.close(bell)


def test_ringing_where_nobody_listens_fails_nobody(folder: Path) -> None:
    doorbell.ring(folder, 1, 1)
    bell = doorbell.listen(folder)
    assert doorbell.is_bound(bell)
    bell.close()  # as a process that was killed leaves it
    doorbell.ring(folder, 1, 2)
    assert not list(folder.glob("*.bell")), "the dead are cleared away"
    doorbell.ring(Path("/proc/nowhere"), 1, 3)


def test_a_listener_who_does_not_listen_delays_nobody(folder: Path) -> None:
    deaf, quick = doorbell.listen(folder), doorbell.listen(folder)
    for head in range(1, 2_000):
        doorbell.ring(folder, 1, head)
        assert doorbell.receive(quick) == {1: head}
    assert 0 < doorbell.receive(deaf)[1] < 2_000
    doorbell.close(deaf)
    doorbell.close(quick)


@pytest.mark.parametrize("garbage", [b"", b"1", b"a b", b"-1 5", b"1 5 6", b"\xff\xff", b"x" * 500])
def test_what_is_no_ring_is_not_heard(folder: Path, garbage: bytes) -> None:
    bell = doorbell.listen(folder)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as stranger:
        stranger.sendto(garbage, bell.getsockname())
    doorbell.ring(folder, 3, 4)
    assert doorbell.receive(bell) == {3: 4}
    doorbell.close(bell)


def test_only_this_user_can_ring_or_listen(folder: Path) -> None:
    bell = doorbell.listen(folder)
    doorbell.ring(folder, 1, 1)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "stamp").stat().st_mode & 0o777 == 0o600
    doorbell.close(bell)


def test_a_folder_that_others_may_write_to_is_not_used(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(PermissionError, match="has to belong to this user"):
        doorbell.listen(folder)
    with pytest.raises(PermissionError):
        doorbell.Stamp(folder)
    doorbell.ring(folder, 1, 1)
    assert list(folder.iterdir()) == []


def test_the_stamp_is_never_written_through_a_link(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    victim = folder.parent / "victim"
    victim.write_bytes(b"precious words")
    (folder / "stamp").symlink_to(victim)
    doorbell.ring(folder, 1, 1)
    assert victim.read_bytes() == b"precious words"


def test_the_stamp_changes_with_every_ring_and_with_nothing_else(folder: Path) -> None:
    stamp = doorbell.Stamp(folder)
    seen = {stamp.read()}
    for number in range(100):
        assert stamp.read() in seen
        doorbell.ring(folder, 1, number)
        assert stamp.read() not in seen
        seen.add(stamp.read())
    (folder / "stamp").unlink()
    doorbell.ring(folder, 1, 100)
    stamp.reopen()
    assert stamp.read() not in seen


def test_a_home_that_lies_too_deep_has_its_doorbells_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 200)
    elsewhere = doorbell.folder_in(deep)
    assert len(bytes(elsewhere)) <= 70
    assert elsewhere == doorbell.folder_in(deep)
    assert elsewhere != doorbell.folder_in(tmp_path / ("b" * 200))
    assert doorbell.folder_in(Path("/srv/live")) == Path("/srv/live/doorbells")
