"""On whose word we have it: how each outlet in a sentence passed on what was said.

Owns the words beside an outlet that make it a relay: one that nothing makes one is none. Look next: `outlets`, which
finds them, `attribution`, which ties each to what it carries.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from asithappened.ledger.speech import outlets_elsewhere
from asithappened.ledger.speech.clauses import Unit
from asithappened.ledger.speech.outlets import ELSEWHERE, Outlet
from asithappened.ledger.speech.outlets_elsewhere import Named
from asithappened.ledger.speech.said import Said
from asithappened.ledger.suggestions import RelayMode


class Passed(NamedTuple):
    """An outlet that passed something on. `by`: the cue whose subject it is, None if it has none."""

    outlet: Outlet
    mode: RelayMode
    by: Said | None


_QUOTING: Final[Mapping[str, RelayMode]] = {"quote": "quotes", "cite": "quotes"}
_TOLD: Final = frozenset({"told", "tell", "tells", "telling", "tweeted", "sent", "informed", "assured", "reminded"})
_PUBLISHED: Final = frozenset({"published", "obtained", "posted", "filed", "uncovered", "learned", "learnt", "details"})
_CALLING: Final = 5  # items: "the private Midonian news channel"
_SURE: Final = frozenset({"told", "citing", "quotes"})
_SEEN: Final = frozenset({"seen", "viewed", "reviewed"})
_QUOTES: Final = frozenset({"quotes", "quoted", "quoting", "quote", "cites", "cited", "cite"})
# Between "told" and an outlet's name these say nothing of how it passed anything on.
_NEITHER: Final = frozenset(
    {
        "the",
        "a",
        "an",
        "newspaper",
        "magazine",
        "broadcaster",
        "daily",
        "agency",
        "website",
        "channel",
        "this",
        "de",
        "het",
        "le",
        "la",
        "el",
        "die",
        "der",
        "das",
    }
)
_WHOSE_ISSUE: Final = frozenset({"morning", "today", "yesterday", "week", "sunday", "saturday", "monday", "tonight"})
_HAD: Final = frozenset({"has", "had", "have", "also", "earlier", "is"})
_CALLED: Final = frozenset({"news", "agency", "newspaper", "magazine", "website", "television", "tv", "radio"})
_SPOKE: Final = frozenset({"interview", "interviewed", "spoke", "speaking", "speaks", "talking", "talked", "appearance",
                           "appearing", "appeared", "writing", "wrote", "writes", "article", "column", "op-ed", "piece",
                           "interviews", "said", "says", "live", "email", "letter", "comments", "remarks", "statement",
                           "message", "briefing", "conversation", "confirmed"})  # fmt: skip
# Who speaks for an outlet as a firm, and reports nothing: "the owner of the Herald said".
_FOR_ITSELF: Final = frozenset(
    {"executive", "boss", "owner", "chairman", "chairwoman", "spokesman", "spokeswoman", "spokesperson", "founder",
     "director", "director-general", "lawyer", "lawyers", "head", "shareholders", "staff", "unions"}
)  # fmt: skip
_SAID_TO: Final = frozenset({"explained", "complained", "insisted", "denied", "admitted", "suggested", "described"})
_JOBS: Final = frozenset({"correspondent", "reporter", "journalist", "editor", "presenter", "columnist",
                          "producer", "crew"})  # fmt: skip
_TALKS: Final = (("spoke",), ("speaks",), ("speaking",), ("talked",), ("talks",), ("talking",), ("spoken",))
_DASHES: Final = frozenset({"–", "—", "-", "--"})
_TELLS: Final = frozenset({"that", "says", "said", "saying", "which", "claiming", "suggesting", "claims", "claimed",
                           "found", "finds", "shows", "showed", "revealed", "reveals", "suggests",
                           "suggested"})  # fmt: skip
_PASSING: Final = frozenset({"speaking", "talking", "writing", "quoted", "cited", "interviewed", "appearing", "citing",
                             "quoting", "told", "telling", "interview"})  # fmt: skip
_BROUGHT: Final = frozenset({"reported", "published", "broadcast", "aired", "carried", "revealed", "printed"})
_ON_AIR: Final = frozenset({"studio", "studios", "show", "programme", "phone-in", "podcast"})
_STORY: Final = frozenset({"report", "story", "account", "reports", "stories", "scoop", "investigation"})
_ASKED: Final = frozenset({"asked", "quizzed", "questioned", "pressed", "challenged", "interviewed"})
_HAS: Final = frozenset({"has", "had", "have"})
_COPY: Final = frozenset({"report", "story", "copy", "article", "piece", "account", "terminal", "wire", "blog"})
_STORIES: Final = frozenset({"story", "report", "piece", "article", "scoop", "interview", "exclusive", "account",
                             "round-up", "roundup", "details", "quote", "quotes"})  # fmt: skip


def passed_in(unit: Unit, said: Sequence[Said], outlets: Sequence[Outlet], language: str = "en") -> list[Passed]:
    """Return the outlets of a sentence that passed something on, in order."""
    if language in ELSEWHERE:
        ways = ((one, outlets_elsewhere.passed_by(unit, said, Named(*one), language)) for one in outlets)
        return [Passed(one, *way) for one, way in ways if way is not None]
    found = list[Passed]()
    for outlet in outlets:
        by = next(
            (one for one in said if one.source and one.lemma not in _QUOTING and _within(outlet, one, unit)), None
        )
        mode = _mode(unit, outlet) if by is None else _QUOTING.get(by.lemma, "reports")
        if mode and (mode in _SURE or not _unsure(unit, outlet)):
            found.append(Passed(outlet, mode, by))
    return found


def _unsure(unit: Unit, outlet: Outlet) -> bool:
    """Say whether a name is an outlet's only where somebody told it something, or it is quoted: "the agency"."""
    return outlet.kind == "maybe" or (outlet.kind == "again" and unit.lows[outlet.last - 1] == "agency")


def _signs(unit: Unit, outlet: Outlet) -> bool:
    """Say whether an outlet signs a sentence: "… has resigned (Reuters)", "… – Reuters", "MIDA (Reuters) – …"."""
    items, first, last = unit.items, outlet.first, outlet.last
    before, behind = items[first - 1].text if first else "", items[last].text if last < len(items) else ""
    if before in {"(", "["} and behind in {")", "]"}:
        after = items[last + 1].text if last + 1 < len(items) else "."
        return after in _DASHES | {".", "…", "”"} and first > 1
    ends = last == len(items) or (last + 1 == len(items) and behind == ".")
    return before in _DASHES and ends and first > 3 and items[first - 2].end < items[first - 1].start


def _within(outlet: Outlet, one: Said, unit: Unit) -> bool:
    """Say whether an outlet is a cue's subject, or whose the subject is: "Reuters", "the BBC's Ana Ruiz"."""
    source = one.source
    assert source is not None
    if outlet.kind == "again" and outlet.first == source.first and outlet.last - 1 == source.last:
        return True
    within = outlet.last - 1 <= source.last or (outlet.first <= source.last and outlet.last == one.first)
    if source.whole <= outlet.first and within:  # "the Mail on Sunday said", of which "on Sunday" may say when
        around = (*range(source.whole, outlet.first), *range(outlet.last, source.last + 1))
        return not any(unit.lows[at] in _FOR_ITSELF for at in around)
    return _works_for(outlet, source.last, one, unit)


def _works_for(outlet: Outlet, last: int, one: Said, unit: Unit) -> bool:
    """Say whether what is set off behind a name says that it is the outlet's: "Lind, the Herald's editor, says"."""
    items = unit.items
    if not (last + 1 < outlet.first and outlet.last < one.first and one.how == "active"):
        return False
    end = outlet.last
    while end < one.first and items[end].kind == "word" and not items[end].capital and not items[end].roles:
        end += 1  # "the BBC political editor"
    works = not _JOBS.isdisjoint(unit.lows[outlet.last : end])  # "a BBC correspondent in Kern"
    ends = items[end].low in {"'s", ",", ")", "’"} or (works and items[end].may("preposition"))
    if items[last + 1].text not in {",", "("} or not ends:
        return False
    between = items[last + 2 : one.first]
    if any(item.may("be", "have", "do", "modal", "verb", "relative") or item.kind == "quote" for item in between):
        return False
    if not _PASSING.isdisjoint(item.low for item in between):
        return False  # "Lind, speaking to the BBC, said"
    before = unit.lows[outlet.first - 1]
    return items[outlet.last].low == "'s" or before in {"the", "of", "at", "for", "from"} or (works and before == "a")


def _begins(unit: Unit, outlet: Outlet) -> int:
    """Return where what an outlet is called begins: "by the Catholic agency Plexus", "in the Midonian newspaper …"."""
    at = outlet.first
    if at and outlet.kind in {"called", "maybe"} and not unit.items[at - 1].capital and not unit.items[at - 1].roles:
        article = next((n for n in range(at - 1, max(at - _CALLING, -1), -1) if unit.lows[n] in {"the", "a", "an"}), at)
        between = unit.items[article:at]
        return at if any(one.kind != "word" or one.may("preposition", "be", "verb") for one in between) else article
    return at


def _behind_what_it_is(unit: Unit, at: int) -> int:
    """Return where a sentence goes on behind what is said of an outlet: "L1, the regional broadcaster, quotes"."""
    if unit.lows[at : at + 1] != (",",) or unit.lows[at + 1 : at + 2] not in (("the",), ("a",), ("an",)):
        return at
    return next((n + 1 for n in range(at + 2, min(at + 8, len(unit.lows))) if unit.lows[n] == ","), at)


def _mode(unit: Unit, outlet: Outlet) -> RelayMode | None:
    """Return how an outlet passed something on, by the words before and behind it."""
    items, lows = unit.items, unit.lows
    at = _begins(unit, outlet)
    before = list(lows[max(at - 6, 0) : at])
    if len(before) > 2 and before[-1] in {"'s", "’s"}:
        dated = len(before) > 3 and before[-2] in _WHOSE_ISSUE and before[-3] in {"this", "last"}
        before = before[: -3 if dated else -2]  # "in this morning's Herald"  # "published by Mida's Herald"
    near = [low for low in before if low not in _NEITHER]
    last = near[-1] if near else ""
    if "monitored" in before:
        return "monitored"
    if _signs(unit, outlet):
        return "reports"
    if near[-2:-1] in (["quote"], ["quotes"]) and last in {"from", "via"}:
        return "quotes"
    if last in {"citing", "quoting"} or (("citing" in near or "quoting" in near) and "," not in near[-2:]):
        return "citing"
    if len(near) > 1 and near[-2] in {"reports", "reported"} and last in {"in", "on"}:
        return "reports"  # "as Ana Ruiz reports in today's Herald"
    if len(near) > 2 and near[-2] == "," and near[-3] in _STORIES and last in {"in", "from", "by"}:
        return "reports"  # "a second report, in the Herald"
    if last == "per" or (len(near) > 1 and near[-2] in _BROUGHT and last in {"in", "on"} and "interview" not in near):
        return "reports"
    if outlet.last < len(lows) and lows[outlet.last] == "itself":
        return None  # "according to Reuters itself"
    if len(near) > 1 and near[-2] in _ASKED and last in {"by", "on"}:
        return "told"  # "Asked by the Herald whether …, Lind replied"
    if last in {"via", "(via"} or near[-2:] == ["according", "to"] or "according" in near:
        return "reports"
    if last == "by" and len(near) > 1:
        if near[-2] in {"quoted", "cited", "carried"}:
            return "quotes"
        if near[-2] in {"interviewed"}:
            return "told"
        if near[-2] in {
            "reported",
            "published",
            "released",
            "obtained",
            "broadcast",
            "report",
            "story",
            "article",
            "revealed",
            "made",
            *_SEEN,
        }:
            return "reports"
    for back in range(len(before) - 1, -1, -1):
        if before[back] in _TOLD:
            between = before[back + 1 :]
            return "told" if "," not in between and "that" not in between and "“”" not in between else None
    if last in {"on", "in", "to", "with", "for"} and any(word in _SPOKE for word in near[:-1]):
        return "told"
    if last == "on" and outlet.kind == "broadcaster":
        return "told"
    if before[-2:] in (["from", "a"], ["from", "an"]) and not _JOBS.isdisjoint(lows[outlet.last : outlet.last + 2]):
        return "told"  # "learned of it from a CNN producer"
    if last == "to" and len(near) > 1 and near[-2] in _SAID_TO:
        return "told"  # "explained to the broadcaster Mida One"
    if _printed_in(unit, outlet) or _interviews(unit, outlet):
        return "told"
    if len(near) > 1 and near[-2] in _STORIES and last in {"in", "from", "by", "on"}:
        return "reports"
    if outlet.last < len(items):
        follows = lows[outlet.last]
        after = lows[outlet.last + 1] if outlet.last + 1 < len(lows) else ""
        if follows in {"'s", "’s"} and after in {"interview", "q&a"}:
            return "told"
        if follows in _ON_AIR and (last in {"his", "her", "their", "in", "on", "its"} or "on" in near[-2:]):
            return "told"
        if follows in {"has", "have", "was"} and "told" in lows[outlet.last + 1 : outlet.last + 4]:
            return "told"  # "Reuters has also been told that"
        if follows in {"reports", "reported", "writes"} and (after in {"on", "of"} or unit.items[outlet.last].capital):
            return "reports"
        on = _behind_what_it_is(unit, outlet.last)
        called = next((low for low in lows[on : on + 4] if low not in _CALLED | _HAD), "")
        if called in _QUOTES or (
            follows in {"is", "has", "also"} and outlet.last + 1 < len(lows) and lows[outlet.last + 1] in _QUOTES
        ):
            return "quotes"
        if (
            follows in {"report", "reports", "story", "investigation", "exclusive", "analysis"}
            and outlet.last + 1 < len(lows)
            and lows[outlet.last + 1] in _TELLS
        ):
            return "reports"
        if follows == "'s" and not _STORY.isdisjoint(lows[outlet.last + 1 : outlet.last + 4]):
            return "reports"
        if follows in {"understands", "understood"}:
            return "reports"
        if follows in {"has", "have"} and not (_PUBLISHED | _SEEN).isdisjoint(lows[outlet.last + 1 : outlet.last + 4]):
            return "reports"
        if follows in {"has", "is", "have"} and any(low in _SPOKE for low in lows[outlet.last + 1 : outlet.last + 4]):
            return "told"
    return None


def _printed_in(unit: Unit, outlet: Outlet) -> bool:
    """Say whether a sentence begins with where somebody says it: "In the Herald, Lind says", "Over at the Herald,"."""
    lows = unit.lows
    begun = [low for low in lows[: outlet.first] if low not in {"the", "and", "but", "meanwhile", ",", "over"}]
    comma = outlet.last < len(lows) and lows[outlet.last] == ","
    over = lows[: outlet.first][:2] == ("over", "at")  # not "In Reuters," but "Over at Reuters,"
    on_air = begun == ["on"] and outlet.kind in {"broadcaster", "programme"}  # "On Radio Mida, Lind said"
    return (
        comma and (begun in (["in"], ["at"]) or on_air) and outlet.kind != "again" and (over or outlet.kind != "agency")
    )


def _interviews(unit: Unit, outlet: Outlet) -> bool:
    """Say whether somebody of an outlet was spoken to: "Reuters' Ana Ruiz has been talking to Lund, who says"."""
    items, lows = unit.items, unit.lows
    at = outlet.last
    if lows[at : at + 1] not in (("'s",), ("’s",), ("'",), ("’",)):
        return False
    at += 1
    while at < len(items) and items[at].capital and items[at].kind == "word":
        at += 1
    if at == outlet.last + 1:
        return False
    while at < len(items) and items[at].may("have", "be", "adverb"):
        at += 1
    return lows[at : at + 1] == ("interviewed",) or (
        lows[at : at + 1] in _TALKS and lows[at + 1 : at + 2] in (("to",), ("with",))
    )


def copied(unit: Unit, outlet: Outlet) -> bool:
    """Say whether a sentence without a cue gives an outlet's copy: "More from Mida News:", "(quote via Mida News)"."""
    lows = unit.lows
    before = [
        low for low in lows[max(outlet.first - 4, 0) : outlet.first] if low not in {"the", "latest", "a", "local"}
    ]
    byline = not unit.ends_with(":") and lows[outlet.last : outlet.last + 1] in (("'s",), ("’s",))
    if byline and outlet.first < 4 and lows[0] in {"from", "by", "analysis", "reporting"}:
        return False  # "From Mida News's Ana Ruiz in Kern"
    if before and before[-1] in {"from", "via", "here's", "here"}:
        more = unit.items[outlet.last] if outlet.last < len(unit.items) else None
        plain = more is not None and more.kind == "word" and not more.roles and more.low not in {"'s", *_COPY}
        return not plain  # no "across from the Pulse club"
    behind = lows[outlet.last : outlet.last + 4]
    if behind[:1] and behind[0] in _HAS and not _STORIES.isdisjoint(lows[outlet.last + 1 : outlet.last + 6]):
        return True  # "Reuters has the story:", "the Herald has a good round-up on the talks"
    return (outlet.first <= 1 or lows[0] in {"here", "here's", "and"}) and (
        "this" in behind
        or ("more" in behind and not (_HAS & set(behind) and not unit.ends_with(":")))
        or unit.ends_with(":")
        or behind[:1] == ("report",)
    )
