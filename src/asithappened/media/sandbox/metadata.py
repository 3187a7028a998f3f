"""Reads a picture's metadata: field by field from XMP, else IIM, else EXIF, else the file's own text.

Owns that order, finding an embargo in the text, and the metadata of renditions. A caption is never used as alternative
text. Outside the sandbox, answer.py cleans every string and cuts it to a body's limits.
"""

import re
import struct
from collections.abc import Mapping
from typing import Final

from asithappened.media.sandbox import bounds, exif, iim, xmp
from asithappened.media.sandbox.blocks import Blocks

# "Embargo" is the same word in most languages of newsrooms; the others are the phrases of their agencies.
_EMBARGO: Final = re.compile(
    r"embargo|embarg[uo]|sperrfrist|hold for release|not for (?:release|publication|use) (?:before|until)|"
    r"do not (?:publish|release|use) (?:before|until)|not before \d|frei ab|ne pas (?:publier|diffuser) avant|"
    r"niet (?:publiceren|vrijgeven) voor|эмбарго|حظر النشر|禁运|解禁",
    re.IGNORECASE,
)
_KEPT_CHARS: Final = 500  # of each field in a rendition, of which the smallest has 8 kB


def read(blocks: Blocks) -> tuple[int, dict[str, str]]:
    """Return the orientation (1 to 8, as in EXIF) and the metadata. Never raises."""
    orientation, of_exif = exif.read(blocks.exif)
    of_iim = iim.read(blocks.iim)
    said = {**blocks.words, **of_exif, **of_iim, **xmp.read(blocks.xmp)}
    said = {name: value.strip()[: bounds.VALUE_CHARS] for name, value in said.items()}
    # An empty field in one source does not hide another's.
    for source in (of_iim, of_exif, blocks.words):
        for name, value in source.items():
            said[name] = said.get(name) or value.strip()[: bounds.VALUE_CHARS]
    release = said.pop("release", "")
    if embargo := embargoed(said, release):
        said["embargo"] = embargo
    return orientation, {name: value for name, value in said.items() if value}


def embargoed(said: Mapping[str, str], release: str = "") -> str:
    """Return the line that states an embargo, or the release date, or ""."""
    for name in ("instructions", "terms", "headline", "caption"):
        for line in re.split(r"[\r\n]+", said.get(name, "")):
            if _EMBARGO.search(line):
                return line.strip()
    return release


def kept_in_exif(said: Mapping[str, str]) -> bytes:
    """Return the EXIF of renditions: artist and copyright only, b"" without both."""
    fields = [
        (tag, _plain(said[name]).encode("utf-8") + b"\0")
        for tag, name in ((0x013B, "creator"), (0x8298, "copyright"))
        if said.get(name)
    ]
    if not fields:
        return b""
    at = 8 + 2 + 12 * len(fields) + 4
    entries, values = b"", b""
    for tag, value in fields:
        inline = len(value) <= 4
        entries += struct.pack(">HHI", tag, 2, len(value))
        entries += value.ljust(4, b"\0") if inline else struct.pack(">I", at + len(values))
        values += b"" if inline else value + b"\0" * (len(value) & 1)
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(fields)) + entries + b"\0\0\0\0" + values


def kept_in_xmp(said: Mapping[str, str]) -> bytes:
    """Return the XMP of renditions."""
    return xmp.packet({name: _plain(value) for name, value in said.items()})


def _plain(value: str) -> str:
    """Return a line without invisible characters: controls are invalid in XML, bidi overrides reverse text."""
    return "".join(char if char.isprintable() else " " * char.isspace() for char in value[:_KEPT_CHARS])
