"""The blocks of a body as fieldsets of a plain form, and back.

Owns what each kind of block looks like as fields. One law, kept by construction: reading them back gives the same
document, ids included. What a kind's fields would not give back exactly is carried along unread ("kept").
Never judges a document: body.check does. Look next: `kinds` for the fields, `post` for the form around them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Final

import msgspec
from django.utils.translation import gettext as _

from asithappened.core import body, limits
from asithappened.desk.forms.kind import Block, CannotShow, CannotTake, Kind, Values
from asithappened.desk.forms.kinds import KINDS
from asithappened.desk.forms.media import dated

KEPT: Final = "kept"
TEXT: Final = "text"


@dataclass(frozen=True, kw_only=True)
class Fieldset:
    """One fieldset as it stands in a form. `was`: the ids of the blocks it was made from; they keep them."""

    kind: str
    was: tuple[str, ...] = ()
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Read:
    """What a form's fieldsets make: a document, or what is wrong where. `errors`: by fieldset, then by field."""

    doc: body.Doc
    errors: Mapping[int, Mapping[str, str]]


def fieldsets_of(doc: body.Doc) -> list[Fieldset]:
    """Return a document as fieldsets; paragraphs that follow one another share one."""
    found: list[Fieldset] = []
    run: list[body.Paragraph] = []

    def end_run() -> None:
        if run:
            together = _shown(KINDS[TEXT], tuple(run))
            found.extend([together] if together else map(_kept, run))
            run.clear()

    for block in doc.content:
        if isinstance(block, body.Paragraph) and _shown(KINDS[TEXT], (block,)):
            run.append(block)
            continue
        end_run()
        kind = next((k for k in KINDS.values() if k.name != TEXT and isinstance(block, k.makes)), None)
        found.append((kind and _shown(kind, (block,))) or _kept(block))
    end_run()
    return found


def _shown(kind: Kind, blocks: tuple[Block, ...]) -> Fieldset | None:
    """Return blocks as fields of a kind, if a browser would send back what makes exactly these blocks again."""
    try:
        values = kind.show(blocks)
        fieldset = Fieldset(kind=kind.name, was=tuple(b.attrs.id for b in blocks), values=values)
        sent = replace_values(fieldset, {name: _as_sent(kind, name, value) for name, value in values.items()})
        return fieldset if _made(sent, seed="", old=blocks) == blocks else None
    except (CannotShow, CannotTake):  # too long once its signs are escaped, or too much
        return None


def _as_sent(kind: Kind, name: str, value: str) -> str:
    """Return a value as a browser sends it: line ends are CR LF in a text area, and there are none in a line."""
    one_line = next((f.one_line for f in kind.fields if f.name == name), False)
    return re.sub(r"[\r\n]", "", value) if one_line else value.replace("\n", "\r\n")


def _kept(block: Block) -> Fieldset:
    return Fieldset(kind=KEPT, was=(block.attrs.id,), values={"json": msgspec.json.encode(block).decode()})


def replace_values(fieldset: Fieldset, values: Values) -> Fieldset:
    """Return a fieldset with other values."""
    return Fieldset(kind=fieldset.kind, was=fieldset.was, values=values)


def doc_of(fieldsets: Sequence[Fieldset], *, seed: str, zone: tzinfo = UTC, old: body.Doc | None = None) -> Read:
    """Read fieldsets into a document, whose blocks keep the ids they had in `old`, wherever they were moved.

    `seed`: what new ids are made from, the post's id. `zone`: what an hour without one is meant in.
    A fieldset that nobody changed is not judged anew: an archive's picture without a description must not stop a typo
    from being mended.
    """
    before = {block.attrs.id: block for block in (old.content if old else ())}
    made: list[Block] = []
    errors: dict[int, Mapping[str, str]] = {}
    for number, fieldset in enumerate(fieldsets):
        was = tuple(before[id_] for id_ in fieldset.was if id_ in before)
        try:
            blocks = _made(fieldset, seed=seed, old=was)
            if blocks != was:
                if wrong := _wrong(fieldset, blocks, was):
                    errors[number] = wrong
                blocks = tuple(block if block in was else dated(block, zone) for block in blocks)
        except CannotTake as error:
            errors[number] = {**errors.get(number, {}), error.field: error.reason}
            continue
        made += blocks
    return _whole(made, errors, seed=seed)


def judged(doc: body.Doc, *, seed: str, zone: tzinfo = UTC, old: body.Doc | None = None) -> Read:
    """Judge a document as `doc_of` judges the fieldsets that would make it; errors are by block, then by field.

    Blocks keep the ids that they have; those without one get that of the same block in `old`, or a new one.
    """
    before = {block.attrs.id: block for block in (old.content if old else ())}
    made: list[Block] = []
    errors: dict[int, Mapping[str, str]] = {}
    for number, block in enumerate(doc.content):
        was = before.get(block.attrs.id)
        try:
            if block != was:
                if wrong := _wrong_block(block, () if was is None else (was,)):
                    errors[number] = wrong
                made.append(dated(block, zone))
            else:
                made.append(block)
        except CannotTake as error:
            errors[number] = {**errors.get(number, {}), error.field: error.reason}
    return _whole(made, errors, seed=seed, old=old)


def _wrong_block(block: Block, was: tuple[Block, ...]) -> Mapping[str, str]:
    kind = next(kind for kind in KINDS.values() if isinstance(block, kind.makes))
    try:
        return kind.wrong(kind.show((block,)), was)
    except CannotShow:  # what has a shape that no fields show, a form carries along unread too
        return {}


def _whole(
    made: Sequence[Block], errors: dict[int, Mapping[str, str]], *, seed: str, old: body.Doc | None = None
) -> Read:
    doc = body.Doc(content=tuple(made))
    try:
        doc = body.with_ids(doc, seed=seed, old=old)
        if not errors:
            body.check(doc)
    except body.BodyError as error:
        errors.setdefault(-1, {"": _plain(error)})
    return Read(doc=doc, errors=errors)


def _wrong(fieldset: Fieldset, blocks: tuple[Block, ...], was: tuple[Block, ...]) -> dict[str, str]:
    kind = KINDS.get(fieldset.kind)
    wrong = kind.wrong(fieldset.values, was) if kind and blocks else {}
    if not wrong:
        try:
            body.check(body.Doc(content=blocks))
        except body.BodyError as error:
            wrong = {kind.fields[0].name if kind else "": _plain(error)}
    return wrong


def _plain(error: body.BodyError) -> str:
    """Return the reason without the block's id, which nobody at the desk has ever seen."""
    words = re.sub(r" '[A-Za-z0-9_-]*'(?=[:. ])", "", str(error), count=1)
    return words[:1].upper() + words[1:]


def _made(fieldset: Fieldset, *, seed: str, old: tuple[Block, ...]) -> tuple[Block, ...]:
    if fieldset.kind == KEPT:
        return _unkept(fieldset.values.get("json", ""))
    kind = KINDS.get(fieldset.kind)
    if kind is None:
        raise CannotTake("", "This kind of block is not known.")
    for name, value in fieldset.values.items():
        if len(value) > limits.BODY_BYTES:  # more than a whole body may have: not worth reading
            words = _("This has {n} characters; a whole post may have {most}.")
            raise CannotTake(name, words.format(n=len(value), most=limits.BODY_BYTES))
    blocks = kind.take(fieldset.values)
    try:
        return body.with_ids(body.Doc(content=blocks), seed=seed, old=body.Doc(content=old)).content
    except body.BodyError as error:
        raise CannotTake(kind.fields[0].name, _plain(error)) from error


def _unkept(raw: str) -> tuple[Block, ...]:
    try:
        return body.parse({"type": "doc", "content": [json.loads(raw)]}).content
    except (body.BodyError, ValueError, RecursionError) as error:
        raise CannotTake("", f"This block came back damaged, and cannot be kept: {error}") from error


# --- the form's own names

_KIND: Final = re.compile(r"b-([0-9]{1,6})-kind")


def read_fieldsets(data: Mapping[str, str]) -> list[Fieldset]:
    """Return the fieldsets that a browser sent, by their numbers: `b-0-kind`, `b-0-was`, `b-0-…`."""
    numbers = sorted({int(name[1]) for name in map(_KIND.fullmatch, data) if name})
    found = []
    for number in numbers[:_MOST]:
        prefix = f"b-{number}-"
        kind = data.get(f"{prefix}kind", "")
        if not kind:
            continue
        names = ["json"] if kind == KEPT else [f.name for f in KINDS[kind].fields] if kind in KINDS else []
        values = {name: data[prefix + name] for name in names if prefix + name in data}
        was = tuple(data.get(f"{prefix}was", "").split())
        found.append(Fieldset(kind=kind, was=was, values=values))
    return found


_MOST: Final = limits.BODY_NODES  # fewer would cut off the end of a long post that somebody only wanted to mend


def changed(fieldsets: Sequence[Fieldset], do: str) -> tuple[list[Fieldset], int | None]:
    """Carry out "add:KIND[:N]", "up:N", "down:N" or "remove:N"; return the fieldsets and where to look now.

    What cannot be done (the first one up) leaves them as they are.
    """
    verb, _, rest = do.partition(":")
    out = list(fieldsets)
    if verb == "add" and rest in KINDS and len(out) < _MOST:
        return [*out, Fieldset(kind=rest)], len(out)
    if not rest.isdecimal() or int(rest) >= len(out):
        return out, None
    at = int(rest)
    if verb == "remove":
        del out[at]
        return out, max(at - 1, 0) if out else None
    to = at - 1 if verb == "up" else at + 1
    if verb in {"up", "down"} and 0 <= to < len(out):
        out[at], out[to] = out[to], out[at]
        return out, to
    return out, None
