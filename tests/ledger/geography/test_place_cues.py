"""What stands some words before a name of no list, and says that it is a town's or a river's."""

import pytest

from tests.ledger.reading_text import place_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("There was flooding in Tolmer overnight.", ["Tolmer"]),
        ("Homes were evacuated near Brakeley, and in Ostwick.", ["Brakeley"]),
        ("Trains between Tolmer and Brakeley are cancelled.", ["Tolmer", "Brakeley"]),
        ("The A34 from Tolmer to Brakeley is shut.", ["Tolmer", "Brakeley"]),
        ("The village is 40km from Tolmer.", ["Tolmer"]),
        ("It was felt as far away as Tolmer.", ["Tolmer"]),
        ("A bus fell into a gorge at Kottipur.", ["Kottipur"]),
        ("The mayor of Tolmer said so.", ["Tolmer"]),
        ("He is the member for Tolmer.", ["Tolmer"]),
        ("Firefighters from Tolmer were sent.", ["Tolmer"]),
        ("The banks of the Ruzin were lined with sandbags.", ["Ruzin"]),
        ("A flood warning is in force along the Ruzin.", ["Ruzin"]),
        ("The Ruzin has burst.", ["Ruzin"]),
        ("The river is rising: the Ruzin at Tolmer has peaked.", ["Ruzin", "Tolmer"]),
        ("It is on the Lower Ruzin.", ["Lower Ruzin"]),
    ],
)
def test_what_stands_some_words_before_says_that_it_is_a_place(text: str, names: list[str]) -> None:
    assert [name for name in place_names(text) if name != "Ostwick"] == names


@pytest.mark.parametrize(
    "text",
    [
        "The storm around Tolmer is growing.",
        "Passes from Tolmer to Brakeley were cut out.",
        "Flooding was seen in Tolmer's report.",
        "Residents in April were told.",
        "Protests in Parliament went on.",
        "Shares in Tolmer fell.",
        "Talks between Tolmer and Brakeley failed.",
        "The crash in Tolmer shares went on.",
        "A letter to Tolmer was sent.",
    ],
)
def test_a_name_that_may_be_anybodys_is_none(text: str) -> None:
    assert "Tolmer" not in place_names(text)


def test_a_newspaper_is_no_river() -> None:
    assert "Guardian" not in place_names("The Guardian at Tolmer says the river is rising.")
