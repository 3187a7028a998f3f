"""No word under embargo, scheduled, drafted or noted is in a byte that readers may have before its time."""

import pytest

from asithappened.desk import actions
from asithappened.jobs.clock import CLOCK
from tests.desk.canary import Walk, public_bytes
from tests.desk.conftest import said
from tests.jobs.clocks import Machine

pytestmark = pytest.mark.django_db

STEPS = 120


@pytest.fixture
def machine(monkeypatch):
    """Return the clocks that everybody goes by, set forth by a test alone."""
    machine = Machine()
    monkeypatch.setattr(CLOCK, "_wall", lambda: machine.wall)
    monkeypatch.setattr(CLOCK, "_elapsed", lambda: machine.uptime)
    monkeypatch.setattr(CLOCK, "_found", (machine.wall, machine.uptime))
    return machine


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_canary_sings_before_its_time_whatever_is_done(blog, owner, editor, contributor, machine, seed):
    actions.set_own_hold(by=editor, seconds=5)
    walk = Walk(blog, owner, editor, contributor, machine, seed)
    for _ in range(STEPS):
        walk.step()
    assert walk.came_out > 3, walk.done


def test_a_canary_that_is_out_is_found(blog, editor):
    actions.publish_post(blog.id, by=editor, draft=said("It is canary00001x."), once="1")
    assert b"canary00001x" in public_bytes()
