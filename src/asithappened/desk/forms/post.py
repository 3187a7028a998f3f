"""The form in which a post is written.

Owns its fields and their meaning; a refused form comes back with everything that was typed. Its body is text in the
notation of `blocks` with the other parts `carried` beside it, or a document, if an editor or a program sends one.
Works without script. Look next: `writing` for how it is read, `judging` for what is refused of a body.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asithappened.core import body, limits, text
from asithappened.core.events import PostKind
from asithappened.desk.draft import Draft
from asithappened.desk.forms import blocks, blocks_writing, carried, judging

KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")

TAKE: Final = "take-"  # prefix of the inputs that choose a version in a merge

KIND_NAMES = (
    (PostKind.UPDATE, gettext_lazy("Update")),
    (PostKind.KEY_EVENT, gettext_lazy("Key event")),
    (PostKind.SUMMARY, gettext_lazy("Summary")),
)


Read: TypeAlias = body.Doc | body.BodyError | carried.NoSuchPart
"""The typed text as a document, or the reason why it is none."""


@dataclass(frozen=True, kw_only=True)
class PostForm:
    """A post's form as it stands.

    `once`: its key. `based_on`: the last_seq of the post that it edits, None for a new one. `again`: the id of the post
    whose words it says once more on purpose. `note`: to the author of what was handed in. `doc`: the body as a
    document, which stands where there is one; else it is made of `text` and `carried`, JSON of the parts that text
    cannot show. `began`: what it was based on before somebody else was first, None if nobody was; `take`: whose words
    are then meant where two have changed the same (`desk.merging`). `at`: when it shall be published, as typed in
    `zone`; `embargo`: and not before, by anybody. `rows`: of the ledger, to go out with it, as JSON. `read`: what
    text and parts were read as, once they have been.
    """

    title: str = ""
    kind: str = PostKind.UPDATE
    bylines: str = ""
    graphic: bool = False
    minor: bool = False
    reason: str = ""
    rows: str = ""
    pin: bool = False
    again: str = ""
    note: str = ""
    at: str = ""
    zone: str = ""
    embargo: bool = False
    once: str = ""
    based_on: int | None = None
    began: int | None = None
    take: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    carried: str = ""
    doc: body.Doc | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    block_errors: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    read: Read | None = None

    @property
    def whole(self) -> str:
        """The errors of the form as a whole."""
        return self.errors.get("", "")

    @property
    def problems(self) -> list[tuple[str, Any, Any]]:
        """Return the errors in the form's order: the id of the field, its label, and the error."""
        names = (
            ("title", _("Headline")),
            ("text", _("Text")),
            ("bylines", _("Bylines")),
            ("reason", _("What changed, and why")),
        )
        return [(name, label, self.errors[name]) for name, label in names if name in self.errors]

    @property
    def document(self) -> body.Doc | None:
        """The form's present body, for an editor to show; None if it cannot be parsed."""
        found = self._found()
        return found if isinstance(found, body.Doc) else None

    @property
    def document_data(self) -> Any:
        """The same as JSON, for the page."""
        return msgspec.to_builtins(self.document)

    def draft(self, *, seed: str, zone: str, old: body.Doc | None = None) -> tuple["PostForm", Draft]:
        """Read the form. Returns it with its errors, and the draft, which must not be used if there are any.

        `zone`: the blog's, in which a typed hour is meant.
        """
        errors: dict[str, str] = {}
        title = text.one_line(self.title)
        if long := too_long(title):
            errors["title"] = long
        names = tuple(dict.fromkeys(name for line in self.bylines.splitlines() if (name := text.one_line(line))))
        if any(len(name) > limits.NAME_CHARS for name in names) or len(names) > limits.NAMES:
            errors["bylines"] = _("A byline has {most} characters at most, and a post {n} bylines.").format(
                most=limits.NAME_CHARS, n=limits.NAMES
            )
        if len(text.cleaned(self.reason)) > limits.REASON_CHARS:
            errors["reason"] = _("A reason has {most} characters at most.").format(most=limits.REASON_CHARS)
        kind = PostKind(self.kind) if self.kind in set(PostKind) else PostKind.UPDATE
        read = self._found()
        found = _judged(read, seed=seed, zone=zone, old=old)
        if in_body := _in_sentences(found):
            errors["text"] = in_body
        form = replace(self, errors=errors, block_errors=found.errors, read=read)
        return form, Draft(title=title, body=found.doc, kind=kind, bylines=names, graphic=self.graphic)

    def _found(self) -> "Read":
        if self.doc is not None:
            return self.doc
        return self.read if self.read is not None else _read(self.text, self.carried)

    def refused(self, message: str) -> "PostForm":
        """Return the form with a sentence at its top that says why it was not taken."""
        return replace(self, errors={**self.errors, "": message})

    # --- for the template

    def kinds(self) -> list[tuple[str, Any, bool]]:
        """Return the kinds of posts, and which of them is chosen."""
        known = self.kind in set(PostKind)
        return [(kind, name, kind == self.kind or (not known and kind is PostKind.UPDATE)) for kind, name in KIND_NAMES]

    def byline_rows(self) -> int:
        """Return the height of the field of bylines, in lines."""
        return max(1, min(6, len(self.bylines.splitlines())))

    def text_rows(self) -> int:
        """Return the height of the text field, in lines."""
        return max(5, min(24, self.text.count("\n") + len(self.text) // 90 + 2))


# The longest text that can be a body: each character may be a sign that takes two more to escape.
_MOST_CHARS: Final = 4 * limits.BODY_BYTES


def _read(typed: str, parts: str) -> Read:
    """Return the typed text as a document, or why it is none. The form keeps this: a long text costs too much twice."""
    if len(typed) > _MOST_CHARS:
        words = _("This has {n} characters; a whole post may have {most}.")
        return body.BodyError(words.format(n=len(typed), most=limits.BODY_BYTES))
    try:
        doc = carried.put_in(blocks.read(typed), carried.read(parts))
        body.check_size(doc)
    except (body.BodyError, carried.NoSuchPart) as error:
        return error
    return doc


def _judged(read: Read, *, seed: str, zone: str, old: body.Doc | None) -> judging.Judged:
    match read:
        case carried.NoSuchPart():
            return judging.Judged(doc=body.Doc(), errors={judging.WHOLE: {"": str(read)}})
        case body.BodyError():
            return judging.Judged(doc=body.Doc(), errors={judging.WHOLE: {"": judging.plain(read)}})
        case doc:
            return judging.judged(doc, seed=seed, zone=ZoneInfo(zone), old=old)


def too_long(title: str) -> str:
    """Return the error of a headline that is too long."""
    if len(title) <= limits.TITLE_CHARS:
        return ""
    words = _("The headline has {n} characters; {most} is the most.")
    return words.format(n=len(title), most=limits.TITLE_CHARS)


def _in_sentences(found: judging.Judged) -> str:
    """Return the errors of a body as sentences; each quotes the part's words, by which its author recognises it."""
    said = []
    for number, wrong in sorted(found.errors.items()):
        where = carried.name_of(found.doc.content[number]) + ": " if number != judging.WHOLE else ""
        said += [f"{where}{reason}" for reason in wrong.values()]
    return " ".join(said)


def _seq(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else None


def blank(byline: str) -> PostForm:
    """Return an empty form for a new post."""
    return PostForm(bylines=byline, once=secrets.token_hex(12))


def of(draft: Draft, *, based_on: int | None = None, note: str = "") -> PostForm:
    """Return a form that shows a post."""
    words, parts = blocks_writing.shown(draft.body)
    return PostForm(
        title=draft.title,
        kind=draft.kind,
        bylines="\n".join(draft.bylines),
        graphic=draft.graphic,
        text=words,
        carried=blocks_writing.as_json(parts),
        once=secrets.token_hex(12),
        based_on=based_on,
        note=note,
        doc=draft.body,
    )


def holding(form: PostForm, draft: Draft) -> PostForm:
    """Return the form with the words of a draft, and everything else unchanged."""
    words = of(draft)
    return replace(
        form,
        title=words.title,
        kind=words.kind,
        bylines=words.bylines,
        graphic=words.graphic,
        text=words.text,
        carried=words.carried,
        doc=words.doc,
    )


def sent(data: Mapping[str, str]) -> PostForm:
    """Return the form that a browser sent, unchecked."""
    once = data.get("once", "")
    return PostForm(
        title=data.get("title", ""),
        kind=data.get("kind", ""),
        bylines=data.get("bylines", ""),
        graphic=bool(data.get("graphic")),
        minor=bool(data.get("minor")),
        reason=data.get("reason", ""),
        rows=data.get("rows", ""),
        pin=bool(data.get("pin")),
        again=data.get("again", ""),
        note=data.get("note", ""),
        at=data.get("at", ""),
        zone=data.get("zone", ""),
        embargo=bool(data.get("embargo")),
        once=once if KEY.fullmatch(once) else secrets.token_hex(12),
        based_on=_seq(data.get("based_on", "")),
        began=_seq(data.get("began", "")),
        take={name.removeprefix(TAKE): value for name, value in data.items() if name.startswith(TAKE)},
        text=data.get("text", ""),
        carried=data.get("carried", ""),
    )
