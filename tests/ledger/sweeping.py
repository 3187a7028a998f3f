"""Where a text still says the old thing, and the text after its correction, for tests of sweeps."""

from datetime import UTC, datetime

from asithappened.ledger.changes import Change, Moved, Place, Stale, Value, plain
from asithappened.ledger.stale.sweep import sweep

WEDNESDAY = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)


TOLL = Moved(
    key="toll",
    label="Miners killed at Hollin",
    counted="miners",
    outcome="killed",
    places=("Hollin",),
    old=(Value(value=40), Value(value=63)),
    new=Value(value=89),
)


POWER = Moved(
    key="power",
    label="Homes without power",
    counted="homes",
    outcome="cut off",
    old=(Value(value=4600, modifier="about"),),
    new=Value(value=11_400),
)


def stale(
    words: str, change: Change = TOLL, *, at: datetime | None = WEDNESDAY, place: Place = "post", language: str = "en"
) -> list[Stale]:
    """Return where a text still says what a change superseded."""
    return list(sweep([change], [plain("a", words, at=at, place=place)], language))


def proposed(words: str, change: Change = TOLL, *, place: Place = "post", language: str = "en") -> str:
    """Return a text with every proposal in its place."""
    for one in reversed(stale(words, change, place=place, language=language)):
        words = words[: one.start] + one.replacement + words[one.end :]
    return words
