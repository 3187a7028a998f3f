"""`python -m asithappened.media.sandbox ORIGINAL INTO`: decode a file, write its renditions, answer in one JSON line.

Owns the order: sniff the file's type, load the libraries for it, lock, and only then decode. A fault of the file is an
answer; a fault of this program or machine ends it with a traceback.
"""

import errno
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from asithappened.core import limits, media
from asithappened.media.sandbox.lock import lock
from asithappened.media.sandbox.refusal import NotTaken
from asithappened.media.sandbox.sniff import HEAD_BYTES, Picture, Playing, sniff

Told = dict[str, Any]
Taking = Callable[[BinaryIO, int, Path], Told]


# Errors of the kernel that a file can cause: a seek before its beginning, a rendition that is too large.
_OF_A_FILE: Final = {errno.EINVAL, errno.EFBIG}


def main() -> None:
    into = Path(sys.argv[2])
    with Path(sys.argv[1]).open("rb") as file:
        try:
            take = _for(file.read(HEAD_BYTES))
            file.seek(0)
            held = lock(into)
            told = {**_told(take, file, into), "held": held}
        except NotTaken as refusal:
            told = {"refused": refusal.code, "values": refusal.values}
    line = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    while line:
        line = line[os.write(1, line) :]


def _told(take: Taking, file: BinaryIO, into: Path) -> Told:
    """Take a file in. Whatever a decoder raises means that the file is damaged."""
    try:
        return take(file, os.fstat(file.fileno()).st_size, into)
    except NotTaken:
        raise
    except MemoryError:
        return {"refused": "heavy"}
    except EOFError:
        return {"refused": "truncated"}
    except OSError as error:
        if error.errno is not None and error.errno not in _OF_A_FILE:
            raise  # of this machine (no space, no such folder); errors of decoders have no number
        if error.errno == errno.EFBIG:
            return {"refused": "heavy"}
        return {"refused": "truncated" if "truncated" in str(error) else "unreadable"}
    except Exception:
        return {"refused": "unreadable"}


def _for(head: bytes) -> Taking:
    """Return the function that takes in a file with this beginning, with its libraries loaded."""
    seems = sniff(head)
    if seems.picture:
        return _picture(seems.picture)
    return _playing(seems.playing) if seems.playing else _captions()


def _picture(kind: Picture) -> Taking:
    from asithappened.media.sandbox import pictures  # noqa: PLC0415  a film needs no Pillow

    pictures.load(kind)
    return lambda file, size, into: pictures.take(_whole(file, size, limits.PICTURE_BYTES), kind, into)


def _playing(kind: Playing) -> Taking:
    from asithappened.media.sandbox import boxes, elements, sounds  # noqa: PLC0415  a picture needs none of them

    takes: dict[Playing, Callable[[BinaryIO, int], Told]] = {
        "MP4": boxes.take,
        "WEBM": elements.take,
        "MP3": sounds.mp3,
        "OGG": sounds.ogg,
        "WAV": sounds.wav,
        "FLAC": sounds.flac,
    }
    return lambda file, size, _into: takes[kind](file, size)


def _captions() -> Taking:
    from asithappened.media.sandbox import captions  # noqa: PLC0415  nothing else needs it

    def take(file: BinaryIO, size: int, into: Path) -> Told:
        written, seconds = captions.take(_whole(file, size, limits.CAPTIONS_BYTES))
        (into / media.CAPTIONS).write_bytes(written)
        return {"kind": "captions", "media_type": "text/vtt", "seconds": seconds}

    return take


def _whole(file: BinaryIO, size: int, most: int) -> bytes:
    """Return a file's bytes. Raises NotTaken if it has more than `most`."""
    if size > most:
        raise NotTaken("large", bytes=-(-size // 1_000_000), most=most // 1_000_000)
    return file.read(most + 1)


if __name__ == "__main__":
    main()
