"""Reads the XMP packet in a file, and writes the small packet of renditions.

Read with defusedxml, without a document type, so there are no entities, and nothing is fetched.
"""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Final

from asithappened.media.sandbox import bounds

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_NAMES: Final = {
    "dc:description": "caption",
    "photoshop:Headline": "headline",
    "dc:creator": "creator",
    "photoshop:Credit": "credit",
    "photoshop:Source": "source",
    "dc:rights": "copyright",
    "Iptc4xmpCore:AltTextAccessibility": "alt",
    "Iptc4xmpCore:ExtDescrAccessibility": "description",
    "photoshop:City": "city",
    "photoshop:Country": "country",
    "photoshop:DateCreated": "date",
    "xmpRights:UsageTerms": "terms",
    "photoshop:Instructions": "instructions",
    "xmpRights:WebStatement": "licence",
    "Iptc4xmpExt:DigitalSourceType": "digital_source_type",
}
_LICENSOR: Final = {"plus:LicensorURL": "licensor_url", "plus:LicensorName": "licensor"}


def _full(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{_SPACES[space]}}}{local}"


_READ: Final = {_full(name): meaning for name, meaning in _NAMES.items()}
_READ_OF_LICENSOR: Final = {_full(name): meaning for name, meaning in _LICENSOR.items()}


def read(raw: bytes) -> dict[str, str]:
    """Return a packet's fields; none if it is too long, no XML, or has a document type. Never raises."""
    if not raw or len(raw) > bounds.XMP_BYTES:
        return {}
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  most pictures from phones have no packet

    try:
        root = fromstring(raw.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except Exception:  # of expat, of defusedxml, or for an unknown encoding
        return {}
    said: dict[str, str] = {}
    for description in root.iter(f"{{{_RDF}}}Description"):
        _properties(description, _READ, said)
        for licensor in description.findall(_full("plus:Licensor")):
            for one in licensor.iter():
                _properties(one, _READ_OF_LICENSOR, said)
    return said


def _properties(holder: "Element", names: Mapping[str, str], said: dict[str, str]) -> None:
    """Read the properties of one element, from its attributes and child elements."""
    for name, value in holder.attrib.items():
        if name in names:
            said.setdefault(names[name], value[: bounds.VALUE_CHARS])
    for one in holder:
        if one.tag in names and (value := _value(one)):
            said.setdefault(names[one.tag], value)


def _value(one: "Element") -> str:
    """Return a property's text: in its default language, or the items of its list joined by commas."""
    items = list(one.iter(f"{{{_RDF}}}li"))[: bounds.VALUES]
    if not items:
        return (one.text or one.get(f"{{{_RDF}}}resource") or "").strip()[: bounds.VALUE_CHARS]
    if one.find(f"{{{_RDF}}}Alt") is not None:
        language = "{http://www.w3.org/XML/1998/namespace}lang"
        items = [next((item for item in items if item.get(language) == "x-default"), items[0])]
    return ", ".join(filter(None, ((item.text or "").strip() for item in items)))[: bounds.VALUE_CHARS]


def packet(said: Mapping[str, str]) -> bytes:
    """Return the packet of renditions: creator, copyright, credit, terms, licence, source type and licensor only.

    b"" if the picture has none of them.
    """
    kept = (("dc:creator", "Seq"), ("dc:rights", "Alt"), ("photoshop:Credit", ""), ("xmpRights:UsageTerms", "Alt"),
            ("xmpRights:WebStatement", ""), ("Iptc4xmpExt:DigitalSourceType", ""))  # fmt: skip
    lines = []
    for name, holder in kept:
        if words := escape(said.get(_NAMES[name], ""), quote=False):
            language = ' xml:lang="x-default"' if holder == "Alt" else ""
            listed = f"<rdf:{holder}><rdf:li{language}>{words}</rdf:li></rdf:{holder}>" if holder else words
            lines.append(f"<{name}>{listed}</{name}>")
    licensor = "".join(
        f"<{name}>{escape(said[meaning], quote=False)}</{name}>"
        for name, meaning in _LICENSOR.items()
        if said.get(meaning)
    )
    if licensor:
        listed = f'<rdf:Seq><rdf:li rdf:parseType="Resource">{licensor}</rdf:li></rdf:Seq>'
        lines.append(f"<plus:Licensor>{listed}</plus:Licensor>")
    if not lines:
        return b""
    inner = "".join(lines)
    spaces = "".join(f' xmlns:{short}="{uri}"' for short, uri in _SPACES.items() if f"<{short}:" in inner)
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""{spaces}>{inner}</rdf:Description></rdf:RDF>'
        "</x:xmpmeta>"
    ).encode()
