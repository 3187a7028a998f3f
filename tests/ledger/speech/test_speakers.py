"""The person meant by a pronoun, a family name, an office or a body, and when nobody is named."""

import pytest

from asithappened.ledger.views import of_text
from tests.ledger.sayings import attributions, lines, speakers


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Olga Lind resigned. She said the vote was lost.", ["Olga Lind"]),
        ("The mayor, Jan Osei, opened the bridge. “It will hold,” Osei said.", ["Jan Osei"]),
        ("The defence ministry said three ships sank. “All are safe,” it added.", ["defence ministry"] * 2),
    ],
)
def test_a_speaker_is_resolved_by_what_stands_before(text: str, who: list[str]) -> None:
    assert speakers(text) == who


def test_of_two_who_may_be_meant_none_is_named() -> None:
    text = "Paul Osei met Mark Lind and David Roth. The crowd waited. He said it had gone well."
    assert speakers(text) == [""]


def test_who_speaks_for_a_body_is_not_it() -> None:
    text = "The ministry said the port was closed. He added that it would open soon."
    assert [one.source for one in attributions(text)] == ["ministry", ""]


@pytest.mark.parametrize(("text", "who"), lines("speakers.txt"))
def test_who_speaks_is_resolved_by_what_the_text_says_before(text: str, who: str) -> None:
    view = of_text(text.replace(" ¶ ", "\n\n"))
    assert "; ".join(one.source or "-" for one in attributions(view) if one.cue_end) == who
