"""The speaker of a passive cue: somebody after "by", somebody whom an outlet quotes, or nobody named."""

import pytest

from tests.ledger.sayings import attributions, cues


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The cuts announced by Mida on Friday will hurt.", [("Mida", "announced")]),
        ("The mayor has been accused of lying by the opposition.", [("the opposition", "accused")]),
        ("The fall was blamed on the weather by analysts.", [("analysts", "blamed")]),
        ("The charge was denied by Olga Lind.", [("Olga Lind", "denied")]),
    ],
)
def test_what_was_done_by_somebody_is_theirs(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The passengers have been told that the ferry will not sail.", [("", "told")]),
        ("It was said that the goalkeeper had slept badly.", [("", "said")]),
    ],
)
def test_what_somebody_was_told_is_nobodys_where_nobody_is_named(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Reuters quoted Olga Lind as saying that the port was shut.",
        "Olga Lind was quoted by Reuters as saying that the port was shut.",
        "Reuters quotes Olga Lind: “The port is shut.”",
    ],
)
def test_whom_an_outlet_quotes_is_the_speaker_and_the_outlet_a_relay(text: str) -> None:
    (one,) = attributions(text)
    assert (one.source, [(relay.outlet, relay.mode) for relay in one.relays]) == ("Olga Lind", [("Reuters", "quotes")])
