"""Checks media: storing files here and in a remote store, the sandbox, and the scripts that cards can print."""

import tempfile
from pathlib import Path
from typing import Final

from asithappened.wiring.doctor.finding import Finding


def files() -> Finding:
    """Does the store give back what is put there?"""
    from asithappened.media.store import store

    files = store()
    where = f"{files.folder}, a cache of the S3 store" if files.remote is not None else str(files.folder)
    try:
        files.check()
    except Exception as error:  # of any remote store
        says = f"files cannot be kept in {where}: {type(error).__name__}: {' '.join(str(error).split())}"
        do = "See that this user may write to the folder and, with S3, that ASITHAPPENED_MEDIA_S3_… are right."
        return Finding(check="media", result="fail", says=says, do=do)
    return Finding(check="media", result="ok", says=f"written, read and deleted in {where}")


# A picture of one pixel: as small as a PNG can be.
_PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)


def sandbox() -> Finding:
    """Does a sandbox open a picture, and which of its limits hold on this machine?"""
    from asithappened.media.sandbox.answer import Taken
    from asithappened.media.sandbox.taking import take_in

    with tempfile.TemporaryDirectory(prefix="asithappened-") as name:
        picture = Path(name) / "pixel.png"
        picture.write_bytes(_PIXEL)
        taken = take_in(picture, Path(name))
    if not isinstance(taken, Taken):
        says, do = f"a picture cannot be opened: {taken.message}", "Install this version's pinned requirements again."
        return Finding(check="sandbox", result="fail", says=says, do=do)
    if "calls" not in taken.held:
        says = "files are opened apart, but only Python's own code is kept from the network"
        do = "Run it on Linux, on x86-64 or ARM with 64 bits, whose kernels can keep decoders in too."
        return Finding(check="sandbox", result="warn", says=says, do=do)
    reads = (
        "and no other files" if "files" in taken.held else "but may read this user's files: this kernel has no Landlock"
    )
    return Finding(check="sandbox", result="ok", says=f"files are opened without network or other programs, {reads}")


def cards() -> Finding:
    """Can this machine set every script that cards are printed in?"""
    from asithappened.media.cards import fonts

    if fonts.shapes():
        return Finding(check="cards", result="ok", says="cards are printed in every script that their faces have")
    says = "libfribidi is not on this machine: cards of Arabic and Hebrew posts come without their words"
    do = "Install it (Debian, Ubuntu: libfribidi0; Fedora: fribidi; macOS: brew install fribidi), and start again."
    return Finding(check="cards", result="warn", says=says, do=do)
