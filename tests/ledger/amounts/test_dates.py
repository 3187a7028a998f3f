"""Dates, times of day and ages are no figures."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    "text",
    [
        "It began in 2014 and ended in the 1990s.",
        "The vote is on 26 December, or December 27.",
        "They met on 3 and 4 October, and again on 5-7 May.",
        "Doors open at 7pm, 19:30 at the latest, and at 10 o'clock.",
        "At 9.45am the line was cut.",
        "Ann Lee, 28, and a 31-year-old man aged 31 were named.",
        "It was a quarter past eleven.",
        "Care for three and four-year-olds is free (11.11).",
        "It runs up to 2021. At one point I was only 27 when I left.",
        "The Sept. 11 memorial drew crowds, the Nov. 8 election did not.",
        "Emissions are below 1990 levels.",
        "It is for people under 30, and for 18- to 24-year-olds.",
        "Bo and Ana Lund, 27 and 29 years old, left. Lee, 40 – a baker – stayed. Even at 86 she sings.",
        "In the 80’s he was 6'3 tall.",
        "He is now 28 and lives there.",
        "It is for children aged five to 11 years.",
        "12 Years a Slave is on BBC1 at 9 and again at 10.",
        "They are live until 6. Men aged 30 and 35 sang.",
        "The average age of the dead was 34; the oldest was 81, the youngest 12.",
        "Kids up to 12 travel free. At 29, she is the youngest. Ana and Bo, 39 and 42, left.",
        "At 12 noon, or at 20 past nine, he's 22. Archie, five, and Bo, three, sang.",
        "Some are under 45 years of age.",
        "The bowls are of 1000 to 600 BC.",
    ],
)
def test_a_day_a_year_a_time_and_an_age_are_no_figures(text: str) -> None:
    assert [one.exact for one in figures(text)] == []


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Die Polizei spricht von 1200 Traktoren.", ["1200"]),
        ("In 1600 Haushalten fiel der Strom aus.", ["1600"]),
        ("Im Jahr 1200 Klöster zu gründen, war teuer.", []),
        ("Seit 1990 Betriebe schließen, fehlt Arbeit.", []),
        ("1848 kamen sie an die Macht.", []),
    ],
)
def test_in_german_four_digits_before_a_noun_count_it_unless_they_may_be_a_year_of_our_time(
    text: str, exact: list[str]
) -> None:
    assert [one.exact for one in figures(text, "de")] == exact
