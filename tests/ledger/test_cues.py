"""Which words make something somebody's, and whose: a rule a row, in sentences of our own."""

import pytest

from tests.ledger.sayings import cues, speakers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A bare form is of the present where many stand before it, however much stands between.
        ("Residents of the old town in Mida say the sirens failed.", [("Residents of the old town in Mida", "say")]),
        ("The talks, aides to Mr Lind say, will go on.", [("aides to Mr Lind", "say")]),
        # Somebody stands behind "by".
        ("The cuts announced by Mida on Friday will hurt.", [("Mida", "announced")]),
        ("The charge was denied by Olga Lind.", [("Olga Lind", "denied")]),
        # Somebody was told, and nobody is named.
        ("The passengers have been told that the ferry will not sail.", [("", "told")]),
        # What is rejected was said by somebody.
        ("The club dismissed the union's allegations.", [("The club", "dismissed")]),
        ("The ministry rejected rumours that the port would close.", [("The ministry", "rejected")]),
        # Nouns, with their owner before or behind.
        ("His call for the mayor to resign was ignored.", [("His", "call")]),
        ("The union's argument is that wages have fallen.", [("The union", "argument")]),
        ("She doubts promises made by Jan Osei that the road will open.", [("Jan Osei", "promises")]),
        # "As", "what" and "who" begin a clause of their own.
        ("As the ever careful Ana Ruiz has pointed out, it is old.", [("the ever careful Ana Ruiz", "pointed out")]),
        ("It shelled what the army said was a depot.", [("the army", "said")]),
        ("Osei, who called him “a fool”, left.", [("Osei", "called")]),
        ("He described the plan as being “half-baked” and left.", [("He", "described")]),
        # Whom it is said to runs into what is said.
        ("A passenger told the BBC police had boarded the ferry.", [("A passenger", "told")]),
        ("“We know how to build,” though, Lind continued, which is rare.", [("Lind", "continued")]),
        ("“All roads are shut,\" he told the council.", [("he", "told")]),
        ("The harbour office can confirm that the ferry has sailed.", [("The harbour office", "confirm")]),
        ("“Stay indoors,” reads the notice.", [("the notice", "reads")]),
        ("“It was close,” said one fireman who was there.", [("one fireman", "said")]),
    ],
)  # fmt: skip
def test_a_cue_is_found_however_it_is_built_in(text: str, found: list[tuple[str, str]]) -> None:
    assert cues(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "There were many promises that went unkept.",
        "Pulling from news reports, the group counted 20 cases.",
        "The town fired back at “the source” of the noise.",
        "She asks for an assurance that it was tried.",
        "The plane was denied passage by other states.",
        "His country's demands were heard.",
    ],
)
def test_a_noun_that_looks_like_a_verb_is_none(text: str) -> None:
    assert [cue for _, cue in cues(text) if cue not in {"said"}] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“He told me that he was sorry,” Ana Ruiz said.", ["", "Ana Ruiz"]),
        ("“I told him that it was over,” Ana Ruiz said.", ["Ana Ruiz"] * 2),
        ("“The toll is 12, Jan Osei said on Friday,” the Mida Herald reports.", ["Jan Osei", "Mida Herald"]),
    ],
)
def test_who_is_quoted_inside_a_quotation_counts_too(text: str, found: list[str]) -> None:
    assert sorted(speakers(text)) == sorted(found)


@pytest.mark.parametrize("words", ["As I say, it is late", "I guess that it is late", "Well, I swear it is late"])
def test_who_is_quoted_quotes_nobody_by_words_that_only_stress(words: str) -> None:
    assert cues(f"“{words},” Ana Ruiz said.") == [("Ana Ruiz", "said")]
