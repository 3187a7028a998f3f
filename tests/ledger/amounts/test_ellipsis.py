"""What a number counts, or its unit, where that was said before it in its sentence."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Of the cases found today, 63 are in Mida and nine in Kern.", ["cases", "cases"]),
        ("37% of firms will hire, while 22% said they would not.", ["firms", "firms"]),
        ("It was liked by 36% of adults and disliked by 24%.", ["adults", "adults"]),
        ("The Greens were named by 23% of voters, ahead of Labour (17%).", ["voters", "voters"]),
        ("She has 51% of the vote to his 46%.", ["vote", "vote"]),
        ("Half of the homes are new, and a fifth are empty.", ["homes", "homes"]),
        ("They want 40,000 homes, of which a quarter should be cheap.", ["homes", "homes"]),
        ("Of the 17 charges, he was convicted of 11 and cleared of four.", ["charges", "charges", "charges"]),
        ("They are ahead in 282 seats and the others in 48.", ["seats", "seats"]),
        ("Of 70 patients treated, 41 got well, but only 22 of the 68 on a placebo.", ["patients"] * 4),
        ("It had eight coaches instead of 12.", ["coaches", "coaches"]),
        ("Some 2,500 people slept in 14 halls, and 800 more in a church.", ["people", "halls", "people"]),
        ("Fires burned in 12 towns, three of them in Kern.", ["towns", "towns"]),
        ("The rate is 302 per 100,000 people, up from 231.", ["", "people", ""]),
        ("The city has 12 stations, and sales rose 4% of late.", ["stations", ""]),
    ],
)
def test_a_number_without_a_noun_counts_what_its_sentence_counted(text: str, counted: list[str]) -> None:
    assert [one.counted for one in figures(text)] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Two missiles hit the market, killing 12.", ["missiles", ""]),
        ("A strike on three schools killed nine and wounded 40 more.", ["schools", "", ""]),
        ("Some 50 homes burned and 12 were injured.", ["homes", ""]),
        ("Ten helicopters are lost and 14 are missing.", ["helicopters", ""]),
        ("Forty flights were cancelled and 3,000 stranded.", ["flights", ""]),
        ("Two officers were killed and five wounded.", ["officers", "officers"]),
        ("Twelve Iraqis died and 30 were hurt.", ["Iraqis", "Iraqis"]),
    ],
)
def test_those_who_were_killed_or_held_are_no_things(text: str, counted: list[str]) -> None:
    assert [one.counted for one in figures(text)] == counted


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("She had the job for 11 years and led the party for 30.", ["years", "years"]),
        ("It will last for at least 12 hours, perhaps 24.", ["hours", "hours"]),
        ("The term was cut from 12 months to nine.", ["months", "months"]),
        ("It is nine years since the flood and 30 since the drought.", ["years", "years"]),
        ("It stands at 6.2 metres and will peak at 6.5.", ["m", "m"]),
        ("It is 12 degrees in Mida, 30 in Kern.", ["degrees", "degrees"]),
        ("He led for 11 years in a house of 30.", ["years", ""]),
        ("It took 11 minutes. They had waited for 30.", ["minutes", ""]),
        ("A 16-day strike was called off for 12.", ["days", ""]),
    ],
)
def test_a_number_that_stands_as_one_with_a_unit_did_has_it_too(text: str, units: list[str]) -> None:
    assert [one.unit for one in figures(text)] == units
