"""The schema of a body as a ProseMirror schema: what the desk's editor is built on.

Owns the translation of the classes in `nodes`. Its result is committed as frontend/desk/editor/schema.json,
made by `python -m asithappened.core.body prosemirror`; a test keeps the two alike.
"""

from typing import Any, Final

from msgspec import NODEFAULT, inspect

from asithappened.core.body.nodes import Doc

_LIMITS: Final = {"max_length": "maxLength", "le": "max"}


def prosemirror() -> dict[str, Any]:
    """Return {"nodes": …, "marks": …}: of each its content expression and attributes, with defaults and limits.

    An attribute without a default has to be given. The order of the nodes matters: where several are allowed,
    ProseMirror inserts the first by itself, which has to be the paragraph.
    """
    nodes: dict[str, Any] = {}
    marks: dict[str, Any] = {}
    waiting = [inspect.type_info(Doc)]
    while waiting:
        node = waiting.pop(0)
        assert isinstance(node, inspect.StructType)
        if node.tag in nodes:
            continue
        nodes[str(node.tag)] = spec = _attributes(node)
        for field in node.fields:
            if field.encode_name == "content":
                inner, least = _members(field.type)
                many = f"{{{least},}}" if least > 1 else "+" if least else "*"
                spec["content"] = f"({' | '.join(str(one.tag) for one in inner)}){many}"
                waiting += inner
            elif field.encode_name == "marks":
                marks = {str(mark.tag): _attributes(mark) for mark in _members(field.type)[0]}
    for inline in ("text", "hardBreak"):
        nodes[inline]["inline"] = True
    return {"nodes": nodes, "marks": marks}


def _members(several: inspect.Type) -> tuple[list[inspect.StructType], int]:
    """Return which nodes or marks a tuple may hold, and how many it must."""
    assert isinstance(several, inspect.VarTupleType)
    one = several.item_type
    members = list(one.types) if isinstance(one, inspect.UnionType) else [one]
    return [member for member in members if isinstance(member, inspect.StructType)], several.min_length or 0


def _attributes(node: inspect.StructType) -> dict[str, Any]:
    found = [field.type for field in node.fields if field.encode_name == "attrs"]
    if not found:
        return {}
    (attrs,) = found
    assert isinstance(attrs, inspect.StructType)
    return {"attrs": {field.encode_name: _attribute(field) for field in attrs.fields}}


def _attribute(field: inspect.Field) -> dict[str, Any]:
    said: dict[str, Any] = {} if field.default is NODEFAULT else {"default": field.default}
    for ours, theirs in _LIMITS.items():
        if (limit := getattr(field.type, ours, None)) is not None:
            said[theirs] = limit
    return said
