"""A file goes into the sandbox and comes out as what it is, or is refused with a sentence; nothing else comes out."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from asithappened.core import limits, media
from asithappened.core.rules import Refusal
from asithappened.media.sandbox import taking
from asithappened.media.sandbox.answer import Taken
from tests.media.sandbox import made


def children() -> set[str]:
    """Return this process's children that have not ended, or were not waited for."""
    found = set[str]()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that ended since
            found |= set((task / "children").read_text().split())
    return found


def take(raw: bytes, tmp_path: Path, name: str = "file") -> tuple[Taken | Refusal, Path]:
    """Take a file in, and return what came of it and the folder for it."""
    original, into = tmp_path / name, tmp_path / "into"
    original.write_bytes(raw)
    into.mkdir(exist_ok=True)
    return taking.take_in(original, into), into


def test_a_picture_comes_out_in_its_sizes_with_what_it_says(tmp_path: Path) -> None:
    # Everything that is loaded late, behind the lock: XMP's parser, the conversion of colours.
    packet = made.segment(0xE1, made.XMP + made.xmp(made.alt_of("Iptc4xmpCore:AltTextAccessibility", "A harbour")))
    raw = made.jpeg(packet, exif=made.exif(6, secrets=True), icc_profile=made.swapped_icc())
    taken, into = take(raw, tmp_path)
    assert isinstance(taken, Taken)
    assert (taken.kind, taken.media_type, taken.width, taken.height) == ("picture", "image/jpeg", 64, 96)
    assert "hook" in taken.held or {"calls"} <= set(taken.held)
    assert (taken.found.creator, taken.found.date) == ("Ada Foto", "2026-11-26T09:30:00")
    assert taken.found.alt == "A harbour"
    assert sorted(path.name for path in into.iterdir()) == sorted(taken.files) == ["64.jpg", "64.webp"]


def test_folders_may_be_named_from_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(take(made.jpeg(), Path())[0], Taken)


def test_a_folder_that_is_full_or_gone_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\nrm -r "$5"; exec {sys.executable} "$@"\n')
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises((taking.SandboxFailed, OSError)):
        take(made.jpeg(), tmp_path)


def test_what_is_refused_says_so_and_leaves_no_file(tmp_path: Path) -> None:
    refused, into = take(b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", tmp_path, "a.jpg")
    assert isinstance(refused, Refusal)
    assert refused.message.startswith("Files of this kind (SVG) are not taken. Export it as JPEG or PNG")
    assert not list(into.iterdir())


def test_captions_come_out_written_again(tmp_path: Path) -> None:
    taken, into = take(made.CAPTIONS, tmp_path)
    assert isinstance(taken, Taken)
    assert (taken.kind, taken.seconds, taken.files) == ("captions", 3606.5, (media.CAPTIONS,))
    assert "evil" not in (into / media.CAPTIONS).read_text("utf-8")


def test_a_film_is_kept_as_it_came_but_for_where_it_was_filmed(tmp_path: Path) -> None:
    raw = made.film()
    taken, into = take(raw, tmp_path)
    assert isinstance(taken, Taken)
    assert (taken.media_type, taken.width, taken.height, taken.seconds) == ("video/mp4", 1080, 1920, 12.5)
    kept = (into / "video.mp4").read_bytes()
    assert len(kept) == len(raw)
    assert made.PLACE in raw
    assert made.PLACE not in kept
    assert b"GPS" not in kept
    assert b"Ada Films" in kept
    assert made.FILM_DATA[:120] in kept
    assert (taken.found.copyright, taken.found.creator, taken.notes) == ("Ada Films", "Ada Reporter", ("blanked",))
    assert b"Ada Reporter" in kept


def test_a_film_without_a_place_is_not_copied(tmp_path: Path) -> None:
    taken, into = take(made.film(places=False), tmp_path)
    assert isinstance(taken, Taken)
    assert (into / "video.mp4").samefile(tmp_path / "file")
    assert taken.notes == ()


def test_a_file_larger_than_its_kind_may_be_is_not_even_read(tmp_path: Path) -> None:
    original = tmp_path / "huge"
    with original.open("wb") as file:
        file.truncate(limits.MEDIA_BYTES + 1)
    refused = taking.take_in(original, tmp_path)
    assert isinstance(refused, Refusal)
    assert refused.code == "large"


def test_whoever_takes_too_long_is_killed_with_all_it_started(tmp_path: Path) -> None:
    original = tmp_path / "file"
    original.write_bytes(made.jpeg())
    before = children()
    refused = taking.take_in(original, tmp_path, within_s=0.001)
    assert isinstance(refused, Refusal)
    assert refused.code == "busy"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert children() <= before


def test_a_machine_at_fault_blames_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho 'ModuleNotFoundError: No module named PIL' >&2\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(taking.SandboxFailed, match="No module named PIL"):
        take(made.jpeg(), tmp_path)
    assert not list((tmp_path / "into").iterdir())


@pytest.mark.parametrize(
    ("ends", "code"),
    [("kill -SEGV $$", "unreadable"), ("kill -KILL $$", "heavy"), ("head -c 1000000 /dev/zero", "unreadable")],
)
def test_whatever_a_sandbox_that_was_taken_over_does_is_a_refusal(
    ends: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\ncd $5; ln -s /etc/passwd 64.webp; touch 64.jpg more; {ends}\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    refused, into = take(made.jpeg(), tmp_path)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert not list(into.iterdir())


def test_a_picture_that_is_a_link_to_another_file_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = '{"kind":"picture","media_type":"image/jpeg","width":64,"height":96,"files":["64.webp"]}'
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\ncd $5; ln -s /etc/passwd 64.webp; echo x > 64.jpg; echo '{told}'\n")
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    refused, into = take(made.jpeg(), tmp_path)
    assert isinstance(refused, Refusal)
    assert not list(into.iterdir())


def test_there_are_never_more_sandboxes_at_once_than_processors_but_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, running, most = tmp_path / "python", tmp_path / "running", tmp_path / "most"
    running.mkdir()
    program.write_text(
        f"#!/bin/sh\ntouch {running}/$$; for n in 1 2 3 4; do ls {running} | wc -l >> {most}; done; rm {running}/$$\n"
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    with ThreadPoolExecutor(8) as threads:
        folders = [tmp_path / str(number) for number in range(8)]
        for folder in folders:
            folder.mkdir()
        list(threads.map(lambda folder: take(b"x", folder), folders))
    assert max(map(int, most.read_text().split())) <= taking.AT_ONCE == max(1, (os.cpu_count() or 1) - 1)


def test_a_sandbox_gives_way_to_everything_else_from_its_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, nice = tmp_path / "python", tmp_path / "nice"
    program.write_text(f"#!/bin/sh\nread line <{tmp_path}/begun; nice >{nice}\n")
    program.chmod(0o700)
    os.mkfifo(tmp_path / "begun")
    monkeypatch.setattr(sys, "executable", str(program))
    given = taking._lower_priority

    def give_way(pid: int) -> None:
        given(pid)
        (tmp_path / "begun").write_text("go\n")

    monkeypatch.setattr(taking, "_lower_priority", give_way)
    take(b"x", tmp_path)
    assert int(nice.read_text()) == min(19, os.nice(0) + taking.NICE)
