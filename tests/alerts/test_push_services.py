"""Promises of push services: an endpoint is of one that is listed, by https at its own port, or it is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asithappened.alerts.push_services import named, origin_of, service_of

FOUR = named("")
REAL = {
    "https://fcm.googleapis.com/fcm/send/dGhpcw:APA91b": "fcm.googleapis.com",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA": "*.push.services.mozilla.com",
    "https://web.push.apple.com/QGuQyavXutnMH": "*.push.apple.com",
    "https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%3d": "*.notify.windows.com",
}


@pytest.mark.parametrize(("endpoint", "service"), REAL.items())
def test_the_four_of_browsers_are_known_from_the_start(endpoint: str, service: str) -> None:
    found = service_of(endpoint, FOUR)
    assert found is not None
    assert found.name == service
    assert endpoint.startswith(origin_of(endpoint) + "/")
    assert service_of(endpoint, named("off")) is None


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com:444/x", "https://fcm.googleapis.com:443/x",
        "https://fcm.googleapis.com", "https://user@fcm.googleapis.com/x", "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com/", "https://evilfcm.googleapis.com/x", "https://push.apple.com/x",
        "https://push.apple.com.evil.example/x", "https://evil.example#.push.apple.com/x", "https://web.push.apple.com\\@e/x",
        "https://127.0.0.1/x", "https://[::1]/x", "https://FCM.googleapis.com/x", "https://fcm.googleapis.com./x",
        " https://fcm.googleapis.com/x", "https://fcm.googleapis.com/x\n", "https://fcm.googleapis.com/ä", "",
        "https://fcm.googleapis.com/" + "x" * 1000, "javascript:alert(1)", "ftp://fcm.googleapis.com/x",
    ],
)  # fmt: skip
def test_whatever_only_looks_like_one_is_none(endpoint: str) -> None:
    assert service_of(endpoint, FOUR) is None


@given(st.text(max_size=80))
def test_no_text_is_taken_for_an_endpoint_of_another_host(text: str) -> None:
    for endpoint in (text, f"https://{text}/x", f"https://{text}fcm.googleapis.com/x", f"https://a.{text}"):
        found = service_of(endpoint, FOUR)
        if found is not None:
            host = origin_of(endpoint).removeprefix("https://")
            assert host == found.name or host.endswith(found.name[1:])


def test_a_newsrooms_own_is_named_by_its_origin_and_what_is_no_host_is_refused() -> None:
    own = named("http://127.0.0.1:4000")
    assert service_of("http://127.0.0.1:4000/push/7", own) is not None
    assert service_of("http://127.0.0.1:4001/push/7", own) is None
    assert service_of("https://fcm.googleapis.com/x", own) is None
    for wrong in ("*", "https://push.example/path", "localhost", "*.*.example"):
        with pytest.raises(ValueError, match="ASITHAPPENED_PUSH_SERVICES"):
            named(wrong)
