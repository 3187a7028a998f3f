"""Reads marks (bold, italic, struck, raised, lowered) and visibility from an element's tag and style attribute.

Owns marks by style, as shared editors and word processors write them, and leaving out text that these keep in a file
although it is no part of the document: deleted words of tracked changes, comments, hidden text. The style "normal"
removes a mark. Never reads a style sheet.
"""

from typing import Final

from selectolax.lexbor import LexborNode

from asithappened.core import body as b

Marks = tuple[b.Mark, ...]

BY_TAG: Final[dict[str, b.Mark]] = {
    "strong": b.Bold(),
    "b": b.Bold(),
    "em": b.Italic(),
    "i": b.Italic(),
    "cite": b.Italic(),
    "dfn": b.Italic(),
    "var": b.Italic(),
    "s": b.Strike(),
    "strike": b.Strike(),
    "del": b.Strike(),
    "sub": b.Subscript(),
    "sup": b.Superscript(),
}
_NOT_OF_THE_TEXT: Final = frozenset(["MsoCommentReference", "MsoCommentText", "msocomanchor", "msocomtxt", "msoDel"])


def style_of(node: LexborNode) -> dict[str, str]:
    """Return the declarations of an element's style attribute in lower case; of equal names the last one."""
    style = node.attributes.get("style")
    if not style:
        return {}
    pairs = (one.partition(":") for one in style.split(";"))
    return {
        name.strip().lower(): value.strip().lower().removesuffix("!important").strip()
        for name, colon, value in pairs
        if colon
    }


def marks_of(tag: str, style: dict[str, str], marks: Marks) -> Marks:
    """Return the marks of an element's text, given those of its parent.

    The tag adds its mark; then the style adds or removes: one shared editor copies a whole document inside of
    `<b style="font-weight:normal">`, with bold words as spans of weight 700.
    """
    marks = _with(marks, BY_TAG.get(tag))
    if not style:
        return marks
    weight, slant = style.get("font-weight", ""), style.get("font-style", "")
    if font := style.get("font", "").split():
        weight = weight or next((word for word in font if _is_bold(word)), "normal")
        slant = slant or next((word for word in font if word.startswith(("italic", "oblique"))), "normal")
    if _is_bold(weight):
        marks = _with(marks, b.Bold())
    elif weight in {"normal", "lighter"} or weight.isdigit():
        marks = _without(marks, b.Bold)
    if slant.startswith(("italic", "oblique")):
        marks = _with(marks, b.Italic())
    elif slant == "normal":
        marks = _without(marks, b.Italic)
    if "line-through" in (style.get("text-decoration", "") + style.get("text-decoration-line", "")).split():
        marks = _with(marks, b.Strike())
    match style.get("vertical-align"):
        case "super":
            marks = _with(marks, b.Superscript())
        case "sub":
            marks = _with(marks, b.Subscript())
        case "baseline" if tag in {"sub", "sup"}:
            marks = _without(_without(marks, b.Superscript), b.Subscript)
    return marks


def _is_bold(weight: str) -> bool:
    return weight in {"bold", "bolder"} or (weight.isdigit() and len(weight) <= 4 and int(weight) >= 600)


def _with(marks: Marks, mark: b.Mark | None) -> Marks:
    return marks if mark is None or mark in marks else (*marks, mark)


def _without(marks: Marks, kind: type[b.Mark]) -> Marks:
    return tuple(mark for mark in marks if not isinstance(mark, kind))


def is_of_the_text(node: LexborNode, tag: str, style: dict[str, str]) -> bool:
    """Return whether an element's text is part of the document and visible.

    False for deletions of tracked changes (their `cite` is a person; a public correction's is an address or missing),
    comments in the margin and their anchors, and text that a style hides.
    """
    if style.get("display") == "none" or style.get("mso-hide") == "all":
        return False
    if style.get("mso-element", "").startswith("comment") or style.get("mso-special-character") == "comment":
        return False
    if tag == "del" and (cite := node.attributes.get("cite")):
        return cite.lower().startswith(("http:", "https:", "/"))
    if tag == "a" and (node.attributes.get("href") or "").startswith(("#cmnt", "#_msocom")):
        return False
    return not _NOT_OF_THE_TEXT & set((node.attributes.get("class") or "").split())
