"""How a post is written in the script, and its conversion to a document.

Owns the short form (a string is a paragraph; a table's first key names another kind of block) and revisions of it.
Never makes events: `script.py` does.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC
from typing import Any, Final

from msgspec.structs import replace

from asithappened.core import body
from asithappened.desk.demo import pictures
from asithappened.desk.demo.clock import When, seconds

Block = str | dict[str, Any]
Manuscript = dict[str, Any]
"""A post in the script: `title`, `body`, `kind` and `by`."""

_MARKS: Final = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\[(?P<words>[^]]+)\]\((?P<href>[^)\s]+)\)")


class ScriptError(ValueError):
    """The script has an error; the message says where."""


def revised(post: Manuscript, step: dict[str, Any]) -> Manuscript:
    """Apply a step's `change`, `cut`, `add`, `rows`, `table`, `counted` and `scored` to a copy of a post.

    Words to change or cut must occur exactly once, so that no revision silently does nothing.
    """
    post = deepcopy(post)
    for cut in step.get("cut", ()):
        if post["body"].count(cut) != 1:
            raise ScriptError(f"{step['revise']} at {step['at']}: no paragraph {cut!r} to cut.")
        post["body"].remove(cut)
    for old, new in step.get("change", ()):
        count = _count(post["body"], old) + post.get("title", "").count(old)
        if count != 1:
            raise ScriptError(f"{step['revise']} at {step['at']}: {old!r} occurs {count} times, not once.")
        post["body"] = _replaced(post["body"], old, new)
        post["title"] = post.get("title", "").replace(old, new)
    if "table" in step:
        _table(post)["table"] = step["table"]
    if "rows" in step:
        table = _table(post)["table"]
        table[-1:-1] = step["rows"]
    if "counted" in step:
        _count_on(post, **step["counted"])
    if "scored" in step:
        (score,) = (block for block in post["body"] if isinstance(block, dict) and "score" in block)
        score |= step["scored"] | {"at": step["at"]}
    post["body"] += step.get("add", [])
    return post


def _table(post: Manuscript) -> dict[str, Any]:
    (table,) = (block for block in post["body"] if isinstance(block, dict) and "table" in block)
    return table


def _count_on(post: Manuscript, *, declared: int, votes: list[int], won: str = "") -> None:
    """Set the figures of the post's results: how many are declared, and each line's votes in the lines' order."""
    (results,) = (block for block in post["body"] if isinstance(block, dict) and "results" in block)
    results["declared"] = declared
    for line, figure in zip(results["lines"], votes, strict=True):
        line |= {"votes": figure, "won": line["name"] == won}


def _count(value: Any, words: str) -> int:
    if isinstance(value, str):
        return value.count(words)
    if isinstance(value, int | float):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return sum(_count(item, words) for item in inner)


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, dict):
        return {key: _replaced(item, old, new) for key, item in value.items()}
    return [_replaced(item, old, new) for item in value]


def document(written: list[Block], *, when: When) -> body.Doc:
    """Convert a post's short form to a document, whose blocks have no ids yet. `when`: see `script.load`."""
    return body.Doc(content=tuple(_block(block, when) for block in written))


def _block(written: Block, when: When) -> body.Block:
    if isinstance(written, str):
        return _paragraph(written)
    (kind, what), *others = written.items()  # the first key is the kind
    rest: dict[str, Any] = dict(others)
    match kind:
        case "heading":
            return body.Heading(content=tuple(inline(what)))
        case "list":
            return body.BulletList(content=tuple(body.ListItem(content=(_paragraph(item),)) for item in what))
        case "quote":
            return body.Quote(attrs=body.QuoteAttrs(**rest), content=tuple(map(_paragraph, what)))
        case "table":
            return body.Table(attrs=body.TableAttrs(**rest), content=tuple(_rows(what)))
        case "results":
            lines = tuple(body.Result(attrs=body.ResultAttrs(**line)) for line in rest.pop("lines"))
            return body.Results(attrs=body.ResultsAttrs(title=what, **rest), content=lines)
        case "poll":
            options = (body.Option(attrs=body.OptionAttrs(name=name)) for name in rest.pop("options"))
            return body.Poll(attrs=body.PollAttrs(title=what, **rest), content=tuple(options))
        case "score":
            at = rest.pop("at", "")
            clock_at = f"{when(seconds(at)).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""
            return body.Score(attrs=body.ScoreAttrs(title=what, clock_at=clock_at, **rest))
        case "image":
            return body.Image(attrs=_pictured(what, **rest))
        case "film":
            return body.Video(attrs=replace(pictures.filmed(what), **rest))
        case "gallery":
            return body.Gallery(content=tuple(body.Image(attrs=_pictured(**one)) for one in what))
        case "social":
            date = when(seconds(rest.pop("at"))).isoformat(timespec="seconds")
            return body.Social(attrs=body.SocialAttrs(text=what, date=date, **rest))
        case "card":
            return body.Card(attrs=body.CardAttrs(title=what, **rest))
        case _:
            raise ScriptError(f"Unknown kind of block: {written!r}.")


def _pictured(image: str, **rest: Any) -> body.ImageAttrs:
    return replace(pictures.named(image), **rest)


def _rows(rows: list[list[str]]) -> Iterator[body.Row]:
    for number, row in enumerate(rows):
        yield body.Row(
            content=tuple(
                body.Cell(attrs=body.CellAttrs(header=number == 0 or column == 0), content=(_paragraph(words),))
                for column, words in enumerate(row)
            )
        )


def _paragraph(words: str) -> body.Paragraph:
    return body.Paragraph(content=tuple(inline(words)))


def inline(words: str) -> Iterator[body.Text]:
    """Yield texts with their marks: **bold**, *italic* and [words](address), none inside another."""
    end = 0
    for found in _MARKS.finditer(words):
        if found.start() > end:
            yield body.Text(text=words[end : found.start()])
        end = found.end()
        if bold := found["bold"]:
            yield body.Text(text=bold, marks=(body.Bold(),))
        elif italic := found["italic"]:
            yield body.Text(text=italic, marks=(body.Italic(),))
        else:
            yield body.Text(text=found["words"], marks=(body.Link(attrs=body.LinkAttrs(href=found["href"])),))
    if end < len(words):
        yield body.Text(text=words[end:])
