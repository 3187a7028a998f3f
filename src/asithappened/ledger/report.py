"""Suggestions as output: plain lines for people, objects with every field for programs.

Owns both forms. The lines for people have no control characters, even if the text has. Look next: `suggestions`.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, assert_never

import msgspec

from asithappened.core.text import one_line
from asithappened.ledger.gate import Dropped
from asithappened.ledger.suggestions import (
    AnySuggestion,
    Attribution,
    Figure,
    Hedge,
    Place,
    Repetition,
    Revision,
    State,
)
from asithappened.ledger.views import BlogView, PostView

WIDTH: Final = 100
_MARGIN: Final = 15  # columns, for the kind of a suggestion
_AROUND: Final = 40  # characters of the text on each side of the words
_QUOTED: Final = 160  # characters of what was said
_EXACT: Final = 2**53  # above this a float may not be the printed number


def as_json(suggestions: Iterable[AnySuggestion]) -> list[dict[str, Any]]:
    """Return suggestions as objects for programs: `kind` first, no field left out, whole numbers without a point."""
    return [_whole(msgspec.json.decode(msgspec.json.encode(one))) for one in suggestions]


def _whole(fields: dict[str, Any]) -> dict[str, Any]:
    for name in ("value", "low", "high", "old", "new"):
        number = fields.get(name)
        if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT:
            fields[name] = int(number)
    return fields


def as_text(suggestions: Sequence[AnySuggestion], blog: BlogView) -> str:
    """Return suggestions for a person, post by post: the words with their surroundings, then their meaning."""
    posts = {post.number: post for post in blog.posts}
    lines: list[str] = []
    number = 0
    for one in suggestions:
        post = posts[one.post]
        if one.post != number:
            number = one.post
            lines += ["", _shortened(f"Post {number}: {_first_line(post)}", WIDTH), ""]
        lines += _about(one, post)
    lines += ["", textwrap.fill(_counted(suggestions, len(posts)), WIDTH)]
    return "\n".join(lines).lstrip("\n") + "\n"


def faults(dropped: Iterable[Dropped]) -> list[str]:
    """Return a line for each suggester and reason for which answers did not pass the gate."""
    counts = Counter((one.suggester, one.reason) for one in dropped if one.reason not in {"said_twice", "raised"})
    fell = Counter((one.suggester, one.seen) for one in dropped if one.reason == "raised")
    return [
        *(f"{one_line(name)} did not answer ({_times(count)}): {one_line(why)}" for (name, why), count in fell.items()),
        *(
            f"{count} of what {one_line(name)} suggested did not pass: {_words(reason)}."
            for (name, reason), count in sorted(counts.items())
        ),
    ]


def _about(one: AnySuggestion, post: PostView) -> Iterator[str]:
    quoted = f"“{_shortened(one.exact, _QUOTED)}”" if isinstance(one, Attribution) else _in_context(post.text, one)
    yield from _filled(type(one).__name__.lower(), quoted)
    for line in (*_said_of(one), f"{one_line(one.rule)}, {one.confidence} of 100"):
        yield from _filled("", line)


def _said_of(one: AnySuggestion) -> Iterator[str]:
    match one:
        case Attribution():
            printed = f"“{one_line(one.source_exact)}”" if one.source_exact else "nobody named"
            known = one_line(one.source) or "left open"
            yield f"by {known}" if known == one_line(one.source_exact) else f"by {known}: {printed}"
            cue = f"“{one_line(one.cue)}”, " if one.cue else ""
            yield f"{cue}{one.cue_class}, {one.quote}" + (f", {_words(one.channel)}" if one.channel else "")
            if one.relays:
                yield "on the word of " + ", ".join(f"{one_line(by.outlet)} ({by.mode})" for by in one.relays)
        case Hedge():
            yield _words(one.hedge)
        case Figure():
            yield " ".join(filter(None, (_range(one), *map(one_line, (one.unit, one.counted, one.outcome)))))
        case Place():
            yield f"{one_line(one.name)}, {one.role}"
        case Repetition():
            new = f": {', '.join(map(one_line, one.differs))}" if one.differs else ""
            yield f"{one.relation} post {one.other_post}{new}"
        case Revision():
            where = f", from post {one.other_post}" if one.other_post else ""
            what = " ".join(filter(None, map(one_line, (one.counted, one.outcome, *one.places))))
            yield f"{one.old:,g} → {one.new:,g} {what}".rstrip() + f", {one.basis}{where}"
        case State():
            yield f"{one_line(one.label)}: {one_line(one.value)}" + "".join(f", {one_line(at)}" for at in one.places)
        case _:
            assert_never(one)


def _range(one: Figure) -> str:
    number = f"{one.value:,.15g}"
    if one.modifier:
        return f"{_words(one.modifier)} {number}"
    return number if one.low == one.high else f"{one.low:,.15g} to {one.high:,.15g}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _in_context(text: str, one: AnySuggestion) -> str:
    before = text[max(0, one.start - _AROUND) : one.start].rpartition("\n")[2]
    after = text[one.end : one.end + _AROUND].partition("\n")[0]
    if len(before) == _AROUND:
        before = "…" + (before.partition(" ")[2] or before)
    if len(after) == _AROUND:
        after = (after.rpartition(" ")[0] or after) + "…"
    left, right = (" " if before[-1:] == " " else "", " " if after[:1] == " " else "")
    return f"{one_line(before)}{left}[{_shortened(one.exact, _QUOTED)}]{right}{one_line(after)}"


def _first_line(post: PostView) -> str:
    return post.parts[0].text if post.parts else ""


def _filled(label: str, words: str) -> list[str]:
    gap = " " * _MARGIN
    lead = f"  {label}".ljust(_MARGIN)
    return textwrap.wrap(words, WIDTH, initial_indent=lead, subsequent_indent=gap) or [lead.rstrip()]


def _shortened(words: str, most: int) -> str:
    line = one_line(words[: most * 2])
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0].rstrip() + "…"


def _counted(suggestions: Sequence[AnySuggestion], posts: int) -> str:
    counts = Counter(type(one).__name__.lower() for one in suggestions)
    of = f"{posts} post" + ("s" if posts != 1 else "")
    if not counts:
        return f"Nothing is suggested of {of}."
    named = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    return f"{len(suggestions)} suggestions of {of}: {named}."
