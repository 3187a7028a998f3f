"""Where the noun phrase after a number begins and ends, and whether there is one."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Three small, empty boats drifted ashore.", "small, empty boats"),
        ("12 weapons inspectors arrived on Monday.", "weapons inspectors"),
        ("More than 500 Sure Start centres closed.", "Sure Start centres"),
        ("Eight premier league away games remain.", "premier league away games"),
        ("Nearly 1,500 coal- and gas-fired plants closed.", "coal- and gas-fired plants"),
        ("Four plain-clothes police officers came.", "plain-clothes police officers"),
        ("Two 24-hour strikes are planned.", "24-hour strikes"),
        ("A group of 22 previously missing tourists came.", "previously missing tourists"),
        ("The quake left 63 homeless, officials said.", ""),
        ("It left 30 homeless, police and medics say.", ""),
        ("It is 20% more expensive.", ""),
        ("Some 18,000 announced earlier will go.", ""),
        ("The five most recent floods were worse.", "recent floods"),
        ("The mine has 40 total shafts.", "total shafts"),
        ("Two smaller parties joined.", "smaller parties"),
        ("63 likely voters were asked.", "likely voters"),
        ("It took 90% of the island vote.", "island vote"),
        ("Six weeks of paid leave are due.", "paid leave"),
        ("A 30% effective tax rate is due.", "effective tax rate"),
        ("Just 1% support the plan.", ""),
        ("Profits were 35% shallower than last year.", ""),
        ("I am 100% certain.", ""),
        ("She ran 12 women's shelters.", "shelters"),
    ],
)
def test_a_noun_phrase_ends_with_its_noun_and_none_is_made_of_adjectives(text: str, counted: str) -> None:
    assert figures(text)[0].counted == counted
