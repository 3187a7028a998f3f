"""The live blogs that are annotated, in the form in which suggesters get them.

Owns where they are: recorded ones beside the repository, because they are others' and not ours to ship, and those that
we wrote in `written/`. Never copies any of the former. Look next: `annotated`.
"""

import hashlib
import html
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from asithappened.importers.html.body import body_of
from asithappened.importers.registry import found_in
from asithappened.ledger.views import BlogView, PostView, of_body
from asithappened.wiring.suggesting import of_found

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"
JSON_LD: Final = ".jsonld.json"
TYPED: Final = "guardian_dcr/Live.json"  # a page whose posts are typed elements
LIVE: Final = (
    "guardian_capi/blogs/*.json",
    "guardian_capi_models/*rich-link*.json",
    TYPED,
    "seed/*.txt",
    f"web_pages/*{JSON_LD}",
)
OURS: Final = Path(__file__).parent
WRITTEN: Final = "written/"  # how the names of our own begin


@cache
def blog(name: str, data: Path = DATA) -> BlogView:
    """Return a live blog by its file's name, or by a part of the name that is unique, with a "*".

    Raises LookupError if there is not one such file.
    """
    return read(file(name, data))


def file(name: str, data: Path = DATA) -> Path:
    """Return a live blog's file. Raises LookupError if there is not one."""
    found = list(files(name, data).values())
    if len(found) != 1:
        raise LookupError(f"There is no live blog {name} in {data}, or more than one.")
    return found[0]


def files(name: str, data: Path = DATA) -> dict[str, Path]:
    """Return the files of the live blogs that a name, with a "*" or without, means; by their whole names."""
    folder = OURS if name.startswith(WRITTEN) else data
    return {path.relative_to(folder).as_posix(): path for path in folder.glob(name)}


def read(path: Path) -> BlogView:
    """Return the live blog of a file: the Guardian's API or its page, JSON-LD of any site's page, or a page's text."""
    raw = path.read_bytes()
    if path.match(TYPED):
        return BlogView(posts=tuple(_posts_of_elements(raw)), language="en")
    if path.name.endswith(JSON_LD):
        return BlogView(posts=tuple(_posts_of(raw)), language="en")
    return of_found(found_in(raw, "guardian" if path.suffix == ".json" else "page-text"))


def _posts_of(raw: bytes) -> Iterator[PostView]:
    top = json.loads(raw)
    (page,) = (one for one in (top if isinstance(top, list) else [top]) if "liveBlogUpdate" in one)
    for number, update in enumerate(page["liveBlogUpdate"], 1):
        lines = "".join(f"<p>{line}</p>" for line in update["articleBody"].splitlines() if line.strip())
        yield of_body(html.unescape(update.get("headline", "")), body_of(lines).doc, number=number)


def _posts_of_elements(raw: bytes) -> Iterator[PostView]:
    for number, block in enumerate(json.loads(raw)["blocks"], 1):
        body = "".join(element.get("html", "") for element in block["elements"])
        yield of_body(block.get("title") or "", body_of(body).doc, number=number)


def names(data: Path = DATA) -> list[str]:
    """Return the names of all live blogs, ours too."""
    return sorted((*recorded(data), *files(f"{WRITTEN}*.txt")))


def recorded(data: Path = DATA) -> list[str]:
    """Return the names of the recorded live blogs."""
    return sorted(name for pattern in LIVE for name in files(pattern, data))


def post(of: BlogView, number: int, sha256: str) -> PostView:
    """Return an annotated post. Raises LookupError if its text differs from the annotated text."""
    found = next((one for one in of.posts if one.number == number), None)
    if found is None:
        raise LookupError(f"There is no post {number}.")
    if hashlib.sha256(found.text.encode()).hexdigest() != sha256:
        raise LookupError(f"Post {number} reads other than when it was annotated: its sha256 is not {sha256[:12]}….")
    return found
