"""Promises of `media.sandbox.sniff`: what is not taken is refused by what it is."""

import pytest

from asithappened.media.sandbox.refusal import NotTaken
from asithappened.media.sandbox.sniff import sniff


@pytest.mark.parametrize(
    ("raw", "code", "what"),
    [
        (b"RIFF\0\0\0\0AVI LIST", "film", "AVI"),
        (b"%PDF-1.7", "drawing", "PDF"),
        (b"8BPS\0\1", "drawing", "Photoshop (PSD)"),
        (b"%!PS-Adobe", "drawing", "PostScript (EPS)"),
        (b"SIMPLE  =                    T", "drawing", "FITS"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><!-- x --><svg>", "drawing", "SVG"),
        ("<svg>".encode("utf-16"), "drawing", "SVG"),
        (b"II*\0\x10\0\0\0CR", "drawing", "TIFF"),
        (b"\0\0\0\x18ftypcrx \0\0\0\1crx isom", "drawing", "CR3"),
        (b"<!DOCTYPE html>", "other", "HTML"),
        (b"PK\3\4mimetype", "other", "ZIP"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nx", "subtitles", None),
        (b"Dear editor,", "unknown", None),
        (b"", "empty", None),
    ],
)
def test_what_is_not_taken_is_refused_by_what_it_is(raw: bytes, code: str, what: str | None) -> None:
    with pytest.raises(NotTaken) as refused:
        sniff(raw)
    assert (refused.value.code, refused.value.values.get("what")) == (code, what)
