"""A picture's metadata, from all the places where they may be: XMP before IIM before EXIF, field by field.

Owns the order, an embargo that is written out, and what of it all goes on into what readers get. A caption is never
taken for an alternative text. The outside cleans every string and cuts it to what a body may hold (answer.py).
"""

import re
import struct
from collections.abc import Mapping
from typing import Final

from asithappened.media.sandbox import bounds, exif, iim, xmp
from asithappened.media.sandbox.blocks import Blocks

# "Embargo" is the same word in most languages of newsrooms; the others are said as their agencies write them.
_EMBARGO: Final = re.compile(
    r"embargo|embarg[uo]|sperrfrist|hold for release|not for (?:release|publication|use) (?:before|until)|"
    r"do not (?:publish|release|use) (?:before|until)|not before \d|frei ab|ne pas (?:publier|diffuser) avant|"
    r"niet (?:publiceren|vrijgeven) voor|эмбарго|حظر النشر|禁运|解禁",
    re.IGNORECASE,
)
_KEPT_CHARS: Final = 500  # of each thing in a rendition: the smallest picture has 8 kB


def read(blocks: Blocks) -> tuple[int, dict[str, str]]:
    """Return which way up the picture is (1 to 8, as EXIF has it), and what its file says. Never raises."""
    orientation, of_exif = exif.read(blocks.exif)
    of_iim = iim.read(blocks.iim)
    said = {**blocks.words, **of_exif, **of_iim, **xmp.read(blocks.xmp)}
    said = {name: value.strip()[: bounds.VALUE_CHARS] for name, value in said.items()}
    # What one of them leaves empty another may say: an empty field is no answer.
    for source in (of_iim, of_exif, blocks.words):
        for name, value in source.items():
            said[name] = said.get(name) or value.strip()[: bounds.VALUE_CHARS]
    release = said.pop("release", "")
    if embargo := embargoed(said, release):
        said["embargo"] = embargo
    return orientation, {name: value for name, value in said.items() if value}


def embargoed(said: Mapping[str, str], release: str = "") -> str:
    """Return what is written of an embargo, where it is written: the line with the word in it, or the release date."""
    for name in ("instructions", "terms", "headline", "caption"):
        for line in re.split(r"[\r\n]+", said.get(name, "")):
            if _EMBARGO.search(line):
                return line.strip()
    return release


def kept_in_exif(said: Mapping[str, str]) -> bytes:
    """Write the EXIF that renditions carry: artist and copyright, and nothing else. b"" of a picture without."""
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
    """Write the XMP that renditions carry."""
    return xmp.packet({name: _plain(value) for name, value in said.items()})


def _plain(value: str) -> str:
    """Return a line without anything that is not printed: controls are illegal in XML, overrides turn text round."""
    return "".join(char if char.isprintable() else " " * char.isspace() for char in value[:_KEPT_CHARS])
