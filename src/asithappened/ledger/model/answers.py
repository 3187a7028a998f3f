"""Makes suggestions of a language model's answer: finds its words in the post, and reads its numbers again there.

Owns that. A model cannot count characters, so it is asked for words alone. Words that are not in the post are left out
here, whatever the model claims; the rest goes to the gate. Look next: `question`, `gate`.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from asithappened.ledger.amounts import numbers
from asithappened.ledger.gate import MOST
from asithappened.ledger.language import tokens
from asithappened.ledger.views import PostView

KINDS: Final = frozenset({"attribution", "hedge", "figure", "place"})
CONFIDENCE: Final = 40  # below every rule of ours: if both say the same, the rule's answer is kept

Fields = dict[str, Any]


class NoAnswer(Exception):
    """The answer does not have the requested form. The message says why."""


class _Message(Struct):
    content: str | None = None


class _Choice(Struct):
    message: _Message


class _Completion(Struct):
    choices: list[_Choice]


class Answers(Struct, frozen=True):
    """The suggestions for the gate, and how many the model made in all."""

    suggestions: list[Fields]
    said: int


def read(body: bytes, post: PostView, language: str) -> Answers:
    """Return the suggestions for a post in a response of OpenAI's form. Raises NoAnswer."""
    said = _said(body)
    text = _Text(post, language)
    placed = [fields for one in said[:MOST] if isinstance(one, dict) and (fields := text.placed(one))]
    return Answers(placed, len(said))


def _said(body: bytes) -> list[Any]:
    try:
        completion = msgspec.json.decode(body, type=_Completion)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise NoAnswer("it answered with what is no completion") from error
    content = completion.choices[0].message.content if completion.choices else None
    if not content:
        raise NoAnswer("it answered without words")
    try:
        answer = json.loads(_without_fence(content))
    except (ValueError, RecursionError) as error:
        raise NoAnswer("its words are no JSON") from error
    said = answer.get("suggestions") if isinstance(answer, dict) else None
    if not isinstance(said, list):
        raise NoAnswer("its words are JSON of another form")
    return said


def _without_fence(content: str) -> str:
    """Return the text without the ``` around it, which many models cannot leave out."""
    words = content.strip()
    if words.startswith("```") and words.endswith("```") and "\n" in words:
        return words[words.index("\n") : -3]
    return words


class _Text:
    """Finds a model's words in a post."""

    def __init__(self, post: PostView, language: str) -> None:
        self._post, self._text, self._language = post, post.text, language
        self._taken: dict[tuple[str, str], int] = {}  # by kind and words: the end of the place found last

    def placed(self, one: Mapping[str, Any]) -> Fields | None:
        kind, exact = one.get("kind"), one.get("exact")
        if not isinstance(kind, str) or kind not in KINDS or not isinstance(exact, str) or not exact.strip():
            return None
        start = self._next(kind, exact)
        if start < 0:
            return None
        end = start + len(exact)
        fields = {"kind": kind, "post": self._post.number, "start": start, "end": end, "exact": exact}
        fields |= {"confidence": CONFIDENCE, "rule": f"model.{kind}"}
        match kind:
            case "attribution":
                return self._attribution(fields, one)
            case "figure":
                return self._figure(fields, one)
            case "hedge":
                return fields | {"hedge": one.get("hedge")}
            case _:
                return fields | {"name": exact, "role": one.get("role")}

    def _next(self, kind: str, exact: str) -> int:
        """Return the next place of words, -1 if none: a model gives the same words in the order of the text."""
        start = self._text.find(exact, self._taken.get((kind, exact), 0))
        if start >= 0:
            self._taken[kind, exact] = start + len(exact)
        return start

    def _nearest(self, words: object, fields: Fields) -> tuple[int, int, str] | None:
        """Return the place of words nearest to a suggestion's; 0, 0, "" for no words; None if they are not there."""
        if words is None or words == "":
            return 0, 0, ""
        if not isinstance(words, str):
            return None
        before = self._text.rfind(words, 0, fields["start"] + len(words))
        after = self._text.find(words, fields["start"])
        found = [at for at in (before, after) if at >= 0]
        if not found:
            return None
        start = min(found, key=lambda at: min(abs(at - fields["end"]), abs(at + len(words) - fields["start"])))
        return start, start + len(words), words

    def _attribution(self, fields: Fields, one: Mapping[str, Any]) -> Fields | None:
        source, cue = self._nearest(one.get("source_exact"), fields), self._nearest(one.get("cue"), fields)
        relays = [self._relay(each, fields) for each in _listed(one.get("relays"))]
        if source is None or cue is None or None in relays:
            return None
        fields |= {"source": one.get("source") or "", "relays": relays}
        fields |= {"source_start": source[0], "source_end": source[1], "source_exact": source[2]}
        fields |= {"cue_start": cue[0], "cue_end": cue[1], "cue": cue[2]}
        return fields | {name: one[name] for name in ("cue_class", "quote", "channel") if name in one}

    def _relay(self, relay: object, fields: Fields) -> Fields | None:
        if not isinstance(relay, dict) or not relay.get("exact"):
            return None
        at = self._nearest(relay["exact"], fields)
        if at is None:
            return None
        # The name is the printed one, so that a model cannot invent an outlet.
        return {"outlet": at[2], "mode": relay.get("mode"), "start": at[0], "end": at[1]}

    def _figure(self, fields: Fields, one: Mapping[str, Any]) -> Fields | None:
        printed = [number.value for number in numbers.scan(tokens.read(fields["exact"]), self._language)]
        counted = self._nearest(one.get("counted"), fields)
        value = one.get("value")
        if counted is None or isinstance(value, bool) or value not in printed:
            return None
        fields |= {"value": value, "low": min(printed), "high": max(printed), "unit": ""}
        fields |= {"counted_start": counted[0], "counted_end": counted[1], "counted": counted[2]}
        return fields | {name: one[name] for name in ("modifier", "outcome") if name in one}


def _listed(what: object) -> list[Any]:
    return what if isinstance(what, list) else []
