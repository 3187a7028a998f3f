"""The third-party live blogs that are annotated, as suggesters are given them.

Owns where they lie: beside the repository, where they are not ours to ship. Never copies any of it. Look next:
`annotated`.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

from asithappened.importers.registry import found_in
from asithappened.ledger.views import BlogView, PostView
from asithappened.wiring.suggesting import of_found

DATA: Final = Path(__file__).resolve().parents[2] / "shared" / "data"


@cache
def blog(name: str, data: Path = DATA) -> BlogView:
    """Return a live blog by its file's name in the data, or as much of it as tells it from others, with a "*".

    Raises LookupError if there is not one such file.
    """
    found = list(data.glob(name))
    if len(found) != 1:
        raise LookupError(f"There is no live blog {name} in {data}, or more than one.")
    (path,) = found
    return of_found(found_in(path.read_bytes(), "guardian" if path.suffix == ".json" else "page-text"))


def names(data: Path = DATA) -> list[str]:
    """Return the names of all live blogs."""
    found = (*data.glob("guardian_capi/blogs/*.json"), *data.glob("seed/*.txt"))
    return sorted(str(path.relative_to(data)) for path in found)


def post(of: BlogView, number: int, sha256: str) -> PostView:
    """Return an annotated post. Raises LookupError if its text is not what was annotated."""
    found = next((one for one in of.posts if one.number == number), None)
    if found is None:
        raise LookupError(f"There is no post {number}.")
    if hashlib.sha256(found.text.encode()).hexdigest() != sha256:
        raise LookupError(f"Post {number} reads other than when it was annotated: its sha256 is not {sha256[:12]}….")
    return found
