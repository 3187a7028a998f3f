"""Built files by their address: scripts, styles, fonts.

Each is made into an answer once, compressed. Look next: published/assets.py, which finds them.
"""

from asithappened.delivery import documents
from asithappened.delivery.documents import Document
from asithappened.published import assets

_static: dict[str, Document] = {}


def static_file(path: str) -> Document | None:
    """Return a built file by its address; compressed when first asked for."""
    name = assets.present(path.removeprefix(assets.PREFIX))
    if name not in _static:
        found = assets.files().get(name)
        if found is None:
            return None
        body, kind, for_ever = found
        cache = documents.FOREVER if for_ever else documents.HOUR
        _static[name] = Document(
            body,
            kind=kind.encode(),
            cache=cache,
            compress=kind.endswith("utf-8"),
            compressed=assets.compressed().get(name, b""),
        )
    return _static[name]
