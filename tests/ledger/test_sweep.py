"""A sweep lists what still asserts an old figure as current, and nothing that marks it as past or means another."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from asithappened.ledger import views
from asithappened.ledger.changes import Moved, Stale, Text, Value, plain
from asithappened.ledger.sweep import contradictions, sweep
from asithappened.ledger.views import Part, PartView, PostView

WEDNESDAY = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)
TOLL = Moved(
    key="toll",
    label="Miners killed at Hollin",
    counted="miners",
    outcome="killed",
    places=("Hollin",),
    old=(Value(value=40), Value(value=63)),
    new=Value(value=89),
)
POWER = Moved(
    key="power",
    label="Homes without power",
    counted="homes",
    outcome="cut off",
    old=(Value(value=4600, modifier="about"),),
    new=Value(value=11_400),
)


def stale(words: str, change: Moved = TOLL, *, at: datetime | None = WEDNESDAY, language: str = "en") -> list[Stale]:
    return list(sweep([change], [plain("a", words, at=at)], language))


def proposed(words: str, change: Moved = TOLL, *, language: str = "en") -> str:
    """Return a text with every proposal in its place."""
    for one in reversed(stale(words, change, language=language)):
        words = words[: one.start] + one.replacement + words[one.end :]
    return words


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("At 14:05 officials said 63 had been killed.", "At 14:05 officials said 89 had been killed."),
        ("63 miners were killed in the collapse at Hollin.", "89 miners were killed in the collapse at Hollin."),
        ("At least 63 people died in the pit.", "At least 89 people died in the pit."),
        ("More than 60 miners were killed.", "89 miners were killed."),
        ("Hollin collapse: 63 dead", "Hollin collapse: 89 dead"),
        ("Death toll at 63", "Death toll at 89"),
        ("The number of dead has risen to 63.", "The number of dead has risen to 89."),
        ("Death toll rises to 63 from 40", "Death toll rises to 89 from 40"),
        ("Sixty-three miners were killed, the union says.", "Eighty-nine miners were killed, the union says."),
        ("63 miners were killed on Sunday when it fell.", "89 miners were killed on Sunday when it fell."),
        ("She denied a part in the blast that killed 63 men.", "She denied a part in the blast that killed 89 men."),
        ("63 were killed, the worst disaster since 1951.", "89 were killed, the worst disaster since 1951."),
        ("The collapse claimed the lives of 63 people.", "The collapse claimed the lives of 89 people."),
        ("A blast earlier today killed 63 miners, he said.", "A blast earlier today killed 89 miners, he said."),
        ("The toll, currently 63, is expected to rise.", "The toll, currently 89, is expected to rise."),
        ("The death toll has climbed to sixty-three.", "The death toll has climbed to eighty-nine."),
        ("Sixty-three bodies have been recovered.", "Eighty-nine bodies have been recovered."),
    ],
)  # fmt: skip
def test_what_asserts_an_old_figure_is_listed_with_its_correction(words: str, right: str) -> None:
    assert proposed(words) == right


@pytest.mark.parametrize(
    "words",
    [
        "The union previously said 63 miners were killed.",
        "The toll was raised to 89 from 63.",
        "The toll stands at 89, up from 63.",
        "The toll, put at 63 on Monday, has since risen.",
        "89 dead (previous 63)",
        "The toll was 63 at 14:20.",
        "The owners had put the toll at 63.",
        "Early reports said 63 had died.",
        "The toll is 89, higher than the 63 first reported.",
        "63 were killed, the ministry said. That figure has since been revised.",
        "That compares with 63 dead at noon.",
        "The toll had been put at 63 by the owners.",
        "The owners revised the toll upwards from 63.",
        "The owners first counted 63 dead.",
        "It was thought that 63 miners had died.",
        "The blast, it was said when 63 were known to be dead, came without warning.",
    ],
)
def test_a_figure_that_is_marked_as_past_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "On Monday officials put the toll at 63.",
        "Officials said on Monday that 63 people had been killed.",
        "By Monday night 63 had been confirmed dead.",
        "“We lost 63 men,” the mayor said on Monday.",
        "63 miners were killed in a collapse in 1951.",
        "The toll, given as 63 this morning, is much higher.",
    ],
)
def test_what_was_said_or_happened_at_another_time_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "63 miners were injured in the collapse.",
        "63 homes were destroyed.",
        "63% of miners were killed.",
        "63 children were killed.",
        "In Bristol, 63 people were killed.",
        "A fire broke out in Bristol. 63 people were killed.",
        "Another 63 people were killed.",
        "63 of them were killed.",
        "The shaft is 63 metres deep, and miners were killed.",
        "Sixty-three years ago a shaft fell in, killing 63.",
    ],
)
def test_another_count_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Officials denied that 63 miners were killed.",
        "The death toll could reach 63.",
        "Were 63 miners killed?",
        "We wrongly reported that 63 miners had been killed.",
        "An earlier version of this post said 63 miners had been killed.",
        "Dozens of miners were killed.",
        "Fears grow that 63 miners were killed.",
        "More than 60 miners could be killed.",
    ],
)
def test_what_is_denied_asked_possible_or_open_is_not_listed(words: str) -> None:
    assert stale(words) == []


@pytest.mark.parametrize("day", ["Wednesday", "Tuesday"])
def test_the_day_of_the_text_itself_marks_nothing_as_past(day: str) -> None:
    listed = stale(f"Officials said on {day} that 63 people had been killed.")
    assert bool(listed) == (day == "Wednesday")


FLIGHTS = Moved(key="flights", label="Flights cancelled", counted="flights", outcome="cancelled", places=("Heathrow",),
                old=(Value(value=140),), new=Value(value=230))  # fmt: skip
SEATS = Moved(key="seats", label="Labour seats", counted="seats", old=(Value(value=240),), new=Value(value=251))
MISSING = Moved(key="missing", label="Missing after the landslide", counted="people", outcome="missing",
                old=(Value(value=12),), new=Value(value=3))  # fmt: skip
AREA = Moved(key="area", label="Area burned at Alder Pass", figure="measure", unit="hectares", places=("Alder Pass",),
             old=(Value(value=3200),), new=Value(value=5800))  # fmt: skip

CASES = Moved(key="cases", label="Cases of cholera", counted="cases", old=(Value(value=118),), new=Value(value=160))
ARRESTS = Moved(key="arrests", label="People arrested", counted="people", outcome="arrested",
                old=(Value(value=14),), new=Value(value=22))  # fmt: skip
RIVER = Moved(key="river", label="Level of the Orr", figure="measure", unit="m", places=("Pell",),
              old=(Value(value=6.2),), new=Value(value=6.9))  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words", "listed"),
    [
        (FLIGHTS, "Heathrow has cancelled 140 flights.", True),
        (FLIGHTS, "Some 140 departures have been scrapped.", True),
        (FLIGHTS, "Gatwick has cancelled 140 flights.", False),
        (FLIGHTS, "Heathrow had earlier cancelled 140 flights.", False),
        (FLIGHTS, "140 flights left on time.", False),
        (POWER, "4,600 homes lose power", True),
        (POWER, "Power cuts hit 4,600 homes.", True),
        (POWER, "4,600 homes have had their power restored.", False),
        (POWER, "Engineers reconnected 4,600 homes.", False),
        (SEATS, "Labour are on 240 seats.", True),
        (SEATS, "The Conservatives have won 240 seats.", False),
        (SEATS, "Labour needs 240 seats.", False),
        (MISSING, "The search for the 12 missing goes on.", True),
        (MISSING, "A dozen people are unaccounted for.", True),
        (MISSING, "Twelve people who had been missing have been found.", False),
        (MISSING, "Of the 12 people reported missing, nine have been found alive.", False),
        (CASES, "118 people are ill with cholera.", True),
        (CASES, "118 people were vaccinated.", False),
        (ARRESTS, "Police are holding 14 people.", True),
        (ARRESTS, "14 people were at the meeting.", False),
        (SEATS, "Labour is projected to win 240 seats.", False),
        (RIVER, "The Orr is 6.2 metres deep at Pell.", True),
        (RIVER, "The Orr stood at 6.2 metres at Pell at 6am.", False),
        (AREA, "The largest fire, at Alder Pass, covers 3,200 hectares.", True),
        (AREA, "In the hills 3,200 hectares of wheat were sown.", False),
    ],
)
def test_a_figure_is_of_its_series_by_what_is_counted_and_whose_it_is(change: Moved, words: str, listed: bool) -> None:
    assert bool(stale(words, change)) == listed


def test_somebodys_own_words_are_kept_with_the_newest_behind_them() -> None:
    (one,) = stale("“We lost 63 men,” the mayor said.")
    assert (one.exact, one.replacement) == ("63", "63 [now 89]")
    assert proposed("“We lost 63 men,” the mayor said.") == "“We lost 63 [now 89] men,” the mayor said."


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("About 4,600 homes are without power.", "About 11,400 homes are without power."),
        ("4.6k homes are without power.", "11.4k homes are without power."),
        ("4600 homes are without power.", "11400 homes are without power."),
        ("Power is out at 4,600 homes, which are cut off.", "Power is out at 11,400 homes, which are cut off."),
        ("11,400 homes are without power.", "11,400 homes are without power."),
        ("Some 4,600 trees fell.", "Some 4,600 trees fell."),
    ],
)
def test_figures_are_compared_by_what_they_are_worth_and_printed_as_they_were(words: str, right: str) -> None:
    assert proposed(words, POWER) == right


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ("At least 63 miners were killed.", True),  # what was known then, though 89 are at least 63 too
        ("More than 60 miners were killed.", True),
        ("About 60 miners were killed.", True),
        ("More than 80 miners were killed.", False),
        ("Nearly 90 miners were killed.", False),
        ("More than 20 miners were killed.", False),
    ],
)
def test_a_round_number_is_listed_where_it_rounds_the_old_value_and_not_the_newest(words: str, listed: bool) -> None:
    assert bool(stale(words)) == listed


def test_a_value_within_a_range_that_stands_is_not_listed() -> None:
    ranged = Moved(key="r", label="Miners killed", counted="miners", outcome="killed", old=(Value(value=63),),
                   new=Value(value=65, low=60, high=70))  # fmt: skip
    assert stale("63 miners were killed.", ranged) == []


def test_one_becomes_many_with_its_noun_and_verb() -> None:
    one = Moved(
        key="one", label="Killed", counted="people", outcome="killed", old=(Value(value=1),), new=Value(value=3)
    )
    assert proposed("One person was killed in the fire.", one) == "Three people were killed in the fire."


@pytest.mark.parametrize(
    ("language", "words", "right"),
    [
        ("de", "63 Menschen wurden getötet.", "89 Menschen wurden getötet."),
        ("de", "Dreiundsechzig Menschen starben.", "89 Menschen starben."),
        ("de", "Die Behörden sprachen zuvor von 63 Toten.", ""),
        ("de", "Die Zahl der Toten stieg von 63 auf 89.", ""),
        ("de", "Weitere 63 Menschen wurden getötet.", ""),
        ("de", "Die Zahl der Toten ist auf 63 gestiegen.", "Die Zahl der Toten ist auf 89 gestiegen."),
        ("de", "Am Montag hatte die Polizei 63 Tote gemeldet.", ""),
        ("de", "89 Tote, nicht 63, wie zunächst gemeldet.", ""),
        ("es", "63 personas murieron en el derrumbe.", "89 personas murieron en el derrumbe."),
        ("es", "Sesenta y tres personas murieron.", "89 personas murieron."),
        ("es", "Anteriormente se habló de 63 muertos.", ""),
        ("es", "El balance subió de 63 a 89 muertos.", ""),
        ("es", "63 personas resultaron heridas.", ""),
        ("es", "El balance es de 63 muertos.", "El balance es de 89 muertos."),
        ("es", "Las autoridades habían informado de 63 muertos.", ""),
        ("es", "Son 89 muertos y no 63.", ""),
    ],
)
def test_german_and_spanish_are_read_by_their_own_lists(language: str, words: str, right: str) -> None:
    counted = {"de": "Menschen", "es": "personas"}[language]
    toll = Moved(key="t", label="", counted=counted, outcome="killed", old=(Value(value=63),), new=Value(value=89))
    assert proposed(words, toll, language=language) == (right or words)


def test_a_paragraph_that_gives_the_newest_knows_and_another_of_its_post_does_not() -> None:
    post = "The toll is 89, the union says.\n\n• 63 miners were killed at Hollin."
    (one,) = stale(post)
    assert post[one.start : one.end] == "63"
    assert one.sentence == "• 63 miners were killed at Hollin."
    assert post[one.sentence_start :].startswith(one.sentence)


def test_a_timeline_that_goes_on_to_the_newest_is_not_listed() -> None:
    assert stale("09:10 – 63 miners are dead\n\n12:00 – 89 are dead, the union says", at=None) == []
    assert len(stale("14:00 – 63 miners are dead\n\n14:05 – Rescuers go down")) == 1


def test_a_quotation_that_is_led_to_from_an_earlier_day_is_not_listed() -> None:
    parts = (
        PartView(kind=Part.PARAGRAPH, text="On Monday the mayor said:"),
        PartView(kind=Part.QUOTE, text="We have lost 63 miners killed.", start=27, author="The mayor"),
    )
    led = Text(key="a", view=PostView(number=1, parts=parts), at=WEDNESDAY)
    alone = Text(key="a", view=PostView(number=1, parts=parts[1:]), at=WEDNESDAY)
    assert list(sweep([TOLL], [led])) == []
    assert len(list(sweep([TOLL], [alone]))) == 1


def test_a_figure_that_stands_in_another_series_is_not_listed() -> None:
    crew = Moved(key="crew", label="Rescuers killed", counted="miners", outcome="killed", new=Value(value=63))
    words = [plain("a", "63 miners were killed.")]
    assert len(list(sweep([TOLL], words))) == 1
    assert list(sweep([TOLL, crew], words)) == []


def test_every_text_is_answered_by_its_key_in_its_order() -> None:
    texts = [plain(key, "63 miners were killed.", at=WEDNESDAY) for key in ("headline", "post:2", "alert:1")]
    assert [one.text for one in sweep([TOLL], texts)] == ["headline", "post:2", "alert:1"]


def test_a_writer_is_warned_of_an_older_value_and_of_one_that_no_series_had() -> None:
    def warned(words: str) -> list[tuple[str, str, str]]:
        return [(one.exact, one.asserts, one.stands) for one in contradictions(plain("new", words), [TOLL])]

    assert warned("63 miners were killed at Hollin.") == [("63", "superseded", "89")]
    assert warned("95 miners were killed at Hollin.") == [("95", "differs", "89")]
    assert warned("At least 80 miners were killed at Hollin.") == []
    assert warned("The toll rose from 89 to 95 miners killed.") == []
    assert warned("89 miners were killed at Hollin.") == []
    assert list(sweep([TOLL], [plain("new", "95 miners were killed at Hollin.")])) == []


PIECES = st.lists(
    st.sampled_from(
        ["63", "sixty-three", "89", "40", "at least 63", "more than 60", "63 or more", "12", "miners", "people", "died",
         "were killed", "injured", "previously", "said", "the toll", "rose from", "to", "was", ",", ".", "\n\n", "in",
         "on Monday", "Hollin", "Bristol", "“", "”", "another", "of them", "had", "since", "revised", "(", ")", "14:05",
         "2015", "€63m"]
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@given(words=PIECES, at=st.sampled_from([None, WEDNESDAY]))
@example(words="63 or more people were killed .", at=None)
@settings(max_examples=150, deadline=None)
def test_what_is_listed_has_an_old_value_and_is_not_listed_once_it_is_replaced(words: str, at: datetime | None) -> None:
    text = plain("a", words, at=at)
    for one in reversed(list(sweep([TOLL], [text]))):
        assert text.view.text[one.start : one.end] == one.exact
        assert any(old in one.exact.lower() for old in ("63", "sixty-three", "60", "40"))
        mended = words[: one.start] + one.replacement + words[one.end :]
        again = list(sweep([TOLL], [plain("a", mended, at=at)]))
        assert one.start not in {other.start for other in again}


def test_a_post_of_the_log_is_read_with_the_offsets_of_its_own_text() -> None:
    post = Text(key="post:1", view=views.of_text("Rescuers go down.\n\n63 miners were killed."))
    (one,) = sweep([TOLL], [post])
    assert post.view.text[one.start : one.end] == "63"
