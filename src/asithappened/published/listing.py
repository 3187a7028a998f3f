"""The layout of a document that is no live blog's page.

The interface between the packages that make such documents and delivery, which composes them. Every text is finished,
with slots, in HTML, XML or another format; the house's slots (layout.py) may be anywhere in it.
Plain Python. Look next: documents.py, which stores them; delivery/followed.py, which serves them.
"""

from msgspec import Struct


class Layout(Struct, frozen=True, kw_only=True):
    """A document without its entries.

    `whole`: the document; its slots are `entries`, `number` (of a page after the first), `path` (of this page), `newer`
    and `older`. `sections`: the wrapper of the entries of section 0, 1, …, at the slot `entries`, on each page that has
    some of them. `separator`: between two entries. `empty`: in place of the entries if the first page has none.
    `number`, `newer`, `older`: the contents of their slots if they apply, with a slot of the same name for the number
    or the path. `updated`: for a document whose entries are ranked by the time of their change in microseconds: the
    value of its slots `updated` (RFC 3339) and `updated_in_mail` (RFC 822) while it has no entries, in RFC 3339.
    `vacant`: if given, section N has its own slot, `section_N`, and this is its contents if it has no entries.
    `alike`: of neighbours with the same rank only the first is shown. `needed`: without entries the document is 404.
    `spoken`: the layout in each language of the house, if the entries have no words of the interface.
    """

    whole: str
    sections: tuple[str, ...] = ()
    separator: str = ""
    empty: str = ""
    number: str = ""
    newer: str = ""
    older: str = ""
    updated: str = ""
    vacant: tuple[str, ...] = ()
    alike: bool = False
    needed: bool = False
    spoken: dict[str, "Layout"] = {}
