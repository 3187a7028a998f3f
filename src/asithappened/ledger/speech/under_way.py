"""The attributions of a post while it is read: what follows may let one reach further, or name its outlet.

Owns the list, which of it is inside another's words, and relays that are owed to what comes next. Look next:
`attribution`.
"""

from msgspec.structs import replace

from asithappened.ledger.speech.clauses import Unit
from asithappened.ledger.speech.contents import kind_of_quote
from asithappened.ledger.suggestions import Attribution, Relay
from asithappened.ledger.views import PostView


class UnderWay:
    """What was found so far in a post."""

    def __init__(self, post: PostView) -> None:
        self._post = post
        self.found: list[Attribution] = []
        self.nested: set[int] = set()  # those that are inside another's words
        self.owed: list[Relay] = []  # relays of what comes next

    def add(
        self,
        start: int,
        end: int,
        *,
        source: str,
        printed: tuple[int, int] = (0, 0),
        cue: tuple[int, int] = (0, 0),
        cue_class: str = "assert",
        channel: str = "",
        quote: str = "indirect",
        rule: str,
        confidence: int,
    ) -> int:
        """Add an attribution of words from `start` to `end`; return which it is."""
        text = self._post.text
        self.found.append(
            Attribution(
                post=self._post.number,
                start=start,
                end=end,
                exact=text[start:end],
                confidence=confidence,
                rule=rule,
                source=source,
                source_start=printed[0],
                source_end=printed[1],
                source_exact=text[printed[0] : printed[1]],
                cue=text[cue[0] : cue[1]],
                cue_start=cue[0],
                cue_end=cue[1],
                cue_class=cue_class,  # type: ignore[arg-type]
                quote=quote,  # type: ignore[arg-type]
                channel=channel,  # type: ignore[arg-type]
            )
        )
        return len(self.found) - 1

    def reported_on(self, start: int, unit: Unit, speaker: str) -> None:
        """Add a sentence that its verb alone gives as what was said before goes on: "Die Lage sei ernst."."""
        items = unit.items
        first, last = items[0].start, items[-2 if items[-1].text == "." and len(items) > 1 else -1].end
        self.add(
            start + first,
            start + last,
            source=speaker,
            quote=kind_of_quote(items, first, last),
            rule="attribution.subjunctive",
            confidence=75 if speaker else 60,
        )

    def last(self) -> int:
        """Return the last attribution that is not inside another's words; -1 if there is none."""
        return next((n for n in range(len(self.found) - 1, -1, -1) if n not in self.nested), -1)

    def reach(self, at: int, end: int, *, quote: str = "") -> None:
        """Let an attribution's words reach further."""
        one = self.found[at]
        if end > one.start:
            grown = replace(one, end=max(end, one.end), exact=self._post.text[one.start : max(end, one.end)])
            self.found[at] = replace(grown, quote="direct") if quote == "direct" else grown

    def relayed(self, at: int, relay: Relay) -> None:
        """Give an attribution one more outlet on whose word it is."""
        self.found[at] = replace(self.found[at], relays=(*self.found[at].relays, relay))

    def settle(self, at: int) -> None:
        """Give an attribution the relays that a sentence before it named."""
        if 0 <= at < len(self.found):
            for relay in self.owed:
                self.relayed(at, relay)
            self.owed = []
