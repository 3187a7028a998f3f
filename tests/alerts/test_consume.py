"""Promises of what is proposed: what has just become a key event of a public live blog, and errors in what was sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from asithappened.alerts import consume
from asithappened.alerts.models import Alert
from asithappened.core import events as e
from asithappened.log import follow, read
from tests.alerts.newsroom import alert, happened, opened, publish, sent, subscribed, waiting
from tests.alerts.phones import PushService

pytestmark = [pytest.mark.both, pytest.mark.django_db]
AGO = timedelta(hours=2)


def test_a_key_event_is_proposed_once_and_a_plain_update_becomes_one(service: PushService) -> None:
    storm = opened()
    happened(storm, "p1")
    happened(storm, "p2", kind=e.PostKind.UPDATE)
    assert waiting() == [("p1", "")]
    publish(storm, e.PostKindSet(post="p2", kind=e.PostKind.KEY_EVENT))
    publish(storm, e.PostKindSet(post="p1", kind=e.PostKind.UPDATE))
    publish(storm, e.PostKindSet(post="p1", kind=e.PostKind.KEY_EVENT))
    follow.begin_anew(consume.NAME)
    follow.catch_up(consume)
    assert waiting() == [("p1", ""), ("p2", "")]


@pytest.mark.parametrize(
    ("blog", "post"),
    [
        ({"audience": e.Audience.MEMBERS}, {}),
        ({"audience": e.Audience.NOBODY}, {}),
        ({"replay_of": e.ReplayOf(slug="old")}, {"origin": e.Origin.REPLAY}),
        ({"mode": e.Alerting.OFF}, {}),
        ({}, {"origin": e.Origin.IMPORT}),
        ({}, {"origin": e.Origin.REPLAY}),
        ({}, {"published_at": datetime.now(UTC) - AGO}),
        ({}, {"published_at": None}),
        ({}, {"kind": e.PostKind.SUMMARY}),
    ],
)
def test_imports_replays_rehearsals_and_what_is_old_ring_nowhere(
    blog: dict[str, Any], post: dict[str, Any], service: PushService
) -> None:
    happened(opened(mode=blog.pop("mode", e.Alerting.BY_ITSELF), **blog), "p1", **post)
    assert not Alert.objects.exists()


def test_a_post_that_is_taken_back_takes_its_alert_with_it(service: PushService) -> None:
    storm = opened()
    happened(storm, "p1")
    publish(storm, e.PostWithdrawn(post="p1", reason="It was another dyke."))
    assert alert("p1").state == Alert.State.CANCELLED
    assert waiting() == []


def test_whoever_got_an_alert_is_proposed_its_correction_and_its_withdrawal(service: PushService) -> None:
    storm = opened()
    happened(storm, "p1")
    mend = e.CorrectionRecorded(correction="c1", of="post", post="p1", was="broken", now="held")
    publish(storm, mend)
    assert waiting() == [("p1", "")]  # nobody was told the wrong thing yet
    subscribed(service, storm, "ok-1")
    sent(alert("p1"))
    publish(storm, e.CorrectionRecorded(correction="c2", of="post", post="p1", was="dyke", now="dam"))
    publish(storm, e.PostWithdrawn(post="p1", reason="None of it was so."))
    assert waiting() == [("p1", "withdrawn")]  # a correction of what is not there any more says nothing
    assert alert("p1", "c2").state == Alert.State.CANCELLED


def test_a_live_blog_that_says_so_sends_by_itself_what_readers_have(service: PushService) -> None:
    storm = opened(mode=e.Alerting.BY_ITSELF)
    subscribed(service, storm, "ok-1")
    happened(storm, "p1", title="The dyke " + "has broken " * 20)
    gone = alert("p1")
    assert gone.state == Alert.State.SENDING
    assert gone.text.startswith("The dyke has broken")
    assert gone.text.endswith("…")
    assert len(gone.text) <= 120


def test_erased_words_are_not_kept_in_what_was_sent(service: PushService) -> None:
    storm = opened()
    subscribed(service, storm, "ok-1")
    happened(storm, "p1")
    sent(alert("p1"))
    [seq] = [fact.seq for fact in read.facts(storm) if fact.post]
    publish(storm, e.PayloadErased(of=e.post("p1"), seqs=(seq,), whole=True, reason="By order of a court."))
    assert alert("p1").text == ""
