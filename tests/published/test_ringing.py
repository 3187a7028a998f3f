"""Promises of `published.ringing`: a ring is sent when the change is committed, and none if it is rolled back."""

from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from asithappened.published import doorbell
from asithappened.published.ringing import ring

pytestmark = pytest.mark.django_db


def test_it_rings_once_the_change_is_committed_and_not_at_all_if_it_is_undone(
    settings: Settings,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.DOORBELLS = folder
    bell = doorbell.listen(folder)
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            ring(7, 4)
            transaction.set_rollback(True)
        ring(7, 3)
        assert doorbell.receive(bell) == {}
    assert doorbell.receive(bell) == {7: 3}
    doorbell.close(bell)
