"""Attribution on PolNeAR's dev split: news articles in which others marked source, cue and content.

Owns what is measured on it: of the cues that we find, how many are theirs; of their reporting cues, how many we find;
of cues that both have, whether the printed sources touch. PolNeAR marks beliefs and plans too; those are not reporting
and need not be found, but finding them is no error. Look next: `scoring` for how errors are kept.
"""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from asithappened.ledger import reading
from asithappened.ledger.suggestions import Attribution
from asithappened.ledger.views import BlogView, of_text
from evaluation.heads import head
from evaluation.scoring import Error, Task

FILE: Final = "polnear/attributions.dev.jsonl"
# Verbs of saying and writing in the forms that report: a reporting cue contains one of them. Chosen from the language,
# and not from our lists of words.
REPORTING: Final = frozenset(
    {
        "say", "says", "said", "saying", "tell", "tells", "told", "telling", "report", "reports", "reported",
        "reporting", "announce", "announces", "announced", "announcing", "claim", "claims", "claimed",
        "claiming", "state", "states", "stated", "stating", "add", "adds", "added", "adding", "note", "notes",
        "noted", "noting", "explain", "explains", "explained", "explaining", "argue", "argues", "argued",
        "arguing", "warn", "warns", "warned", "warning", "confirm", "confirms", "confirmed", "confirming",
        "deny", "denies", "denied", "denying", "acknowledge", "acknowledges", "acknowledged", "acknowledging",
        "admit", "admits", "admitted", "admitting", "insist", "insists", "insisted", "insisting", "suggest",
        "suggests", "suggested", "suggesting", "accuse", "accuses", "accused", "accusing", "write", "writes",
        "wrote", "written", "writing", "tweet", "tweets", "tweeted", "tweeting", "ask", "asks", "asked",
        "asking", "reply", "replies", "replied", "replying", "respond", "responds", "responded", "responding",
        "declare", "declares", "declared", "declaring", "assert", "asserts", "asserted", "asserting", "allege",
        "alleges", "alleged", "alleging", "describe", "describes", "described", "describing", "reveal",
        "reveals", "revealed", "revealing", "stress", "stresses", "stressed", "stressing", "urge", "urges",
        "urged", "urging", "remark", "remarks", "remarked", "remarking", "comment", "comments", "commented",
        "commenting", "quip", "quips", "quipped", "joke", "jokes", "joked", "recall", "recalls", "recalled",
        "maintain", "maintains", "maintained", "contend", "contends", "contended", "concede", "concedes",
        "conceded", "observe", "observed", "according",
    }
)  # fmt: skip


class _Marked(Struct):
    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]


class _Article(Struct):
    id: str
    text: str
    attributions: list[_Marked]


def measured(data: Path) -> dict[str, Task] | None:
    """Return the tasks; None if the file is missing."""
    path = data / FILE
    if not path.is_file():
        return None
    tasks = {name: Task() for name in ("any cue", "reporting cue", "source")}
    for line in path.read_bytes().splitlines():
        _article(msgspec.json.decode(line, type=_Article), tasks)
    return tasks


def _article(article: _Article, tasks: dict[str, Task]) -> None:
    post = of_text(article.text)
    said = reading.read(post, BlogView(posts=(post,)))
    ours = [one for one in said if isinstance(one, Attribution) and one.cue_end]
    found: set[int] = set()
    for one in ours:
        theirs = next((n for n, marked in enumerate(article.attributions) if _touch(marked.cue, one)), None)
        if theirs is None:
            tasks["any cue"].extra += 1
            tasks["any cue"].errors.append(_error(article, one, f"not marked [{one.rule}]"))
            continue
        tasks["any cue"].right += 1
        if theirs in found:
            continue
        found.add(theirs)
        marked = article.attributions[theirs]
        # Right if both have no source, or if the printed words overlap.
        touching = any(start < one.source_end and one.source_start < end for start, end in marked.source)
        if touching or not (marked.source or one.source_end):
            tasks["source"].right += 1
        else:
            tasks["source"].extra += 1
            tasks["source"].missed += 1
            meant = " ".join(article.text[start:end] for start, end in marked.source)
            what = f"{head(one.source_exact) or 'nobody'}, not {head(meant) or 'nobody'} [{one.rule}]"
            tasks["source"].errors.append(_error(article, one, what))
    for n, marked in enumerate(article.attributions):
        words = {word.lower() for start, end in marked.cue for word in article.text[start:end].split()}
        if words & REPORTING:
            tasks["reporting cue"].right += n in found
            tasks["reporting cue"].missed += n not in found
            if n not in found:
                start, end = marked.cue[0]
                near = article.text[max(0, start - 70) : start], article.text[start:end], article.text[end : end + 70]
                words_near = " ".join("{}[{}]{}".format(*near).split())
                tasks["reporting cue"].errors.append(Error(-1, "missed", article.id, words_near))
        elif n not in found:
            tasks["any cue"].missed += 1


def _touch(spans: list[tuple[int, int]], one: Attribution) -> bool:
    return any(start < one.cue_end and one.cue_start < end for start, end in spans)


def _error(article: _Article, one: Attribution, what: str) -> Error:
    start, end = one.cue_start, one.cue_end
    near = article.text[max(0, start - 70) : start], article.text[start:end], article.text[end : end + 70]
    return Error(one.confidence, what, article.id, " ".join("{}[{}]{}".format(*near).split()))
