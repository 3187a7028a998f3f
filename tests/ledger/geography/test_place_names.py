"""Which names in a text may be a place's, by the words beside them."""

import pytest

from tests.ledger.reading_text import place_names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell in Kharkiv and near Kherson.", ["Kharkiv", "Kherson"]),
        ("The US president met the UK prime minister.", ["US", "UK"]),
        ("A ship sank in the Black Sea off Crimea.", ["Black Sea", "Crimea"]),
        ("Springfield, Illinois, was flooded.", ["Springfield", "Illinois"]),
        ("Rain fell across New South Wales.", ["New South Wales"]),
        ("Police in Bosnia-Herzegovina said so.", ["Bosnia"]),
        ("The Houston-based firm left.", ["Houston"]),
        ("It happened in the Gaza Strip.", ["Gaza Strip"]),
        ("A fire near Tumbarumba Creek is out of control.", ["Tumbarumba Creek"]),
        ("The village of Wexcombe was cut off.", ["Wexcombe"]),
        ("#Kyiv was calm.", ["Kyiv"]),
        ("Greater Manchester was wet.", ["Greater Manchester"]),
    ],
)
def test_a_place_is_found_by_its_name(text: str, found: list[str]) -> None:
    assert place_names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The Bank of England met.",
        "The University of Sussex said so.",
        "The Kyiv Independent reported it.",
        "Manchester United lost, and so did Leeds United.",
        "Manchester Airport was shut.",
        "Jordan Henderson spoke to Paris Hilton.",
        "Barack Obama and David Cameron met.",
        "Mr Lincoln met Mrs Preston.",
        "Nice weather, said the Syrian and the Parisian.",
        "Reading a book in the bath helps.",
        "The EU, Nato, the Kremlin and Downing Street agreed.",
        "It will be an orange deal, most say.",
        "Photograph: Ann Lee/London News Pictures",
    ],
)
def test_what_is_called_like_a_place_is_none(text: str) -> None:
    assert place_names(text) == []
