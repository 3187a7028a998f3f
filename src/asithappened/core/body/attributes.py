"""The bases of nodes and of blocks' attributes, and the types of single attributes. Look next: `nodes`."""

from typing import Annotated

from msgspec import Meta, Struct

from asithappened.core import limits

# (?!\n): Python's $ also matches before a last line end, and no id, slug or date may hold one.
BlockId = Annotated[str, Meta(max_length=32, pattern=r"^[A-Za-z0-9_-]*$(?!\n)")]
Url = Annotated[str, Meta(max_length=limits.URL_CHARS)]
Line = Annotated[str, Meta(max_length=limits.TITLE_CHARS)]
Caption = Annotated[str, Meta(max_length=limits.CAPTION_CHARS)]
Count = Annotated[int, Meta(ge=0, le=limits.COUNT)]
Moment = Annotated[
    str, Meta(max_length=20, pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z)?$(?!\n)")
]
"""An instant as ISO 8601 in UTC; "" for none."""


class Node(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="type"):
    """The base of every node: immutable, closed, distinguished by `type`."""


class Attrs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The base of every block's attributes: an id that stays the same through edits. Empty only before `with_ids`."""

    id: BlockId = ""
