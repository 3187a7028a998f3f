"""The words of a statement: what an attribution's span becomes when it stands alone in a list.

Owns leaving out who said it, completing quotation marks, and keeping the verb where the words are no sentence without
it ("Accused Russia of carrying out inspections too slowly"). Pure.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from asithappened.core import limits
from asithappened.ledger.language import lexicon
from asithappened.ledger.language.roles import pattern
from asithappened.ledger.suggestions import AnySuggestion, Attribution, Quote
from asithappened.ledger.views import PostView

_SINGLE: Final = frozenset("‘’'")
LEAST: Final = 12  # characters: "yes" is no statement that a reader looks up
_WORDS: Final = 4
_NEAR: Final = 40

_SPACE: Final = re.compile(r"\s+")
_ADDRESS: Final = re.compile(r"\s*(?:https?://|pic\.twitter\.com/)\S+")
_SENTENCE_END: Final = re.compile(r"[.!?][”\"’']?\s+|\n|• ")
_NAMED_FOR_DOING: Final = frozenset({"accuse", "acknowledge", "deny", "announce", "claim", "confirm"})


class _Words(NamedTuple):
    """`in_passing`: told without a subject, "… which it has blamed on soldiers", "a strike that it said killed 89";
    `related`: before somebody who says it of what the sentence names before: "a strike that Mida said claimed lives";
    `introduced`: before the paragraph that it introduces, where a statement begins with what was said;
    `reported`: behind the name of who reported it; `introduces`: before what was said; `after_noun`: what ends the
    first noun phrase, or is a verb in it; `finite`: what makes words a sentence.
    """

    in_passing: re.Pattern[str]
    related: re.Pattern[str]
    introduced: re.Pattern[str]
    reported: re.Pattern[str]
    introduces: re.Pattern[str]
    after_noun: re.Pattern[str]
    finite: re.Pattern[str]


@lexicon.kept
def _words(language: str) -> _Words:
    relative, pronoun, claimed, introduced, reported, introduces, after, finite = (
        pattern(language, role)
        for role in ("relative", "pronoun", "claimed", "introduced", "reported", "introduces", "after_noun", "finite")
    )
    past = r"|(?!un)\w+ed" if language.startswith("en") else ""
    return _Words(
        re.compile(rf"(?:{relative}|(?:{pronoun}) (?:{claimed})) (?!that\b)", re.I),
        re.compile(rf"\b({relative}|that) $", re.I),
        re.compile(rf"^(?:(?:quote[sd] \w+ (?:as )?)?(?:{introduced})|(?:of|about|on) [^:.!?]{{3,60}}):\s+", re.I),
        re.compile(rf"^\s*(?:has |have )?(?:{reported})\b"),
        re.compile(rf"(?:\b(?:{introduces})\s+|[:–—“\"‘'«„]\s*)$", re.I),
        re.compile(rf",|\b(?:{after})\b", re.I),
        re.compile(rf"(?:^|\b)(?:{finite}{past})\b", re.I),
    )


class Stated(NamedTuple):
    """The words, and how they are given: `direct` words have no marks, since readers are given them in marks."""

    text: str
    quote: Quote


def stated(one: Attribution, post: PostView, suggestions: Sequence[AnySuggestion], language: str) -> Stated | None:
    """Return what was said as readers are given it; None if it says nothing without the sentence around it."""
    forms = _words(language)
    words = _unbroken(one, post, _end(one, post, suggestions, language))
    spoke = min(at for at in (one.source_start, one.cue_start, one.start) if at >= 0)
    related = forms.related.search(post.text[:spoke][-_NEAR:])
    if forms.in_passing.match(words) or (related and _lacks_part(one, words, related[1].lower(), forms)):
        return None
    direct = one.quote == "direct" and not words.lstrip("“\"‘'")[:1].islower()
    if not direct and one.cue:
        words = _with_its_verb(one, post, words, forms)
    words = _ADDRESS.sub("", forms.introduced.sub("", _SPACE.sub(" ", words).strip(" ,;:–—-•")))
    inner = _inside(words) if direct else None
    text = _shortened(_balanced(words.rstrip(", ")) if inner is None else inner)
    if len(text) < LEAST or len(text.split()) < _WORDS:
        return None
    quote = "mixed" if one.quote == "direct" and inner is None else one.quote
    return Stated(text[:1].upper() + text[1:], quote)


def _lacks_part(one: Attribution, words: str, pronoun: str, forms: _Words) -> bool:
    """Say whether the object or the subject of what was said stands before a relative pronoun."""
    accuses = one.cue_class == "accuse" and pronoun != "that"  # "says that Mida has blamed the mayor" is whole
    return accuses or (words[:1].islower() and forms.finite.match(words) is not None)


def _end(one: Attribution, post: PostView, suggestions: Sequence[AnySuggestion], language: str) -> int:
    """Return where the words end without who said or reported them, where they end with that: ", the AFP said"."""
    ends = [one.end]
    for other in suggestions:
        if not isinstance(other, Attribution) or other.start > one.start + LEAST:
            continue
        inside = [at for at in (other.source_start, other.cue_start) if one.start + LEAST < at < one.end]
        ends += [at for at in inside if other.cue_start >= other.end - 1 or other is not one]
    for relay in one.relays:
        tail = post.text[relay.end : one.end] if one.start < relay.start < relay.end <= one.end else "."
        if not _words(language).reported.sub("", tail).strip(' .,;”"'):
            ends.append(relay.start)
    end = min(ends)
    if end == one.end:
        return end
    comma = max(post.text.rfind(mark, one.start, end) for mark in (",", "–", "—"))
    return comma if comma > one.start + LEAST else one.end


def _unbroken(one: Attribution, post: PostView, end: int) -> str:
    """Return the words without a "she said" in their midst."""
    first = min((at for at in (one.source_start, one.cue_start) if at > one.start), default=end)
    last = max(one.source_end, one.cue_end)
    if not (one.start + LEAST < first < last < end):
        return post.text[one.start : end]
    before, after = post.text[one.start : first].rstrip(), post.text[last:end].lstrip()
    stop = "." if after.startswith(".") else ""
    after = after.lstrip("., ")
    if before.endswith(("”", '"')) and after.startswith(("“", '"')):  # one quotation in two pieces
        before, after = before[:-1], after[1:]
    return f"{before.rstrip(',')}. {after}" if stop else f"{before} {after}"


def _with_its_verb(one: Attribution, post: PostView, words: str, forms: _Words) -> str:
    """Return the words; where they are no sentence with the verb before them, or the whole sentence."""
    between = post.text[one.cue_end : one.start]
    doing = one.cue_class in _NAMED_FOR_DOING and one.cue_end <= one.start
    first = forms.after_noun.split(words, maxsplit=1)[0]
    if doing and not forms.introduces.search(between) and len(between) < LEAST and not forms.finite.search(first):
        before = one.source_end if 0 < one.source_end <= one.cue_start < one.source_end + _NEAR else one.cue_start
        return post.text[before : one.end]  # with "never", "has"
    if forms.finite.search(words):
        return words
    first = min(one.start, one.cue_start)
    earliest = max(0, first - limits.STATEMENT_CHARS)
    begins = [earliest, *(end.end() for end in _SENTENCE_END.finditer(post.text, earliest, first))][-1]
    sentence = post.text[begins : one.end]
    return sentence if len(sentence) <= limits.STATEMENT_CHARS else words


def _inside(words: str) -> str | None:
    """Return a quotation without its marks, and without those between its pieces; None if it is two quotations."""
    inner = re.sub(r"([”\"»“])\s*[“\"«„]", " ", words).strip('“”"«»„ ').rstrip(",")
    inner = re.sub(r"(?<=[.!?…]) “(?=[^”]*$)", " ", inner)  # a paragraph that goes on opens a mark and closes none
    if re.match("[^“]*”", inner):  # the verb was between them
        return None
    if inner[:1] in _SINGLE and inner[-1:] in _SINGLE:
        inner = inner[1:-1]
    return inner if inner.count("“") == inner.count("”") else re.sub("[“”]", "", inner)


def _balanced(words: str) -> str:
    """Return words with a mark for each that is closed, or opened, alone."""
    open_, before = 0, 0
    for mark in re.findall("[“”]", words):
        if mark == "“":
            open_ += 1
        elif open_:
            open_ -= 1
        else:
            before += 1
    words = "“" * min(before, 1) + words + "”" * min(open_, 1)
    return words + '"' if words.count('"') % 2 else words


def _shortened(words: str) -> str:
    if len(words) <= limits.STATEMENT_CHARS:
        return words.strip()
    whole = max(words.rfind(stop, 0, limits.STATEMENT_CHARS) for stop in (". ", "! ", "? ", ".” "))
    if whole > limits.STATEMENT_CHARS // 2:
        return words[: whole + 1].strip()
    return words[: words.rfind(" ", 0, limits.STATEMENT_CHARS - 1)].rstrip(" ,;:–—") + "…"
