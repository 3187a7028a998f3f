"""Measures the ledger's suggestions: `python -m evaluation`, or `make eval`.

Prints precision, recall, F1 and counts of each task for both halves of the annotations, and each task's ten worst
errors in the half that rules may be written from. The other half's errors are only for people who write no rules.
Before that, the same for what a sweep finds stale in our own days. Exits with 0, whatever the figures are.
"""

import argparse
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from asithappened.ledger import reading
from asithappened.ledger.gate import Dropped, Tell
from asithappened.ledger.suggestions import Revision
from asithappened.ledger.views import BlogView
from evaluation import annotated, corpus, days, polnear, scoring, staleness
from evaluation.annotate import AnnotationError
from evaluation.annotated import PARTS, Counted, Half, Repeated, Said
from evaluation.table import errors_of, table_of

ANNOTATIONS = Path(__file__).parent / "annotations"


def main(arguments: list[str] | None = None) -> int:
    """Measure what was asked for. Returns 1 if the annotations, or the annotated text, cannot be used."""
    options = _options(arguments)
    parts: Sequence[Half] = ["tune"] if options.tune else PARTS
    dropped: list[Dropped] = []
    try:
        swept = {part: staleness.measured(ours).tasks for part, ours in _days(options.days, parts).items()}
        for part in parts:
            print(table_of(f"sweep of days, {part}", swept[part]))
        scores = measured(options.annotations, options.data, parts, dropped.append, options.blogs)
    except (AnnotationError, annotated.Wrong, LookupError) as fault:
        print(fault, file=sys.stderr)
        return 1
    if not options.data.is_dir():
        print(f"Recorded live blogs: not measured, {options.data} is not there.\n")
    for part in parts:
        print(table_of(f"{part} ({_about(part)})", scores[part].tasks))
    of_polnear = None if options.no_polnear else polnear.measured(options.data)
    if of_polnear:
        print(table_of("PolNeAR dev", of_polnear))
    elif not options.no_polnear:
        print(f"PolNeAR: not measured, {options.data / polnear.FILE} is not there.\n")
    if options.revisions:
        hidden = frozenset[str]() if options.held_errors else held(options.annotations, options.data)
        print("\n".join(_revisions(options.data, hidden)))
    shown = {part: scores[part].tasks for part in parts if part == "tune" or options.held_errors}
    stale = {f"days, {part}": swept[part] for part in shown}
    for name, tasks in (*stale.items(), *shown.items(), *([("PolNeAR", of_polnear)] if of_polnear else [])):
        print(errors_of(name, tasks, options.task, options.errors))
    if dropped:
        print(f"The gate dropped {len(dropped)} suggestions; the first: {dropped[0]}")
    return 0


def measured(
    annotations: Path, data: Path, parts: Sequence[Half], tell: Tell, blogs: str = ""
) -> dict[Half, scoring.Scores]:
    """Return each half's scores, of blogs whose name holds a pattern; without `data`, of those that we wrote.

    Raises `annotated.Wrong` or LookupError.
    """
    scores = {part: scoring.Scores() for part in parts}

    def asked(line: Said | Counted | Repeated) -> bool:
        here = data.is_dir() or line.blog.startswith(corpus.WRITTEN)
        return here and line.part in parts and re.search(blogs, line.blog) is not None

    said = filter(asked, annotated.lines(annotations, "attributions", Said))
    counted = filter(asked, annotated.lines(annotations, "figures", Counted))
    repeated = filter(asked, annotated.lines(annotations, "repetitions", Repeated))
    for one in said:
        blog = corpus.blog(one.blog, data)
        post = corpus.post(blog, one.post, one.sha256)
        scoring.said(scores[one.part], one, post, blog, reading.read(post, blog, tell=tell))
    for each in counted:
        blog = corpus.blog(each.blog, data)
        post = corpus.post(blog, each.post, each.sha256)
        scoring.counted(scores[each.part], each, post, reading.read(post, blog, tell=tell))
    for line in repeated:
        blog = corpus.blog(line.blog, data)
        scoring.repeated(scores[line.part], line, blog, reading.read_page(blog, tell=tell))
    return scores


def _days(folder: Path, parts: Sequence[Half]) -> dict[Half, list[days.Day]]:
    return {part: days.days(folder / days.HELD if part == "held" else folder) for part in parts}


def stated_revisions(blog: BlogView) -> list[Revision]:
    """Return the suggested revisions in which a live blog itself says that a figure was replaced."""
    return [one for one in reading.read_page(blog) if isinstance(one, Revision) and one.basis == "stated"]


def held(annotations: Path, data: Path) -> frozenset[str]:
    """Return the names of the live blogs whose text people who write rules may not see."""
    said = [(line.part, line.blog) for line in annotated.lines(annotations, "attributions", Said)]
    counted = [(line.part, line.blog) for line in annotated.lines(annotations, "figures", Counted)]
    repeated = [(line.part, line.blog) for line in annotated.lines(annotations, "repetitions", Repeated)]
    names = {blog for part, blog in (*said, *counted, *repeated) if part == "held"}
    return frozenset(whole for name in names for whole in corpus.files(name, data))


def _revisions(data: Path, hidden: Collection[str]) -> Iterator[str]:
    """Yield every revision suggested as stated, for a person to judge; of `hidden` live blogs only the count."""
    total = 0
    for name in corpus.names(data):
        blog = corpus.blog(name, data)
        found = stated_revisions(blog)
        total += len(found)
        if found:
            yield f"{len(found)} in {name}"
        for one in found if name not in hidden else ():
            text = next(post.text for post in blog.posts if post.number == one.post)
            near = " ".join(text[max(0, one.start - 100) : one.end + 100].split())
            yield f"  post {one.post}: {one.old:g} to {one.new:g} {one.counted} {one.outcome} | {near}"
    yield f"{total} stated revisions in {len(corpus.names(data))} live blogs\n"


def _about(part: str) -> str:
    return {"tune": "rules may be written by it", "held": "set aside before any rule was written"}[part]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--tune", action="store_true", help="measure that half alone, and do not look at the other")
    parser.add_argument("--blogs", metavar="PATTERN", default="", help="only annotated blogs whose name holds this")
    parser.add_argument("--task", default="", help="errors of one task alone, by a part of its name")
    parser.add_argument("--errors", type=int, default=10, help="how many errors of a task to print")
    parser.add_argument("--held-errors", action="store_true", help="print errors and revisions of the other half too")
    parser.add_argument(
        "--revisions",
        action="store_true",
        help="list what is suggested as revised in all live blogs; of held ones only the count",
    )
    parser.add_argument("--no-polnear", action="store_true", help="leave PolNeAR out")
    parser.add_argument("--annotations", type=Path, default=ANNOTATIONS)
    parser.add_argument("--days", type=Path, default=days.DAYS, help="the days of our own that are swept")
    parser.add_argument("--data", type=Path, default=corpus.DATA, help="third-party text, in its folders")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
