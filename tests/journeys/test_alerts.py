"""Alerts in a browser: a reader asks for them, gets one and its correction in its place, and stops them."""

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.alerts.phones import Phone, PushService, base64url
from tests.journeys.conftest import Open, served
from tests.journeys.installation import Installation, until
from tests.journeys.test_composer import barriers, desk, people
from tests.journeys.test_correcting import publish

__all__ = ["desk", "people"]

pytestmark = pytest.mark.browser

# Chromium's own push service is somebody else's network: here it is the tests', and hands out this endpoint.
HANDED_OUT = """
const keys = %s, endpoint = "%s";
const made = { endpoint, options: {}, toJSON: () => ({ endpoint, keys }), unsubscribe: async () => true };
let had = null;
PushManager.prototype.getSubscription = async () => had;
PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
  if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("not as a browser wants it");
  return (had = made);
};
"""
SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration("/alerts/")).getNotifications())
  .map(({ title, body, tag, lang, data, actions }) => ({ title, body, tag, lang, data, actions: actions.length }))"""


@pytest.fixture(scope="module")
def browser(whole_browser: Browser) -> Browser:
    """Return one that shows notifications."""
    return whole_browser


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    one = PushService()
    yield one
    one.close()


@pytest.fixture(scope="module")
def newsroom(service: PushService, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A running installation whose only push service is the tests' own."""
    one = Installation(tmp_path_factory.mktemp("alerts") / "home")
    one.given |= {"ASITHAPPENED_PUSH_SERVICES": service.origin, "ASITHAPPENED_OUTBOUND_TO": "127.0.0.0/8"}
    yield from served(one)


def arrives(page: Page, phone: Phone, content: bytes) -> None:
    """Have the browser's push service hand over what arrived, decrypted as the browser does."""
    line = page.context.new_cdp_session(page)
    found: list[str] = []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(
        one["registrationId"] for one in told["registrations"] if one["scopeURL"].endswith("/alerts/")
    ))  # fmt: skip
    line.send("ServiceWorker.enable")
    until(lambda: found or page.evaluate("0"), "the browser tells of its service worker")
    origin = page.evaluate("location.origin")
    said = {"origin": origin, "registrationId": found[-1], "data": phone.read(content).decode()}
    line.send("ServiceWorker.deliverPushMessage", said)
    line.detach()


def test_a_reader_asks_for_alerts_gets_one_and_then_its_correction_in_its_place_and_stops_them(
    newsroom: Installation, desk: Callable[..., Page], read: Open, service: PushService
) -> None:
    phone, url = Phone(), newsroom.url
    page = desk("flood")
    page.goto(f"{url}/desk/live/flood/settings/")
    page.check("#alerts input[value=asked]")
    page.click("#alerts button")
    expect(page.locator("body")).to_contain_text("Saved: whether readers may have alerts.")

    keys = {"p256dh": base64url(phone.p256dh), "auth": base64url(phone.auth)}
    handed_out = HANDED_OUT % (json.dumps(keys), f"{service.origin}/push/ok-1")
    reader = read(f"{url}/live/flood/", listening=handed_out, permissions=["notifications"])
    box = reader.locator(".box-alerts")
    expect(box).to_contain_text(
        "The key events of this live blog, about 1 a day, and corrections of them; nothing else."
    )
    assert barriers(reader) == []
    box.get_by_role("button", name="Send them to this device").click()
    expect(box.get_by_text("They come to this device from now on.")).to_be_visible()

    page.goto(f"{url}/desk/live/flood/")
    publish(page, "Hallam Brothers built the wall that broke.")
    assert service.arrived == []
    page.locator("[data-row]").first.focus()
    page.keyboard.press("Shift+K")
    expect(page.locator("[data-tab=alerts] [data-count]")).to_have_text("1")
    page.keyboard.press("g")
    page.keyboard.press("r")
    waits = page.locator("[data-panel] [data-item]")
    expect(waits).to_contain_text("It goes to one device.")
    assert barriers(page) == []
    waits.locator("[name=text]").fill("The wall that Hallam Brothers built has broken")
    waits.locator("[data-key=s]").focus()
    page.keyboard.press("s")
    expect(page.locator("[data-panel]")).to_contain_text("1 of one device")
    until(lambda: len(service.arrived) == 1, "the alert has arrived")
    arrives(reader, phone, service.arrived[0].content)
    until(lambda: reader.evaluate(SHOWN), "the alert is shown")
    [shown] = reader.evaluate(SHOWN)
    assert (shown["title"], shown["body"]) == ("The wall that Hallam Brothers built has broken", "Storm flood")
    assert shown["actions"] == 1
    post = shown["data"]["navigate"].rstrip("/").rpartition("/")[2]
    assert shown["data"]["navigate"] == f"{url}/live/flood/p/{post}/"

    page.goto(f"{url}/desk/live/flood/p/{post}/correct/")
    page.fill("[name=was]", "Hallam Brothers")
    page.fill("[name=now]", "Hallam & Sons")
    page.fill("[name=reason]", "We took another firm’s name.")
    page.click("main button.primary")
    page.goto(f"{url}/desk/live/flood/alerts/")
    until(lambda: page.locator("[data-item]").count() or not page.reload(), "the correction is proposed")
    expect(page.locator("[name=text]")).to_have_value("Correction: Hallam & Sons built the wall that broke.")
    page.get_by_role("button", name="Send S").click()
    until(lambda: len(service.arrived) == 2, "the correction has arrived")
    arrives(reader, phone, service.arrived[1].content)
    until(lambda: reader.evaluate(SHOWN)[0]["title"].startswith("Correction"), "the correction is shown")
    [mended] = reader.evaluate(SHOWN)
    assert mended["tag"] == shown["tag"]

    box.get_by_role("button", name="Stop them").click()
    expect(box.get_by_text("Stopped: no more of them come.")).to_be_visible()
    page.reload()
    expect(page.locator("main")).to_contain_text("0 devices asked for alerts.")
