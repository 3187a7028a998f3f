"""What a document that is no blog's page is put together from.

Owns the shape on which rooms that make such documents and delivery, which composes them, agree. Every text is finished
bytes with slots, in HTML, XML or whatever the document is; the house's slots (layout.py) may stand anywhere in it.
Plain Python. Look next: documents.py, which keeps them; delivery/followed.py, which gives them.
"""

from msgspec import Struct


class Layout(Struct, frozen=True, kw_only=True):
    """A document without its entries.

    `whole`: the document; its slots are `entries`, `number` (of a page after the first), `path` (of this page), `newer`
    and `older`. `sections`: what stands around the entries of section 0, 1, …, at the slot `entries`, on each page that
    has some of them. `empty`: what stands there if a first page has none. `number`, `newer`, `older`: what fills their
    slots where there is something to say, with a slot of the same name for the number or the path.
    """

    whole: str
    sections: tuple[str, ...] = ()
    empty: str = ""
    number: str = ""
    newer: str = ""
    older: str = ""
