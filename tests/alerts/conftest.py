"""A push service to send alerts through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from asithappened.alerts.push_services import named
from tests.alerts.phones import PushService


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[PushService]:
    """Return one that ends with the test, and is the only one that alerts are sent through."""
    one = PushService()
    settings.PUSH_SERVICES = named(one.origin)
    settings.OUTBOUND_TO = ["127.0.0.0/8"]
    settings.PUSH_KEY_FILE = tmp_path / "push.key"
    yield one
    one.close()
