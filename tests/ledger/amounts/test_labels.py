"""Numbers that only label something are no figures: pages, scores, names, telephones."""

import pytest

from tests.ledger.reading_text import figures


@pytest.mark.parametrize(
    "text",
    [
        "He was the 2nd, and she the third.",
        "The G20, the FTSE 100, an AMX-10, BBC2 and an A380.",
        "See page 3, chapter 11 and section 28.",
        "Rovers won 2-0 after a 4-3 defeat, 6-4, 6-3 on aggregate.",
        "The motion passed 285-144.",
        "Call 020 7946 0000 or +44 1632 960 001.",
        "Hundreds came, then thousands, then tens of thousands, and a few hundred left.",
        "No one knew which one it was; one of them did, one official said.",
        "One day it will be a one-off in the first half.",
        "He works 24/7 since 9/11.",
        "A week ago she paid for an hour.",
        "He eats twice a day and doubled it.",
        "She flew on Air Force One to Channel 4.",
        "Windows 8 came before it.",
        "It was posted at https://example.org/2024/05/17/63-dead by @user99 #day7.",
        "Third-party and third-quarter results are half-baked, a half-hearted effort.",
        "He signed a zero-hours contract.",
        "See chapters four and five.",
        "It was a 2-to-1 vote, a 3 to 1 margin; the panel split 4 to 1.",
        "Call the police on 101, or dial 999. A 911 caller said so.",
        "Type 2 diabetes is common, level 3 restrictions are not.",
        "The motion was lost 285 to 272; the panel voted nine to zero.",
        "It is shut between junctions 17 and 18.",
        "Boeing's 787 Dreamliner is late, and so is iOS 9.",
        "A couple of hundred people came, and a couple dozen stayed.",
        "See section 79 subsection 1b.",
        "They gave Sh16,204,400 in all.",
        "By one count nobody sank; one study found none.",
        "They are in the last 16, in the round of 16 or in the final four.",
        "She lives at 14 Mill Lane. Text 60777, or see article 5(2). It is a 1-in-100-year flood.",
        "Outs were made at 2B.",
        "See the US elections 2016 live results.",
    ],
)
def test_what_only_says_which_one_is_no_figure(text: str) -> None:
    assert [one.exact for one in figures(text)] == []


def test_the_number_of_an_item_and_the_minute_of_a_match_are_no_figures() -> None:
    assert figures("1. The bridge\n2. The harbour") == []
    assert figures("86 mins A corner for the visitors.") == []
    assert figures("23' A corner for the visitors.") == []


@pytest.mark.parametrize("language", ["de", "es"])
def test_dates_and_scores_are_no_figures_in_german_and_spanish(language: str) -> None:
    text = {"de": "Am 26. Dezember 2022 um 19 Uhr stand es 2:1.", "es": "El 26 de diciembre de 2022 ganó 2-1."}[
        language
    ]
    assert figures(text, language) == []
