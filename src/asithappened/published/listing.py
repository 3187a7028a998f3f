"""The shape of a document that is no blog's page.

Packages that make such documents and delivery, which composes them, agree on it. Every text is finished bytes with
slots, in HTML, XML or another format; the house's slots (layout.py) may stand anywhere in it.
Plain Python. Look next: documents.py, which keeps them; delivery/followed.py, which gives them.
"""

from msgspec import Struct


class Layout(Struct, frozen=True, kw_only=True):
    """A document without its entries.

    `whole`: the document; its slots are `entries`, `number` (of a page after the first), `path` (of this page), `newer`
    and `older`. `sections`: what stands around the entries of section 0, 1, …, at the slot `entries`, on each page that
    has some of them. `separator`: what stands between two of them. `empty`: what stands there if a first page has none.
    `number`, `newer`, `older`: what fills their slots where there is something to say, with a slot of the same name for
    the number or the path. `updated`: of a document whose entries are ranked by when they changed, in microseconds,
    what its slots `updated` (RFC 3339) and `updated_in_mail` (RFC 822) say while it has none: a time in RFC 3339.
    `vacant`: where it is given, section N stands at a slot of its own, `section_N`, and this is what stands there of
    one without entries. `alike`: of neighbours of the same rank the first alone stands. `needed`: without an entry
    there is no such document. `spoken`: the same in languages that the house may speak, where entries speak none.
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
