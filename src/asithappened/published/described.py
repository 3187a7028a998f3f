"""The messages of wire.py as TypeScript for the reader, and with `markdown` as the tables of docs/delivery.md.

`python -m asithappened.published.described` prints them. `make lint` compares the types, a test the tables.
"""

import re
import sys
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Raw, Struct
from msgspec.structs import fields

from asithappened.published import wire

_PLAIN: Final[dict[object, str]] = {str: "string", int: "number"}
_WIDTH: Final = 118


def typescript() -> str:
    """Return frontend/reader/wire.ts."""
    made = ["// The messages from the server. Printed from src/asithappened/published/wire.py: change it there."]
    for shape in wire.SHAPES:
        made += ["", f"/** {_inline(shape)} */", f"export interface {shape.__name__} {{"]
        if (tag := shape.__struct_config__.tag) is not None:
            made.append(f'  {shape.__struct_config__.tag_field}: "{tag}";')
        for name, kind, said, optional in _fields(shape):
            made += [f"  /** {said}. */", f"  {name}{'?' if optional else ''}: {_type(kind)};"]
        made.append("}")
        if shape is wire.Annotate:
            union = " | ".join(one.__name__ for one in get_args(wire.Op))
            made += [
                "",
                "/** A change of a frame. Skip one of another name: it is a newer server's. */",
                f"export type Op = {union};",
            ]
    return "\n".join([*made, ""])


def markdown() -> str:
    """Return the tables of docs/delivery.md."""
    made: list[str] = []
    for shape in wire.SHAPES:
        tag = shape.__struct_config__.tag
        title = f'`"op":"{tag}"`' if tag is not None else f"**{shape.__name__}**"
        made += [f"{title}. {_inline(shape)}", "", "| | |", "| --- | --- |"]
        made += [
            f"| `{name}` | {said}{'. Left out if there is none' if optional else ''} |"
            for name, _, said, optional in _fields(shape)
        ]
        made.append("")
    return "\n".join(made)


def _inline(shape: type[Struct]) -> str:
    return re.sub(r"\s+", " ", shape.__doc__ or "").strip()


def _fields(shape: type[Struct]) -> Iterator[tuple[str, Any, str, bool]]:
    """Yield each field of a shape: its name, type and description, and whether it may be left out."""
    hints = get_type_hints(shape, include_extras=True)
    for field in fields(shape):
        kind, *about = get_args(hints[field.name])
        [said] = [meta.description for meta in about if isinstance(meta, Meta)]
        yield field.name, kind, said or "", field.default is not NODEFAULT


def _type(kind: Any) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) is Literal:
        return " | ".join(f'"{value}"' for value in get_args(kind))
    if get_origin(kind) is tuple:
        of, _ = get_args(kind)
        return f"{_type(of)}[]"
    if get_origin(kind) is Annotated:
        inner, of, *_ = get_args(kind)
        return of.__name__ if inner is Raw else _type(inner)
    if kind == wire.Op:
        return "Op"
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind.__name__
    raise TypeError(f"{kind} has no name in TypeScript yet: give it one here.")


if __name__ == "__main__":
    print(markdown() if sys.argv[1:] == ["markdown"] else typescript(), end="")
