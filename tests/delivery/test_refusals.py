"""Promises of `delivery.refusals`: an attack shows in the log, and does not fill the disk."""

import pytest

from asithappened.delivery import refusals
from asithappened.delivery.metrics import Metrics
from asithappened.delivery.refusals import Refusals
from asithappened.render.edition import SPOKEN
from asithappened.render.refused import pages as refused_pages


def test_many_refusals_are_one_line_that_names_each_kind_and_its_last_address(caplog: pytest.LogCaptureFixture) -> None:
    metrics = Metrics()
    refused = Refusals(metrics)
    refused.report(0.0)
    assert not caplog.messages, "nothing was refused"
    for address in ("192.0.2.1", "192.0.2.2", "192.0.2.3"):
        refused.note(refusals.CROWD, address)
    refused.note(refusals.FULL, "192.0.2.9")
    refused.report(0.0)
    refused.note(refusals.FULL, "192.0.2.10")
    refused.report(refusals.LOG_S - 0.1)
    assert caplog.messages == [
        "Refused: 3 came from an address that has too many (last from 192.0.2.3);"
        " 1 found all places taken (last from 192.0.2.9)"
    ]
    refused.report(refusals.LOG_S)
    assert caplog.messages[1:] == ["Refused: 1 found all places taken (last from 192.0.2.10)"]
    assert metrics.registry.get_sample_value("asithappened_refusals_total", {"why": "full"}) == 2


def test_who_found_no_room_is_told_when_to_come_back() -> None:
    refused = Refusals(Metrics())
    waits = {int(dict(refused.answer(refusals.FULL, []).headers)[b"retry-after"]) for _ in range(200)}
    assert waits <= {*range(2, 11)}
    assert len(waits) > 1, "not all of them at once"
    assert not [name for name, _ in refused.answer(refusals.BODY_LARGE, []).headers if name == b"retry-after"]


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        (b"ar-EG,ar;q=0.9", "بعد ثوان"),
        (b"es", "unos segundos"),
        (b"uk", "за кілька секунд"),
        (b"en", "in a few seconds"),
        (b"fr", "in wenigen Sekunden"),
        (b"", "in wenigen Sekunden"),
    ],
)
def test_an_overload_is_told_in_the_language_of_whoever_asks_or_else_in_the_houses(accept: bytes, words: str) -> None:
    refused = Refusals(Metrics(), {language: refused_pages(language) for language in SPOKEN}, "de")
    headers = [(b"accept-language", accept)] if accept else []
    for refusal in (refusals.CROWD, refusals.FULL, refusals.BUSY, refusals.MADE_ANEW):
        answers = {refused.answer(refusal, headers) for _ in range(200)}
        assert len(answers) <= 9, "each is made once, not while there is too much to do"
        assert all(words in answer.bodies[b""].decode() for answer in answers)


def test_every_refusal_has_a_page_of_its_own_in_every_language() -> None:
    named = {refusal.name for refusal in refusals.ANSWERED}
    assert len(named) == len(refusals.ANSWERED)
    assert [set(refused_pages(language)) for language in SPOKEN] == [named] * len(SPOKEN)
    assert b'<html lang="ar" dir="rtl">' in refused_pages("ar")["busy"]
