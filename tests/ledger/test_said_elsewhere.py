"""Invented posts in German and Spanish: attributions, relays and hedges, how many are found, and how many are right.

The floors rise with what is reached.
"""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from asithappened.ledger.speech.attribution import Attributions
from asithappened.ledger.speech.hedges import Hedges
from asithappened.ledger.suggestions import Attribution
from asithappened.ledger.views import BlogView, of_text
from evaluation.heads import same

# Whom the live blog named before.
_BEFORE = {
    "de": "Wir hören von Bürgermeisterin Helene Prior, Klaus Lohe, Ministerin Yvonne Marsch und Kanzler Ulf Brand.",
    "es": "Oiremos a la alcaldesa Elena Prior, a Mario Lobo, a la ministra Irene Marcos y al presidente Luis Brando.",
}


class Told(NamedTuple):
    """A post, and what is in it: attributions (speaker and cue), relays (outlet and mode), hedges (words and kind)."""

    text: str
    said: list[tuple[str, str]]
    relays: list[tuple[str, str]]
    hedges: list[tuple[str, str]]


def told(language: str) -> list[Told]:
    found = []
    for line in Path(__file__).with_name(f"said_live_{language}.txt").read_text(encoding="utf-8").splitlines():
        text, bar, behind = line.rpartition(" |")
        if not bar:
            assert not line or line.startswith("# "), line
            continue
        marks = [one.strip() for one in behind.split(";") if one.strip()]
        pairs = [one.rpartition(">") for one in marks if one[0] not in "@~"]
        said = [(speaker.strip(), cue.strip()) for speaker, _, cue in pairs]
        relays, hedges = (
            [(one[1:].rpartition(" ")[0], one.rpartition(" ")[2]) for one in marks if one[0] == sign] for sign in "@~"
        )
        found.append(Told(text, said, relays, hedges))
    return found


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in _ARTICLES else name


_ARTICLES = {"der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "el", "la", "los", "las", "un", "una"}


def scored(language: str) -> tuple[Counter[str], list[str]]:
    """Return what is right, wanted and given, by kind, and the errors."""
    count, errors = Counter[str](), list[str]()
    for one in told(language):
        post = of_text(one.text)
        blog = BlogView(posts=(post, of_text(_BEFORE[language], number=2)), language=language)
        left = list(Attributions().suggest(post, blog))
        relays = {(relay.outlet.lower(), relay.mode) for each in left for relay in each.relays}
        hedges = [(each.exact.lower(), each.hedge) for each in Hedges().suggest(post, blog)]
        count["said given"] += len(left)
        count["said wanted"] += len(one.said)
        for speaker, cue in one.said:
            hits = [each for each in left if _fits(each, cue)]
            if not hits:
                errors.append(f"missed {speaker} > {cue} | {one.text}")
                continue
            left.remove(hits[0])
            count["cue"] += 1
            ours = hits[0].source or (hits[0].source_exact if speaker else "")
            if same(_without_article(ours), _without_article(speaker)):
                count["speaker"] += 1
            else:
                errors.append(f"speaker {ours!r}, not {speaker!r} | {one.text}")
            count["named"] += bool(hits[0].source)
            wrong = hits[0].source and not same(_without_article(hits[0].source), _without_article(speaker))
            count["wrongly named"] += bool(wrong)
        errors += [f"not there {each.source} > {each.cue} [{each.rule}] | {one.text}" for each in left]
        wanted = {(outlet.lower(), mode) for outlet, mode in one.relays}
        count["relay given"] += len(relays)
        count["relay wanted"] += len(wanted)
        count["relay"] += len(relays & wanted)
        errors += [f"relay {each} | {one.text}" for each in relays ^ wanted]
        count["hedge given"] += len(hedges)
        count["hedge wanted"] += len(one.hedges)
        for words, kind in one.hedges:
            hit = next((each for each in hedges if kind == each[1] and _touch(words.lower(), each[0])), None)
            if hit is None:
                errors.append(f"missed hedge {words} {kind} | {one.text}")
            else:
                hedges.remove(hit)
                count["hedge"] += 1
        errors += [f"no hedge {each} | {one.text}" for each in hedges]
    return count, errors


def _fits(one: Attribution, cue: str) -> bool:
    ours, theirs = one.cue.lower(), cue.lower()
    return bool(ours) == bool(theirs) and (ours in theirs or theirs in ours)


def _touch(one: str, other: str) -> bool:
    return one in other or other in one


def f1(count: Counter[str], right: str, kind: str) -> float:
    return 2 * count[right] / (count[f"{kind} wanted"] + count[f"{kind} given"])


@pytest.mark.parametrize("language", ["de", "es"])
def test_what_is_said_in_german_and_spanish_posts_is_found_with_whose_it_is(language: str) -> None:
    count, errors = scored(language)
    assert count["said wanted"] > 75
    assert f1(count, "cue", "said") >= 0.9, errors
    assert f1(count, "speaker", "said") >= 0.9, errors
    assert f1(count, "relay", "relay") >= 0.9, errors
    assert f1(count, "hedge", "hedge") >= 0.9, errors
    assert count["wrongly named"] <= 1, errors
