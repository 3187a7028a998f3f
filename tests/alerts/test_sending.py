"""Promises of sending: each device gets what was meant, once; a service that fails harms no other."""

import os
import signal
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from asithappened.alerts import lane_process, outgoing, sending, subscribing
from asithappened.alerts.models import Alert, Device, Got
from asithappened.alerts.outgoing import may_go
from asithappened.alerts.push_services import named
from asithappened.core import events as e
from asithappened.core.state import BlogState, PostState
from asithappened.jobs.models import Job
from asithappened.log import read
from tests.alerts.newsroom import alert, happened, lanes, opened, publish, sent, subscribed, work
from tests.alerts.phones import PushService

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def test_every_device_gets_what_the_editor_sent_and_can_read_it(service: PushService) -> None:
    storm = opened()
    phones = subscribed(service, storm, "ok-1", "ok-2")
    happened(storm, "p1")
    gone = sent(alert("p1"), "The dyke at Port Tavell has broken")
    assert (gone.state, gone.reach, gone.sent, gone.gone, gone.failed) == (Alert.State.SENT, 2, 2, 0, 0)
    for name, phone in phones.items():
        [told] = service.told(phone, name)
        assert told["title"] == "The dyke at Port Tavell has broken"
        assert told["body"] == "Storm Isolde"
        assert told["navigate"] == "http://localhost:8000/live/storm/p/p1/"
        assert told["data"] == {"stop": "Stop these alerts", "blog": "storm", "again": False}
    work()
    assert len(service.arrived) == 2


def test_a_correction_goes_to_whom_the_error_went_and_takes_its_place(service: PushService) -> None:
    storm = opened()
    phones = subscribed(service, storm, "ok-1", "ok-2")
    happened(storm, "p1")
    sent(alert("p1"))
    late = subscribed(service, storm, "ok-3")
    subscribing.unsubscribe(storm, service.subscription(phones["ok-2"], "ok-2")["endpoint"])
    publish(storm, e.CorrectionRecorded(correction="c1", of="post", post="p1", was="broken", now="held"))
    mended = sent(alert("p1", "c1"), "Correction: the dyke has held")
    assert mended.reach == 1
    wrong, right = service.told(phones["ok-1"], "ok-1")
    assert wrong["tag"] == right["tag"]
    assert right["data"]["again"]
    assert len(service.told(phones["ok-2"], "ok-2")) == 1
    assert service.told(late["ok-3"], "ok-3") == []
    topics = [one.headers["topic"] for one in service.arrived if one.phone == "ok-1"]
    assert topics[0] != topics[1]  # no later alert takes the correction's place where a phone is off


def test_a_device_that_is_gone_is_forgotten_and_one_that_is_refused_is_not_tried_again(service: PushService) -> None:
    service.answers = {"gone": (410, {}), "lost": (404, {}), "refused": (413, {})}
    storm = opened()
    subscribed(service, storm, "gone-1", "lost-1", "refused-1", "ok-1")
    happened(storm, "p1")
    gone = sent(alert("p1"))
    assert (gone.state, gone.sent, gone.gone, gone.failed) == (Alert.State.SENT, 1, 2, 1)
    assert {device.endpoint.rpartition("/")[2] for device in Device.objects.all()} == {"refused-1", "ok-1"}


def test_a_service_that_is_busy_is_left_alone_for_as_long_as_it_asks_and_then_gets_the_rest(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "OF_A_SERVICE", 1)
    service.answers = {"busy": (429, {"retry-after": "120"})}
    storm = opened()
    subscribed(service, storm, "ok-1", "busy-1", "ok-2")
    happened(storm, "p1")
    gone = sent(alert("p1"))
    assert service.asked == ["ok-1", "busy-1"]
    assert gone.state == Alert.State.SENDING
    again = Job.objects.get(state="waiting")
    assert again.due - timezone.now() > timedelta(seconds=100)
    service.answers = {}
    work()
    assert service.asked == ["ok-1", "busy-1", "busy-1", "ok-2"]
    assert alert("p1").state == Alert.State.SENT


def test_a_service_with_a_fault_is_not_asked_for_each_of_its_devices_and_given_up_in_the_end(
    service: PushService,
) -> None:
    service.answers = {"broken": (503, {})}
    storm = opened()
    subscribed(service, storm, *(f"broken-{n}" for n in range(60)))
    happened(storm, "p1")
    gone = sent(alert("p1"))
    assert sending.FAILURES <= len(service.asked) < 60
    assert gone.failed == 0
    Alert.objects.update(until=timezone.now())
    work()
    gone = alert("p1")
    assert (gone.state, gone.failed) == (Alert.State.SENT, 60)
    assert not Job.objects.filter(state="waiting").exists()


def test_a_service_that_never_answers_holds_up_no_other(
    service: PushService, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = PushService()
    settings.PUSH_SERVICES = named(f"{service.origin} {other.origin}")
    monkeypatch.setattr(sending, "WITHIN_S", 0.3)
    try:
        storm = opened()
        subscribed(service, storm, "never-1")
        phones = subscribed(other, storm, "ok-1")
        happened(storm, "p1")
        kinds = sending.kinds()
        assert len({kind.name for kind in kinds}) == 2
        assert all(kind.at_once == 1 for kind in kinds)  # each has a place of its own in the worker
        gone = sent(alert("p1"))
        assert other.told(phones["ok-1"], "ok-1")
        assert (gone.sent, gone.failed, gone.state) == (1, 0, Alert.State.SENDING)
        assert Job.objects.get(state="waiting").kind == outgoing.kind_of(service.origin)
    finally:
        other.close()


def test_a_post_that_is_taken_back_while_it_is_sent_goes_to_nobody_more(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 1)
    storm = opened()
    subscribed(service, storm, "ok-1", "ok-2", "ok-3")
    happened(storm, "p1")
    asked: list[int] = []

    def asking(alert: Alert, state: BlogState, post: PostState | None) -> bool:
        asked.append(len(service.asked))
        if len(asked) == 2:
            publish(storm, e.PostWithdrawn(post="p1", reason="It was another dyke."))
            post = read.post(storm, "p1")
        return may_go(alert, state, post)

    monkeypatch.setattr(outgoing, "may_go", asking)
    gone = sent(alert("p1"))
    assert gone.state == Alert.State.CANCELLED
    assert len(service.asked) == 1
    assert alert("p1", "withdrawn").state == Alert.State.WAITING


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_process_that_dies_or_hangs_in_the_middle_of_a_batch_loses_nobody(
    service: PushService, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "OF_A_SERVICE", 1)
    if how is signal.SIGSTOP:
        monkeypatch.setattr(sending, "WITHIN_S", 1.0)
    start_s = lane_process.START_S
    storm = opened()
    subscribed(service, storm, "ok-1", "ok-2", "ok-3", "ok-4", "ok-5")
    happened(storm, "p1")

    def ended(phone: str) -> None:
        if phone == "ok-2" and how is signal.SIGSTOP:
            monkeypatch.setattr(lane_process, "START_S", 0.0)  # it has started: only messages take time
        if phone == "ok-4":
            [child] = lanes()
            os.kill(child, how)

    service.when_asked = ended
    gone = sent(alert("p1"))
    assert (gone.state, gone.sent, gone.failed) == (Alert.State.SENDING, 2, 0)
    assert Job.objects.filter(state="waiting").count() == 1
    assert lanes() == []
    service.when_asked = lambda _: None
    monkeypatch.setattr(lane_process, "START_S", start_s)
    work()
    gone = alert("p1")
    assert (gone.state, gone.sent, gone.failed) == (Alert.State.SENT, 5, 0)
    assert {one.phone for one in service.arrived} == {"ok-1", "ok-2", "ok-3", "ok-4", "ok-5"}
    assert service.asked.count("ok-1") == service.asked.count("ok-2") == 1
    assert lanes() == []


def test_a_device_whose_service_the_operator_took_off_the_list_is_asked_no_more(
    service: PushService, settings: Settings
) -> None:
    storm = opened()
    subscribed(service, storm, "ok-1")
    Device.objects.update(endpoint="http://169.254.169.254/latest/meta-data/")
    happened(storm, "p1")
    assert sent(alert("p1")).gone == 1
    assert service.asked == []


def test_what_a_device_got_is_kept_for_thirty_days_and_goes_with_its_subscription(service: PushService) -> None:
    storm = opened()
    phones = subscribed(service, storm, "ok-1", "ok-2")
    happened(storm, "p1")
    sent(alert("p1"))
    subscribing.unsubscribe(storm, service.subscription(phones["ok-1"], "ok-1")["endpoint"])
    assert Got.objects.count() == 1
    subscribing.forget()
    assert Got.objects.count() == 1
    Got.objects.update(at=timezone.now() - timedelta(days=31))
    subscribing.forget()
    assert not Got.objects.exists()
