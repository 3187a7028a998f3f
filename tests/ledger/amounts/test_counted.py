"""What a quantity counts, and the outcome of what is counted."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("63 Russian soldiers were killed.", "Russian soldiers"),
        ("A strike killed 89 servicemen, it said.", "servicemen"),
        ("A $3bn loan was agreed last night.", "loan"),
        ("A 5% reduction took effect.", "reduction"),
        ("A four-member panel met.", "member"),
        ("52% of the voters agreed.", "voters"),
        ("Three of the men fled.", "men"),
        ("A surplus of €9bn is expected.", "surplus"),
        ("Six years of recession ended.", "recession"),
        ("40 people gathered in the square.", "people"),
        ("The toll rose to 89.", ""),
        ("A 150-page report came out.", "page"),
        ("They have just three hits tonight.", "hits"),
        ("It flies at five times the speed of sound.", ""),
        ("Two out of the five cabins stood.", "cabins"),
        ("He shot from 30 yards looks like it.", ""),
        ("A six vehicle crash shut the road.", "vehicle"),
        ("They scored three RBI's.", "RBI"),
        ("1% of the bank's 100,000 tellers were told.", "tellers"),
        ("It is within 60 miles of the coast.", ""),
        ("Some 30-odd people left, then 100-plus people.", "people"),
        ("All but two of the 63 left.", ""),
        ("12 hit Mida at dawn.", ""),
        ("He has two weeks' notice.", "notice"),
        ("One in five of us smoke.", ""),
        ("The 16-day shutdown cost $24bn.", "shutdown"),
        ("A 27ft wave hit Porth.", "wave"),
        ("They won six of their last eight games.", "games"),
        ("There is £30,000 worth of damage.", "damage"),
        ("Gusts of 90mph are forecast.", "Gusts"),
        ("It is due in two weeks' time.", ""),
        ("Five 250kg bombs fell.", "250kg bombs"),
        ("63 US soldiers left.", "US soldiers"),
        ("One man died.", "man"),
        ("She leads by 12 points.", "points"),
        ("The lake has a depth of 10km.", "depth"),
        ("Bonds of 10-year yields hit a wall.", "yields"),
        ("Output shrank 6.4% year on year.", ""),
        ("A family of four pays.", "family"),
        ("She has 38% support, he has none.", "support"),
        ("63 Iraqis fled.", "Iraqis"),
        ("Thousands of $12-an-hour jobs went.", "jobs"),
        ("One in four homes is empty.", "homes"),
        ("Two trains an hour will run.", "trains"),
        ("The fund holds £3bn offshore.", ""),
        ("Sales fell 5% year-on-year.", ""),
        ("The top 1% paid nothing.", ""),
        ("It is twice the size of Wales.", ""),
        ("Two weeks ago it snowed.", ""),
        ("Profits rose to £3m.", ""),
        ("It fell by 4%.", ""),
        ("They paid $5m for roads.", ""),
        ("89 were hurt.", ""),
        ("There are 2.5 million out of work.", ""),
        ("The rate of 45% starts at noon.", "rate"),
        ("14 of the injured are in hospital.", "injured"),
        ("They were down from 66% four years ago.", ""),
        ("After three months of attempting to agree, they left.", ""),
        ("The last 15 minutes of the first half were dull.", ""),
        ("The largest of 34 burning is near Mida.", ""),
        ("Missiles with a range of 500km were fired.", "range"),
        ("A 300-strong force landed.", "force"),
        ("The 7.8-magnitude quake lasted.", "quake"),
        ("They have offered £22m plus extras.", ""),
        ("Net debt is 2.3 times earnings.", ""),
        ("The offer to 3,000 workers ranges from £1,000.", "workers"),
    ],
)
def test_what_is_counted_is_the_noun_that_the_number_governs(text: str, counted: str) -> None:
    assert figures(text)[0].counted == counted


def test_a_number_without_a_noun_counts_that_of_its_sentence() -> None:
    assert [one.counted for one in figures("There were 98 fires, 34 of them out of control.")] == ["fires", "fires"]
    assert [one.counted for one in figures("It won by 54 votes to 32.")] == ["votes", "votes"]


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Six members backed it, but two dissented.", ["members", "members"]),
        ("There were 77 cases, compared with 36 last year.", ["cases", "cases"]),
        ("It has 230 million users, 77% of them abroad.", ["users", "users"]),
        ("Labour won 40 seats, the Mida Greens 12 and the Liberals five.", ["seats", "seats", "seats"]),
        ("They sold 40 phones and the Kern 5.", ["phones"]),
        ("She got 306 votes to his 232.", ["votes", "votes"]),
        ("There were 358,000 claims, down from 374,000 the week before.", ["claims", "claims"]),
        ("It held six seats and needed 30.", ["seats", "seats"]),
        ("Ten boats sank as the index fell to 63.", ["boats", ""]),
        ("50 homes burned, with the number injured exceeding 200.", ["homes", ""]),
        ("It claimed 59 lives and injured 175.", ["lives", ""]),
        ("There were 51 votes for Lund to 49 for Ruiz.", ["votes", "votes"]),
        ("Profits (before tax) of £3m were made.", ["Profits"]),
        ("The board grew from 12 to 15 members.", ["members", "members"]),
        ("A two-man crew died and 12 were hurt.", ["man", ""]),
        ("12 men were hurt, and two others died.", ["men", "others"]),
    ],
)
def test_what_stands_once_is_counted_by_two(text: str, counted: list[str]) -> None:
    assert [one.counted for one in figures(text)] == counted


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("12 people were killed.", "killed"),
        ("12 people died in the fire.", "killed"),
        ("The blast killed at least 12 people.", "killed"),
        ("It left 12 people dead.", "killed"),
        ("12 people were hurt.", "injured"),
        ("Police arrested 12 men.", "arrested"),
        ("12 men are missing.", "missing"),
        ("12 homes have been destroyed.", "destroyed"),
        ("12 homes are without power.", "cut off"),
        ("12 people have closed the gap.", ""),
        ("12 people met.", ""),
        ("63 people (all of them miners) were killed.", "killed"),
        ("12 homes were lost.", "destroyed"),
        ("12 rolls (held together) were shown.", ""),
        ("A €80bn fund was created.", ""),
        ("12 gunmen killed a guard.", ""),
        ("12 missiles killed nine.", ""),
        ("It destroyed 12 homes and damaged nine more.", "destroyed"),
        ("Police arrested 12 men and charged nine.", "arrested"),
        ("At least 12 people, including two children, were killed.", "killed"),
    ],
)
def test_an_outcome_is_what_became_of_those_counted(text: str, outcome: str) -> None:
    assert figures(text)[0].outcome == outcome
