"""Reads a file's bytes as text or JSON, or refuses them with a reason.

Owns the checks that are the same for all formats: size, encoding, truncation and depth.
"""

import json
from typing import Any, Final

from asithappened.importers.found import refused

FILE_BYTES: Final = 20 * 1024 * 1024  # the largest recorded blog has 0.8 MB; its posts could be twenty times as many
JSON_DEPTH: Final = 64  # recorded answers are 10 deep; a recursive reader of more would overflow its stack


def text_from(raw: bytes) -> str:
    """Return the text of a file. Raises ImportRefused for one that is empty, huge, binary, or not UTF-8."""
    if len(raw) > FILE_BYTES:
        raise refused(
            f"The file has {len(raw):,} bytes; {FILE_BYTES:,} is the most.",
            "Export a part of the blog, or the blog without its pictures.",
        )
    if not raw.strip():
        raise refused("The file is empty.", "Export it again and check that the download was complete.")
    encoding = "utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        words = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(raw) and error.reason in {"unexpected end of data", "truncated data"}:
            raise refused(
                "The file ends in the middle of a character: it is truncated.", "Copy or download it again."
            ) from error
        if b"\0" in raw:
            raise _binary() from error
        raise refused(
            f"The file is not UTF-8 text (byte {error.start:,} is none).", "Save it as UTF-8 and try again."
        ) from error
    if "\0" in words:
        raise _binary()
    return words


def _binary() -> Exception:
    return refused(
        "The file is not text but binary data.", "Give the exported file itself, not an archive or a picture of it."
    )


def json_from(raw: bytes) -> Any:
    """Return a JSON file's value. Raises ImportRefused for one that is invalid, truncated, or too deep."""
    words = text_from(raw)
    try:
        value = json.loads(words)
    except RecursionError as error:
        raise _deep() from error
    except ValueError as error:
        raise _broken(words, error) from error
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > JSON_DEPTH:
            raise _deep()
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
    return value


def _deep() -> Exception:
    return refused(
        f"The file's JSON is nested more than {JSON_DEPTH} deep, which no export is.", "Check where it comes from."
    )


def _broken(words: str, error: ValueError) -> Exception:
    if not words.lstrip().startswith(("{", "[")):
        return refused(
            "The file is not JSON.",
            "For a page saved as plain text use --as page-text; for a Content API answer save the answer's own bytes.",
        )
    if not isinstance(error, json.JSONDecodeError):
        return refused("The file's JSON holds a number of thousands of digits.", "Check where it comes from.")
    where = f"line {error.lineno}, column {error.colno}"
    if error.pos >= len(words.rstrip()) - 1 or "Unterminated string" in str(error):
        return refused(f"The file's JSON breaks off at {where}: it is truncated.", "Copy or download it again.")
    return refused(f"The file is not valid JSON: {error}.", f"Look at {where}, or export it again.")
