"""A sweep lists what still asserts a state that is over, and words that were corrected elsewhere."""

from datetime import UTC, datetime

import pytest

from asithappened.ledger.changes import Change, Corrected, Place, Stale, Switched, Value, plain
from asithappened.ledger.sweep import contradictions, sweep

WEDNESDAY = datetime(2031, 3, 12, 14, 10, tzinfo=UTC)
BRIDGE = Switched(key="bridge", label="Lenn Bridge", old=(Value(words="closed"),), new=Value(words="open"))
ALERT = Switched(
    key="alert",
    label="air alert, Mykolaiv",
    places=("Mykolaiv",),
    old=(Value(words="on"),),
    new=Value(words="over"),
)
TRIAL = Switched(key="t", label="Trial of Ada Quill", old=(Value(words="under way"),), new=Value(words="adjourned"))
AIRPORT = Switched(key="air", label="Gatwick airport", old=(Value(words="closed"),), new=Value(words="open"))
CURFEW = Switched(
    key="curfew", label="Curfew in Torr", places=("Torr",), old=(Value(words="in force"),), new=Value(words="lifted")
)
FERRY = Switched(key="ferry", label="Hollin ferry", old=(Value(words="suspended"),), new=Value(words="running"))


def stale(words: str, change: Change, *, place: Place = "post", language: str = "en") -> list[Stale]:
    return list(sweep([change], [plain("a", words, at=WEDNESDAY, place=place)], language))


def proposed(words: str, change: Change, *, place: Place = "post", language: str = "en") -> str:
    for one in reversed(stale(words, change, place=place, language=language)):
        words = words[: one.start] + one.replacement + words[one.end :]
    return words


@pytest.mark.parametrize(
    ("change", "words", "right"),
    [
        (BRIDGE, "Lenn Bridge is closed.", "Lenn Bridge is open."),
        (BRIDGE, "Police have closed Lenn Bridge.", "Police have reopened Lenn Bridge."),
        (BRIDGE, "The Lenn Bridge remains shut, police say.", "The Lenn Bridge remains open, police say."),
        (BRIDGE, "Lenn Bridge will remain closed overnight.", "Lenn Bridge will remain open overnight."),
        (ALERT, "There is an air alert in Mykolaiv.", "The air alert is over in Mykolaiv."),
        (ALERT, "An air alert is in force in Mykolaiv.", "An air alert is over in Mykolaiv."),
        (ALERT, "An air raid alert has been declared in Mykolaiv.", "An air raid alert has been lifted in Mykolaiv."),
        (FERRY, "The Hollin ferry is suspended.", "The Hollin ferry is running."),
        (TRIAL, "The Quill trial is under way.", "The Quill trial is adjourned."),
        (AIRPORT, "Gatwick remains closed.", "Gatwick remains open."),
        (CURFEW, "Torr is under curfew.", "Torr is no longer under curfew."),
    ],
)
def test_what_asserts_an_old_state_is_listed_with_its_correction(change: Change, words: str, right: str) -> None:
    assert proposed(words, change) == right
    assert stale(right, change) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (BRIDGE, "Lenn Bridge has reopened."),
        (BRIDGE, "Lenn Bridge, which had been closed, is open."),
        (BRIDGE, "Tower Bridge is closed."),
        (BRIDGE, "Lenn Bridge may be closed later."),
        (BRIDGE, "Lenn Bridge is no longer closed."),
        (BRIDGE, "Lenn Bridge was closed for two hours."),
        (BRIDGE, "Lenn Bridge was closed on Monday."),
        (BRIDGE, "Is Lenn Bridge closed?"),
        (ALERT, "There is an air alert in Kyiv."),
        (ALERT, "No air alert is in force in Mykolaiv."),
        (ALERT, "An earlier air alert in Mykolaiv has been lifted."),
        (FERRY, "The Marsh ferry is suspended."),
        (TRIAL, "The trial of Bo Lund is under way."),
        (CURFEW, "Shops were looted while the curfew was in force in Torr."),
        (CURFEW, "Orsk is under curfew."),
        (AIRPORT, "Luton airport is closed."),
        (BRIDGE, "Police closed Lenn Bridge at 12.40pm."),
        (BRIDGE, "Lenn Bridge was closed from 12.40pm to 5.30pm."),
        (ALERT, "The air alert in Mykolaiv was declared for the third time."),
    ],
)
def test_another_state_or_one_that_is_marked_as_past_is_not_listed(change: Change, words: str) -> None:
    assert stale(words, change) == []


def test_a_headline_that_only_names_an_alert_says_that_it_is_on() -> None:
    assert proposed("Air alert in Mykolaiv", ALERT, place="headline") == "Air alert over in Mykolaiv"
    assert proposed("Mykolaiv under air alert", ALERT) == "Mykolaiv no longer under air alert"
    assert stale("Mykolaiv no longer under air alert", ALERT) == []
    assert stale("Air alert in Mykolaiv is over", ALERT, place="headline") == []
    assert stale("No air alert in Mykolaiv", ALERT, place="headline") == []


@pytest.mark.parametrize(
    ("language", "label", "old", "new", "words"),
    [
        ("de", "Autobahn", "closed", "open", "Die Autobahn ist gesperrt."),
        ("es", "carretera", "closed", "open", "La carretera está cortada."),
    ],
)
def test_states_are_read_by_the_list_of_their_language(
    language: str, label: str, old: str, new: str, words: str
) -> None:
    road = Switched(key="r", label=label, old=(Value(words=old),), new=Value(words=new))
    assert len(stale(words, road, language=language)) == 1


DIVER = Corrected(
    key="diver",
    was="one diver was unhurt",
    now="two divers were unhurt",
    sentence="The coastguard said one diver was unhurt.",
)
OPENED = Corrected(key="opened", was="the bridge opened in 1923", now="the bridge opened in 1932")
NAME = Corrected(key="name", was="Jon Smith", now="John Smith")
LANE = Corrected(key="lane", was="Chapel Lane", now="Chapel Street", sentence="A roof is burning in Chapel Lane.")
SENTENCE = Corrected(
    key="years", was="14 years", now="12 years", sentence="Martin Keele was sentenced to 14 years in prison for fraud."
)
WALL = Corrected(
    key="wall", was="Hallam Brothers", now="Hallam & Sons", sentence="The wall was built by Hallam Brothers in 1953."
)
DAY = Corrected(key="day", was="Tuesday", now="Wednesday", sentence="The inquest opens on Tuesday at Hollin court.")
TOLL = Corrected(key="toll", was="63 people were killed", now="36 people were killed")


@pytest.mark.parametrize(
    ("change", "words", "right"),
    [
        (DIVER, "One diver was unhurt, the coastguard says.", "Two divers were unhurt, the coastguard says."),
        (OPENED, "When it opened in 1923, the bridge was wider.", "When it opened in 1932, the bridge was wider."),
        (NAME, "“JON SMITH” is the mayor.", "“John Smith” is the mayor."),
        (DAY, "The inquest will open on Tuesday.", "The inquest will open on Wednesday."),
        (TOLL, "Sixty-three people were killed.", "36 people were killed."),
        (NAME, "Mr Smith left. Jon Smith came.", "Mr Smith left. John Smith came."),
        (WALL, "Hallam Brothers built the wall in 1953.", "Hallam & Sons built the wall in 1953."),
        (LANE, "The fire in Chapel Lane has spread.", "The fire in Chapel Street has spread."),
        (
            SENTENCE,
            "Keele was led away. He must serve half of his 14 years.",
            "Keele was led away. He must serve half of his 12 years.",
        ),
    ],
)
def test_the_same_error_is_listed_in_other_words_around_it(change: Change, words: str, right: str) -> None:
    assert proposed(words, change) == right
    assert stale(right, change) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (DIVER, "Correction: we said one diver was unhurt; two were."),
        (DIVER, "One diver was hurt."),
        (OPENED, "The school opened in 1923."),
        (OPENED, "She was born in 1923."),
        (DAY, "A match was played on Tuesday."),
        (DAY, "The inquest opens on Wednesday, not Tuesday."),
        (TOLL, "63 people were hurt."),
        (NAME, "Jon Quill is the mayor."),
        (LANE, "Chapel Lane primary school is shut."),
        (LANE, "A fire began in Chapel Lane in 1834."),
        (SENTENCE, "Colin Strand was sentenced to 14 years."),
    ],
)
def test_a_note_that_corrects_and_the_same_word_about_another_thing_are_not_listed(change: Change, words: str) -> None:
    assert stale(words, change) == []


def test_right_words_that_hold_the_wrong_ones_are_no_error() -> None:
    longer = Corrected(key="l", was="the mayor of Hollin", now="the deputy of the mayor of Hollin")
    assert proposed("She is the mayor of Hollin.", longer) == "She is the deputy of the mayor of Hollin."
    assert stale("She is the deputy of the mayor of Hollin.", longer) == []


def test_a_writer_is_warned_of_states_and_corrections_too() -> None:
    text = plain("new", "Lenn Bridge is closed. Jon Smith said so.", at=WEDNESDAY)
    assert [one.change for one in contradictions(text, [NAME, BRIDGE])] == ["bridge", "name"]
