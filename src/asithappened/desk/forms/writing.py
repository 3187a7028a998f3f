"""The post's form in the protocol of a flow: from a browser's fields, or from the JSON of the editor or a program.

Owns the JSON of a post, that both are read by the same rules, and that words which two people changed are merged as the
person who saves has chosen. Look next: `post` for the form itself, `desk.merging`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from django.utils.translation import gettext as _
from msgspec import Struct

from asithappened.core import body
from asithappened.core.events import PostKind
from asithappened.desk import merging
from asithappened.desk.actions.accepting import MOST
from asithappened.desk.draft import Draft
from asithappened.desk.forms import judging
from asithappened.desk.forms import post as post_form
from asithappened.desk.forms.post import PostForm
from asithappened.desk.forms.reading import Checked, Problem, Sent
from asithappened.ledger.accepted import AnyAccepted


@dataclass(frozen=True, kw_only=True)
class Written:
    """A written post: the form, with its key and what it is based on, and the draft that it makes.

    `rows`: the rows of the ledger that were accepted with it.
    """

    form: PostForm
    draft: Draft
    rows: tuple[AnyAccepted, ...] = ()


class _PostJson(Struct, frozen=True, kw_only=True):
    """The JSON of a post, besides `body`: a `core.body.Doc`, whose blocks may have ids or get them here.

    In place of `body`: `text`, in the notation of the text field, and `carried`, which came with the form.
    """

    title: str = ""
    kind: PostKind = PostKind.UPDATE
    bylines: tuple[str, ...] = ()
    graphic: bool = False
    once: str = ""
    pin: bool = False
    again: str = ""
    minor: bool = False
    reason: str = ""
    rows: str = ""
    note: str = ""
    text: str = ""
    carried: str = ""
    began: int | None = None
    take: dict[str, str] = {}
    at: str = ""
    zone: str = ""
    embargo: bool = False


_POST: Final = ("title", "body", "kind", "bylines", "graphic")
_INSTEAD: Final = ("text", "carried")  # of a body; accepted, but not listed for a program
_MET: Final = ("began", "take")  # needed only after somebody else was first
_KEYED: Final = {"publish", "schedule", "embargo"}  # buttons that the form's key makes happen only once


def _no_old(based_on: int | None) -> Draft | None:
    return None


@dataclass(frozen=True, kw_only=True)
class PostFields:
    """A post's form. `zone`: the blog's, for typed hours. `also`: the names of further fields besides the post's own.

    `seed`: from which ids of new blocks are made: the post's id, or "" for a new post, whose key is used. `old`: the
    words that were edited, by the seq that the form is based on.
    """

    begins: PostForm
    zone: str
    also: tuple[str, ...]
    seed: str = ""
    old: Callable[[int | None], Draft | None] = _no_old
    name: str = "form"
    shown: bool = True

    def fresh(self) -> PostForm:
        """Return the form as it is sent out."""
        return self.begins

    def as_json(self) -> dict[str, Any]:
        """Return the fields that a program may send, with their present values."""
        form = self.begins
        values = {
            "title": form.title,
            "body": form.doc or body.Doc(),
            "kind": form.kind,
            "bylines": form.bylines.splitlines(),
            "graphic": form.graphic,
        }
        return values | {name: getattr(form, name) for name in self.also}

    def as_typed(self, sent: Sent) -> PostForm:
        """Return the form as it was sent, unchecked."""
        return post_form.sent(sent.fields)

    def check(self, sent: Sent) -> Checked[Written]:
        """Read the form, and find its errors."""
        problems: list[Problem] = []
        form = self._from_json(sent, problems) if sent.is_json else post_form.sent(sent.fields)
        if problems:
            return Checked(form=form, value=Written(form=form, draft=Draft()), problems=tuple(problems))
        began = self.old(form.based_on if form.began is None else form.began)
        form, draft = form.draft(seed=self.seed or form.once, zone=self.zone, old=began.body if began else None)
        problems += _problems(form, as_document=sent.is_json and not sent.fields.keys() & set(_INSTEAD))
        if not problems and form.began is not None and began is not None:
            form, draft = self._met(form, began, draft, problems)
        rows = _rows(form.rows, problems)
        return Checked(form=form, value=Written(form=form, draft=draft, rows=rows), problems=tuple(problems))

    def _met(self, form: PostForm, began: Draft, mine: Draft, problems: list[Problem]) -> tuple[PostForm, Draft]:
        """Return the form with both people's words merged as chosen. It is then based on the other person's."""
        met = merging.merged(began=began, theirs=self.old(form.based_on) or began, mine=mine, take=form.take)
        try:
            body.check(met.body)
        except body.BodyError as error:
            problems.append(Problem(code="invalid", message=judging.plain(error), field="text"))
        if long := post_form.too_long(met.title):
            problems.append(Problem(code="invalid", message=long, field="title"))
        return replace(post_form.holding(form, met), began=None, take={}), met

    def with_problem(self, form: PostForm, problem: Problem) -> PostForm:
        """Return the form with a sentence at its top."""
        return form.refused(problem.message)

    def has(self, name: str) -> bool:
        """Say no: a verb's refusal is about the post as a whole."""
        return False

    def rebased(self, form: PostForm) -> PostForm:
        """Return the form on top of the newer text; it keeps the seq from which the edit began."""
        return replace(form, based_on=self.begins.based_on, began=form.based_on)

    def _from_json(self, sent: Sent, problems: list[Problem]) -> PostForm:
        """Read a program's JSON; add what cannot be parsed to `problems`."""
        known = {*_POST, *self.also, *_INSTEAD, *(_MET if "based_on" in self.also else ())}
        problems += [Problem.unknown_field(name) for name in sent.fields if name not in known]
        doc, typed = None if sent.fields.keys() & set(_INSTEAD) else body.Doc(), _PostJson()
        try:
            rest = {name: value for name, value in sent.fields.items() if name != "body"}
            typed = msgspec.convert(rest, _PostJson)
        except msgspec.ValidationError as error:
            problems.append(_at(error, "type", ""))
        try:
            if "body" in sent.fields:
                doc = body.parse(msgspec.json.encode(sent.fields["body"]))
        except body.BodyError as error:
            problems.append(_at(error, "body", "body"))
        once = sent.fields.get("once", "")
        good = isinstance(once, str) and post_form.KEY.fullmatch(once)
        if "once" in self.also and sent.do in _KEYED and not good:
            message = _(
                "Send a key as “once”, the same whenever you send this again: 1 to 64 of A-Z, a-z, 0-9, _ and -."
            )
            problems.append(Problem(code="once", message=message, field="once"))
        return PostForm(
            title=typed.title,
            kind=typed.kind,
            bylines="\n".join(typed.bylines),
            graphic=typed.graphic,
            minor=typed.minor,
            reason=typed.reason,
            rows=typed.rows,
            pin=typed.pin,
            again=typed.again,
            note=typed.note,
            at=typed.at,
            zone=typed.zone,
            embargo=typed.embargo,
            once=typed.once,
            based_on=sent.based_on,
            began=typed.began,
            take=typed.take,
            text=typed.text,
            carried=typed.carried,
            doc=doc,
        )


def _rows(sent: str, problems: list[Problem]) -> tuple[AnyAccepted, ...]:
    """Read the rows of the ledger that were sent with a post."""
    if not sent:
        return ()
    try:
        return msgspec.json.decode(sent, type=_Rows)
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError) as error:
        problems.append(_at(error, "type", "rows"))
        return ()


_Rows: TypeAlias = Annotated[tuple[AnyAccepted, ...], msgspec.Meta(max_length=MOST)]

_PLACE: Final = re.compile(r" - at `\$(?P<at>[^`]*)`\.?")


def _at(error: Exception, code: str, within: str) -> Problem:
    """Return a decoder's error with the place moved from the sentence to the name of the field."""
    words = str(error)
    place = _PLACE.search(words)
    at = f"{within}{place['at']}".lstrip(".") if place else within
    return Problem(code=code, message=_PLACE.sub(".", words), field=at)


def _problems(form: PostForm, *, as_document: bool) -> list[Problem]:
    """Return the errors of a form. `as_document`: named by their places in the body that was sent."""
    fields = {name: told for name, told in form.errors.items() if name != "text" or not as_document}
    found = [Problem(code="invalid", message=str(message), field=name) for name, message in fields.items()]
    for number, wrong in form.block_errors.items() if as_document else ():
        for name, message in wrong.items():
            inside = f".{name}" if name.startswith("content[") else f".attrs.{name}" if name else ""
            at = "body" if number == judging.WHOLE else f"body.content[{number}]{inside}"
            found.append(Problem(code="invalid", message=str(message), field=at))
    return found
