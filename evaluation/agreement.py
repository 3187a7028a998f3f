"""Measures how far two annotators of the same posts agree: `python -m evaluation.agreement`.

Scores the marks of `annotations/second.jsonl` as if they were suggestions, against those of the first annotator, who
used the same guideline. Where two people disagree, no rule can be right for both.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from asithappened.ledger import suggestions as s
from asithappened.ledger.views import BlogView, PostView
from evaluation import annotated, corpus, scoring
from evaluation.__main__ import ANNOTATIONS
from evaluation.annotated import Said, Span
from evaluation.table import table_of

SECOND = "second"


def main() -> int:
    """Print the table. Returns 1 if the annotations, or the annotated text, cannot be used."""
    try:
        first, second = (annotated.lines(ANNOTATIONS, name, Said) for name in ("attributions", SECOND))
        tasks = measured(first, second, corpus.DATA).tasks
    except (annotated.Wrong, LookupError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(table_of(f"second annotator by the first ({len(second)} posts)", tasks))
    return 0


def measured(first: Sequence[Said], second: Sequence[Said], data: Path) -> scoring.Scores:
    """Return the scores of the second annotator's posts. Raises LookupError if the first did not read one of them."""
    scores, by_post = scoring.Scores(), {(one.blog, one.post): one for one in first}
    for line in second:
        blog = corpus.blog(line.blog, data)
        post = corpus.post(blog, line.post, line.sha256)
        scoring.said(scores, by_post[line.blog, line.post], post, blog, list(as_suggestions(line, post, blog)))
    return scores


def as_suggestions(line: Said, post: PostView, blog: BlogView) -> Iterator[s.AnySuggestion]:
    """Yield an annotator's marks in a post as suggestions."""
    for at, one in enumerate(line.attributions or ()):
        yield _suggestion(
            post,
            (min(start for start, _ in one.content), max(end for _, end in one.content)),
            kind="attribution",
            source=scoring.meant(post, blog, one) if one.speaker else "",
            source_exact=post.text[slice(*one.source)] if one.source else "",
            cue_start=one.cue[0] if one.cue else 0,
            cue_end=one.cue[1] if one.cue else 0,
            cue_class=one.cue_class,
            quote=one.quote,
            channel=one.channel,
            relays=[
                {"outlet": post.text[slice(*by.outlet)], "mode": by.mode, "start": by.outlet[0], "end": by.outlet[1]}
                for by in line.relays or ()
                if by.attribution == at
            ],
        )
    for hedge in line.hedges or ():
        yield _suggestion(post, hedge.span, kind="hedge", hedge=hedge.hedge)


def _suggestion(post: PostView, span: Span, **fields: Any) -> s.AnySuggestion:
    start, end = span
    common = {"post": post.number, "start": start, "end": end, "exact": post.text[start:end], "confidence": 100}
    made: s.AnySuggestion = msgspec.convert({**common, "rule": SECOND, **fields}, s.AnySuggestion)
    return made


if __name__ == "__main__":
    sys.exit(main())
