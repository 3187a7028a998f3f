"""Promises to readers' browsers: what a device asks for it gets, and nobody else can ask for it."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened import press
from asithappened.alerts import keys, subscribing, views
from asithappened.alerts.models import Device, Topic
from asithappened.core import events as e
from tests.alerts.newsroom import opened
from tests.alerts.phones import Phone, PushService
from tests.answered import Answer

pytestmark = pytest.mark.django_db
STORM = "/alerts/live/storm/"


def ask(path: str = STORM, *, origin: str = "http://localhost:8000", **said: Any) -> Answer:
    return Client().post(path, said, content_type="application/json", headers={"origin": origin})


def whole(service: PushService, name: str = "ok-1", phone: Phone | None = None) -> dict[str, str]:
    return service.subscription(phone or Phone(), name)


@pytest.fixture(autouse=True)
def here(settings: Settings) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["http://localhost:8000"]


def test_a_device_starts_and_stops_the_alerts_of_one_live_blog_and_is_then_forgotten(service: PushService) -> None:
    storm, _flood = opened(), opened("flood")
    mine = whole(service)
    assert ask(do="look").json() == {"on": False, "key": keys.public_key()}
    for _ in range(2):
        assert ask(do="start", **mine).json()["on"]
    ask("/alerts/live/flood/", do="start", **mine)
    assert subscribing.reach(storm) == 1
    assert ask(do="look", endpoint=mine["endpoint"]).json()["on"]
    assert ask(do="stop", endpoint=mine["endpoint"]).json() == {"on": False}
    assert not ask(do="look", endpoint=mine["endpoint"]).json()["on"]
    assert Device.objects.count() == 1
    ask("/alerts/live/flood/", do="stop", endpoint=mine["endpoint"])
    assert not Device.objects.exists()


def test_no_cookie_is_given_and_another_sites_page_is_refused(service: PushService) -> None:
    opened()
    mine = whole(service)
    for answer in (ask(do="start", **mine), Client().get("/alerts/worker.js")):
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
    for origin in ("https://evil.example", "null", ""):
        assert ask(do="stop", endpoint=mine["endpoint"], origin=origin).status_code == 403
    as_a_form = Client().post(STORM, {"do": "stop"}, headers={"origin": "http://localhost:8000"})
    assert as_a_form.status_code == 403
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("why", ["nowhere", "off", "members", "closed", "no services"])
def test_what_offers_no_alerts_answers_as_if_it_were_not_there_but_can_be_stopped(
    why: str, service: PushService, settings: Settings
) -> None:
    storm = opened()
    mine = whole(service)
    ask(do="start", **mine)
    change: dict[str, e.Event] = {
        "off": e.AlertsSet(mode=e.Alerting.OFF),
        "members": e.AudienceSet(audience=e.Audience.MEMBERS),
        "closed": e.BlogClosed(),
    }
    if why in change:
        press.publish(storm, [change[why]])
    if why == "no services":
        settings.PUSH_SERVICES = ()
    path = "/alerts/live/nowhere/" if why == "nowhere" else STORM
    assert [ask(path, do=do, **mine).status_code for do in ("look", "start")] == [404, 404]
    assert ask(path, do="stop", **mine).json() == {"on": False}
    assert Topic.objects.exists() is (why == "nowhere")


def test_an_endpoint_of_another_service_and_keys_that_are_none_are_not_kept(service: PushService) -> None:
    opened()
    for wrong in (
        {"endpoint": "https://evil.example/push/1"}, {"endpoint": "http://169.254.169.254/latest/"},
        {"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "é"}, {"auth": "*" * 22},
    ):  # fmt: skip
        assert ask(do="start", **whole(service) | wrong).status_code == 422
    for unreadable in ({"do": "dance"}, {"do": "start", "endpoint": 7}, {"do": "start", "endpoint": "x" * 2000}):
        assert ask(**unreadable).status_code == 400
    assert not Device.objects.exists()


def test_a_network_that_asks_too_often_is_told_so(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    monkeypatch.setattr(views, "OF_A_NETWORK", 2)
    monkeypatch.setattr(subscribing, "BLOGS", 1)
    opened("flood")
    mine = whole(service)
    assert ask(do="start", **mine).status_code == 200
    assert ask("/alerts/live/flood/", do="start", **mine).status_code == 409
    assert ask(do="start", **mine).status_code == 429
    assert ask(do="stop", endpoint=mine["endpoint"]).status_code == 200


def test_a_device_whose_browser_got_another_endpoint_goes_on_by_that(service: PushService) -> None:
    storm = opened()
    old, new = whole(service, "ok-1"), whole(service, "ok-2")
    ask(do="start", **old)
    assert ask("/alerts/moved/", was=old["endpoint"], **new).status_code == 200
    assert subscribing.gets(storm, new["endpoint"])
    assert not subscribing.gets(storm, old["endpoint"])
    assert ask("/alerts/moved/", was="https://push.example/unknown", **old).status_code == 200
    assert Device.objects.count() == 1
