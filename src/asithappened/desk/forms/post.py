"""The form in which a post is written.

Owns its fields and what they mean; a refused form comes back with everything that was typed. Its blocks are `blocks`'.
Works without JavaScript: "Add a quotation" is a button that sends the form and gets it back with one fieldset more.
"""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.core import body, limits, text
from asithappened.core.events import PostKind
from asithappened.desk.draft import Draft
from asithappened.desk.forms import blocks
from asithappened.desk.forms.blocks import Fieldset
from asithappened.desk.forms.kind import Field
from asithappened.desk.forms.kinds import KINDS

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

KIND_NAMES = (
    (PostKind.UPDATE, gettext_lazy("Update")),
    (PostKind.KEY_EVENT, gettext_lazy("Key event")),
    (PostKind.SUMMARY, gettext_lazy("Summary")),
)


@dataclass(frozen=True, kw_only=True)
class PostForm:
    """A post's form as it stands.

    `once`: its key. `based_on`: the last_seq of the post that it edits, None for a new one. `again`: the id of the post
    whose words it says once more on purpose. `note`: to the author of what was handed in. `doc`: the body where it is
    one already and not fieldsets to be read.
    """

    title: str = ""
    kind: str = PostKind.UPDATE
    bylines: str = ""
    minor: bool = False
    reason: str = ""
    pin: bool = False
    again: str = ""
    note: str = ""
    once: str = ""
    based_on: int | None = None
    fieldsets: tuple[Fieldset, ...] = (Fieldset(kind="text"),)
    doc: body.Doc | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    block_errors: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    focus: int | None = None

    @property
    def wrong(self) -> bool:
        """Whether anything has to be mended."""
        return bool(self.errors or self.block_errors)

    @property
    def whole(self) -> str:
        """What is wrong with the form as a whole."""
        return self.errors.get("", "")

    @property
    def problems(self) -> list[tuple[str, Any, Any]]:
        """Return what is wrong, in the form's order: the id of its field, what that is called, and what is wrong."""
        found: list[tuple[str, Any, Any]] = []
        for n, wrong in sorted(self.block_errors.items()):
            kind = KINDS.get(self.fieldsets[n].kind)
            labels = {f.name: f.label for f in kind.fields} if kind else {}
            where = f"{kind.label if kind else _('Kept as it is')} {n + 1}"
            for name, reason in wrong.items():
                field = f"b-{n}-{name}" if name in labels else f"block-{n}"
                found.append((field, f"{where}, {labels[name]}" if name in labels else where, reason))

        def named(name: str, label: str) -> list[tuple[str, Any, Any]]:
            return [(name, label, self.errors[name])] if name in self.errors else []

        last = named("bylines", _("Bylines")) + named("reason", _("What changed, and why"))
        return named("title", _("Headline")) + found + last

    def draft(self, *, seed: str, zone: str, old: body.Doc | None = None) -> tuple["PostForm", Draft]:
        """Read the form: itself again with what is wrong, and the draft, good for nothing if anything is.

        `zone`: the blog's, in which a typed hour is meant.
        """
        errors: dict[str, str] = {}
        title = text.one_line(self.title)
        if len(title) > limits.TITLE_CHARS:
            errors["title"] = _("The headline has {n} characters; {most} is the most.").format(
                n=len(title), most=limits.TITLE_CHARS
            )
        names = tuple(dict.fromkeys(name for line in self.bylines.splitlines() if (name := text.one_line(line))))
        if any(len(name) > limits.NAME_CHARS for name in names) or len(names) > limits.NAMES:
            errors["bylines"] = _("A byline has {most} characters at most, and a post {n} bylines.").format(
                most=limits.NAME_CHARS, n=limits.NAMES
            )
        if len(text.cleaned(self.reason)) > limits.REASON_CHARS:
            errors["reason"] = _("A reason has {most} characters at most.").format(most=limits.REASON_CHARS)
        kind = PostKind(self.kind) if self.kind in set(PostKind) else PostKind.UPDATE
        in_zone = ZoneInfo(zone)
        if self.doc is None:
            read = blocks.doc_of(self.fieldsets, seed=seed, zone=in_zone, old=old)
        else:
            read = blocks.judged(self.doc, seed=seed, zone=in_zone, old=old)
        if whole := read.errors.get(-1):
            errors[""] = whole[""]
        form = replace(self, errors=errors, block_errors={n: e for n, e in read.errors.items() if n >= 0})
        return form, Draft(title=title, body=read.doc, kind=kind, bylines=names)

    def refused(self, message: str) -> "PostForm":
        """Return the form with a sentence at its top that says why it was not taken."""
        return replace(self, errors={**self.errors, "": message})

    # --- for the template

    def kinds(self) -> list[tuple[str, Any, bool]]:
        """Return what a post can be, and which this is."""
        return [(kind, name, kind == self.kind) for kind, name in KIND_NAMES]

    def byline_rows(self) -> int:
        """Return how tall the field of bylines has to be."""
        return max(1, min(6, len(self.bylines.splitlines())))

    def addable(self) -> list[tuple[str, Any]]:
        """Return the kinds of block that buttons can add."""
        return [(kind.name, kind.label) for kind in KINDS.values()]

    def shown_blocks(self) -> Iterator[dict[str, Any]]:
        """Yield each fieldset with its inputs, names, values and errors."""
        for n, fieldset in enumerate(self.fieldsets):
            wrong = self.block_errors.get(n, {})
            kind = KINDS.get(fieldset.kind)
            yield {
                "n": n,
                "id": f"block-{n}",
                "kind": fieldset.kind,
                "label": kind.label if kind else _("Kept as it is"),
                "was": " ".join(fieldset.was),
                "first": n == 0,
                "last": n == len(self.fieldsets) - 1,
                "json": fieldset.values.get("json", ""),
                "kept": _kept_text(fieldset) if kind is None else "",
                "error": wrong.get("", ""),
                "fields": [_input(n, f, fieldset, wrong, self.focus) for f in kind.fields] if kind else [],
            }


def _input(n: int, f: Field, fieldset: Fieldset, wrong: Mapping[str, str], focus: int | None) -> dict[str, Any]:
    value = fieldset.values.get(f.name, "")
    name = f"b-{n}-{f.name}"
    kind = KINDS[fieldset.kind]
    error = wrong.get(f.name, "")
    described = [f"{name}-help"] * bool(f.help) + [f"{name}-error"] * bool(error)
    return {
        "name": name,
        "label": f.label,
        "shape": f.shape,
        "value": value,
        "help": f.help,
        "error": error,
        "described": " ".join(described),
        "rows": max(f.rows, min(24, value.count("\n") + len(value) // 90 + 1)),
        "choices": [(key, label, key == (value or f.choices[0][0])) for key, label in f.choices],
        "suggestions": f.suggestions,
        "focus": n == focus and f is kind.fields[0],
        "alone": len(kind.fields) == 1,
    }


def _kept_text(fieldset: Fieldset) -> str:
    try:
        doc = body.parse(f'{{"type":"doc","content":[{fieldset.values.get("json", "")}]}}')
    except body.BodyError:
        return ""
    return body.plain(doc)


def blank(byline: str) -> PostForm:
    """Return an empty form for a new post."""
    return PostForm(bylines=byline, once=secrets.token_hex(12))


def of(draft: Draft, *, based_on: int | None = None, note: str = "") -> PostForm:
    """Return a form that shows a post."""
    return PostForm(
        title=draft.title,
        kind=draft.kind,
        bylines="\n".join(draft.bylines),
        fieldsets=tuple(blocks.fieldsets_of(draft.body)) or (Fieldset(kind="text"),),
        once=secrets.token_hex(12),
        based_on=based_on,
        note=note,
        doc=draft.body,
    )


def sent(data: Mapping[str, str]) -> PostForm:
    """Return the form that a browser sent, whatever is in it."""
    based_on = data.get("based_on", "")
    once = data.get("once", "")
    return PostForm(
        title=data.get("title", ""),
        kind=data.get("kind", ""),
        bylines=data.get("bylines", ""),
        minor=bool(data.get("minor")),
        reason=data.get("reason", ""),
        pin=bool(data.get("pin")),
        again=data.get("again", ""),
        note=data.get("note", ""),
        once=once if KEY.fullmatch(once) else secrets.token_hex(12),
        based_on=int(based_on) if based_on.isdecimal() and len(based_on) < 19 else None,
        fieldsets=tuple(blocks.read_fieldsets(data)),
    )


def pressed(form: PostForm, do: str) -> PostForm:
    """Return the form after one of its buttons that only change its shape."""
    fieldsets, focus = blocks.changed(form.fieldsets, do)
    return replace(form, fieldsets=tuple(fieldsets), focus=focus)
