"""Promises of the newsroom's page of corrections: all that readers may have, newest first, and gone at once."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from asithappened import press
from asithappened.core import events as e
from asithappened.corrections import consume as corrections
from asithappened.log import follow
from asithappened.published.models import Document, Entry
from tests.press.happenings import Happening, Newsroom, days
from tests.render.ledger.written import read

Day = list[list[Happening]]
pytestmark = [pytest.mark.both, pytest.mark.django_db]


def opened(slug: str, **more: Any) -> int:
    """Open a blog that is everyone's."""
    about = {"title": slug.title(), "audience": e.Audience.EVERYONE} | more
    return press.publish(None, [e.BlogOpened(slug=slug, **about)]).blog


def corrected(id_: str, **more: Any) -> e.CorrectionRecorded:
    """Return the event of a correction of the headline."""
    return e.CorrectionRecorded(correction=id_, **{"of": "headline", "was": f"wrong {id_}", "now": "right"} | more)


def followed(language: str = "en") -> str:
    """Have the page follow to the end, and return what it says."""
    follow.catch_up(corrections)
    return shown(language)


def shown(language: str = "en") -> str:
    """Return what the page says, whether anybody follows or not."""
    document = Document.objects.get(path=corrections.PATH, language=language)
    rows = Entry.objects.filter(document=document.pk).order_by("section", "-rank", "-blog", "pk")
    return " ".join(read(bytes(data)) for data in rows.values_list("data", flat=True))


def test_each_correction_stands_under_its_live_blog_the_newest_first() -> None:
    storm, flood = opened("storm"), opened("flood", language="de")
    press.publish(storm, [corrected("a", at=datetime(2026, 11, 12, 9, tzinfo=UTC))])
    press.publish(flood, [corrected("b", at=datetime(2026, 11, 12, 14, tzinfo=UTC), reason="Verhört.")])
    assert followed() == (
        "Flood 12. November 2026, 14:00 UTC · In der Überschrift Zuvor wrong b Jetzt right Warum Verhört."
        " Storm 12 November 2026, 09:00 UTC · In the headline Was wrong a Now right"
    )
    press.publish(storm, [corrected("a", now="better")])
    assert "better" in followed("ar")


@pytest.mark.parametrize("taken", ["removed", "erased", "audience", "taken down"])
def test_what_is_taken_back_is_gone_before_anybody_follows(taken: str) -> None:
    storm = opened("storm")
    seq = press.publish(storm, [corrected("a")]).last
    assert "wrong a" in followed()
    of = e.Subject(e.CORRECTION, "a")
    events: dict[str, e.Event] = {
        "removed": e.LedgerRemoved(of=of),
        "erased": e.PayloadErased(of=of, seqs=(seq,), whole=True),
        "audience": e.AudienceSet(audience=e.Audience.MEMBERS),
        "taken down": e.BlogTakenDown(reason="A court's order"),
    }
    press.publish(storm, [events[taken]])
    assert shown() == ""
    assert followed() == ""


def test_what_is_not_everyones_never_gets_there_and_posts_move_nothing() -> None:
    press.publish(opened("secret", audience=e.Audience.MEMBERS), [corrected("a")])
    assert followed() == ""
    storm = opened("storm")
    press.publish(storm, [corrected("b")])
    followed()
    version = Document.objects.get(path=corrections.PATH, language="en").version
    press.publish(storm, [e.PostPublished(post="p", title="News", published_at=datetime(2026, 11, 12, tzinfo=UTC))])
    followed()
    assert Document.objects.get(path=corrections.PATH, language="en").version == version


@hypothesis_settings(
    max_examples=15 if connection.vendor == "sqlite" else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days(10, kinds=("publish", "correct", "correct", "correct", "remove", "erase row", "trim row", "audience")))
def test_no_word_that_was_taken_back_is_on_it_whether_anybody_follows_or_not(day: Day) -> None:
    follow.catch_up(corrections)
    room = Newsroom().open()
    for number, _ in enumerate(room.play(day)):
        page = shown()
        assert not [canary for canary in room.taken_back() if canary in page]
        if number % 2:
            page = followed()
            assert not [canary for canary in room.taken_back() if canary in page]
