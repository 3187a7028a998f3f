"""Promises of `wiring.bell`: a worker hears of publishes only while it asks for them, and of other things always."""

import multiprocessing.connection
import shutil

import pytest

from asithappened.published import doorbell
from asithappened.wiring.bell import Doorbell


def rung(bell: Doorbell, *, publishes: bool, by: int) -> bool:
    """Say whether a ring for this blog is heard."""
    sockets = bell.sockets(publishes=publishes)
    doorbell.ring(bell._folder, by, by)
    ready = multiprocessing.connection.wait(sockets, 0)
    assert bell.heard() == (by == 0)
    assert not multiprocessing.connection.wait(sockets, 0), "all of it was read"
    return bool(ready)


def test_publishes_ring_only_while_asked_for_and_other_things_always(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("bell") / "of"  # a socket's path has to be short
    bell = Doorbell(folder)
    for cleared in (False, True):
        if cleared:
            shutil.rmtree(folder)
        found = [rung(bell, publishes=publishes, by=by) for publishes in (False, True) for by in (7, 0)]
        assert found == [False, True, True, True]
        assert not rung(bell, publishes=False, by=7)
    bell.close()
    assert not list(folder.glob("*.bell"))
