"""Turn annotations by exact words into offsets and hashes: `python -m evaluation.annotate SCRATCH… --out FILE`.

Owns the scratch form (GUIDELINE.md, "How to add annotations") and its checks: words that are not in the post, words
that are in it twice, a value outside a closed set. An error names its file, post and field, and nothing is written.
Lines of FILE for the same posts are replaced, all others stay.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

from asithappened.ledger import suggestions
from evaluation.corpus import DATA, file, read

KINDS = ("attributions", "relays", "hedges", "figures", "places", "revisions", "states")
SPANS = ("source", "cue", "outlet", "span", "number", "counted", "new", "old")  # one span of this post
LISTS = ("content",)  # … one span or several
ELSEWHERE = ("speaker",)  # … a span of this or another post, with its number
CLOSED: Mapping[str, tuple[str, ...]] = {
    "part": ("tune", "held"),
    "cue_class": get_args(suggestions.CueClass),
    "channel": ("", *get_args(suggestions.Channel)),
    "quote": ("direct", "indirect", "mixed"),
    "mode": get_args(suggestions.RelayMode),
    "hedge": get_args(suggestions.HedgeKind),
    "modifier": get_args(suggestions.Modifier),
    "figure": get_args(suggestions.FigureKind),
    "role": get_args(suggestions.PlaceRole),
    "relation": get_args(suggestions.Relation),
    "basis": get_args(suggestions.Basis),
}
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "attributions": {"source": None, "cue": None, "cue_class": "assert", "channel": "", "quote": "indirect"},
    "relays": {"mode": "reports", "attribution": None},
    "figures": {"figure": "count", "modifier": "", "unit": "", "counted": None, "outcome": ""},
}

HARD = "\xa0"

Span = tuple[int, int]
Row = dict[str, Any]


class AnnotationError(ValueError):
    """What is wrong with an annotation, and where."""


def main() -> None:
    """Read scratch files and write their lines."""
    ask = argparse.ArgumentParser(prog="python -m evaluation.annotate", description=__doc__)
    ask.add_argument("scratch", type=Path, nargs="+", help="annotations of one live blog by exact words (JSON)")
    ask.add_argument("--out", type=Path, required=True, help="the annotations to add to (JSON lines)")
    ask.add_argument("--data", type=Path, default=DATA, help="the folder of recorded live blogs")
    given = ask.parse_args()
    try:
        lines = [line for path in given.scratch for line in annotated(path, given.data)]
    except AnnotationError as error:
        sys.exit(f"{error}\nNothing was written.")
    kept = [json.loads(line) for line in given.out.read_text().splitlines()] if given.out.exists() else []
    merged = {(line["blog"], line.get("post", 0)): line for line in [*kept, *lines]}
    given.out.write_text("".join(json.dumps(merged[key]) + "\n" for key in sorted(merged)))
    counts = {kind: sum(len(line.get(kind, ())) for line in lines) for kind in (*KINDS, "pairs")}
    print(f"{len(lines)} lines: " + ", ".join(f"{count} {kind}" for kind, count in counts.items() if count))


def annotated(path: Path, data: Path) -> Iterator[Row]:
    """Yield a line for each post that a scratch file annotates, and one for the repetitions of its blog."""
    try:
        scratch = json.loads(path.read_text())
        texts = texts_of(file(scratch["blog"], data))
        head = {"blog": scratch["blog"], "part": _closed("part", scratch["part"])}
        posts, pairs = scratch.get("posts", ()), scratch.get("pairs")
    except (ValueError, LookupError, OSError) as error:
        raise AnnotationError(f"{path}: {error}") from error
    for post in posts:
        try:
            yield {**head, **line_of(post, texts)}
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise AnnotationError(f"{path}: post {post.get('post')}: {error}") from error
    if pairs is not None:
        try:
            yield {**head, "pairs": [pair_of(pair, texts) for pair in pairs]}
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise AnnotationError(f"{path}: pairs: {error}") from error


@cache
def texts_of(blog: Path) -> tuple[str, ...]:
    """Return the texts of a blog's posts, the newest first."""
    return tuple(post.text for post in read(blog).posts)


def line_of(post: Row, texts: Sequence[str]) -> Row:
    """Return a post's line, with offsets instead of words. `texts`: of all posts of the blog, the newest first."""
    number = int(post["post"])
    text = _text_of(number, texts)
    line: Row = {"post": number, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    if strange := set(post) - {"post", *KINDS}:
        raise AnnotationError(f"no such kinds: {', '.join(sorted(strange))}")
    rows: dict[str, list[Row]] = {kind: list(post.get(kind, ())) for kind in KINDS if kind in post}
    for at, attribution in enumerate(rows.get("attributions", ())):
        relays = [{**relay, "attribution": at} for relay in attribution.get("relays", ())]
        if relays:
            rows["relays"] = rows.get("relays", []) + relays
    line |= {kind: [_row(kind, row, number, texts) for row in found] for kind, found in rows.items()}
    return line


def located(text: str, words: str | list[Any]) -> Span:
    """Return where whole words are in a text.

    "words" must occur once; in "some |words| around" the bars mark the words that are meant; "first >> last" runs from
    the first words to the next occurrence of the last ones; ["words", 2] is the second of several.
    """
    exact, nth = (words, None) if isinstance(words, str) else (words[0], int(words[1]))
    if " >> " in exact:
        first, last = exact.split(" >> ")
        start, after = located(text, first if nth is None else [first, nth])
        if not (ends := [at for at in _occurrences(text, last) if at >= after]):
            raise AnnotationError(f"{last!r} does not follow {first!r}")
        return start, ends[0] + len(last)
    before, marked, rest = exact.split("|") if exact.count("|") == 2 else ("", exact, "")
    starts = _occurrences(text, before + marked + rest)
    if not marked or not starts:
        raise AnnotationError(f"{exact!r} does not stand there")
    if nth is None and len(starts) > 1:
        raise AnnotationError(f"{exact!r} stands there {len(starts)} times: say which")
    if nth is not None and not 0 < nth <= len(starts):
        raise AnnotationError(f"{exact!r} stands there {len(starts)} times, not {nth}")
    start = starts[(nth or 1) - 1] + len(before)
    return start, start + len(marked)


def _occurrences(text: str, words: str) -> list[int]:
    """Return where words begin: "he" is not in "the". A no-break space matches a space, which annotators type."""
    left, right = (r"\b" if end.isalnum() else "" for end in (words[:1], words[-1:]))
    words = re.escape(words.replace(HARD, " "))
    return [found.start() for found in re.finditer(f"(?={left}{words}{right})", text.replace(HARD, " "))]


def _row(kind: str, row: Row, number: int, texts: Sequence[str]) -> Row:
    text, made = texts[number - 1], {**DEFAULTS.get(kind, {}), **row}
    made.pop("relays", None)  # rows of their own by now
    for field, value in list(made.items()):
        try:
            if field in SPANS and value is not None:
                made[field] = located(text, value)
            elif field in LISTS:
                one = isinstance(value, str) or (len(value) == 2 and isinstance(value[1], int))
                made[field] = [located(text, words) for words in ([value] if one else value)]
            elif field in ELSEWHERE and value is not None:
                made[field] = _elsewhere(value, number, texts)
            elif field in CLOSED:
                made[field] = _closed(field, value)
        except AnnotationError as error:
            raise AnnotationError(f"{kind}: {field}: {error}") from error
    if kind == "figures":
        made = {"low": made["value"], "high": made["value"], **made}
    if kind == "attributions" and "speaker" not in made:  # named where it is printed
        source = made["source"]
        made["speaker"] = source and {"post": number, "start": source[0], "end": source[1]}
    return made


def pair_of(pair: Row, texts: Sequence[str]) -> Row:
    """Return the offsets of words that are in a post and in an older one."""
    newer, older = int(pair["post"]), int(pair["other_post"])
    if newer >= older:
        raise AnnotationError(f"post {older} is not older than post {newer}: the newest is 1")
    return {
        "post": newer,
        "span": located(_text_of(newer, texts), pair["span"]),
        "other_post": older,
        "other": located(_text_of(older, texts), pair["other"]),
        "relation": _closed("relation", pair.get("relation", "restates")),
    }


def _elsewhere(value: Any, number: int, texts: Sequence[str]) -> dict[str, int]:
    """Read "words" of this post, or {"post": 7, "words": …} of another."""
    other = value if isinstance(value, dict) else {"post": number, "words": value}
    start, end = located(_text_of(other["post"], texts), other["words"])
    return {"post": other["post"], "start": start, "end": end}


def _text_of(number: int, texts: Sequence[str]) -> str:
    if not 0 < number <= len(texts):
        raise AnnotationError(f"there is no post {number}: the blog has {len(texts)}")
    return texts[number - 1]


def _closed(field: str, value: str) -> str:
    if value not in CLOSED[field]:
        raise AnnotationError(f"{field} {value!r} is none of {', '.join(CLOSED[field])}")
    return value


if __name__ == "__main__":
    main()
