"""What time it is for work that is due does not depend on who sets the machine's clock meanwhile."""

from datetime import UTC, datetime

import pytest

from tests.jobs.clocks import EPOCH, Machine


@pytest.mark.parametrize("by_s", [-3600.0, -61.0, 61.0, 3600.0])
def test_a_clock_that_is_set_is_not_followed_and_the_difference_is_known(by_s: float) -> None:
    machine = Machine()
    clock = machine.process()
    machine.elapse(100)
    machine.set(by_s)
    machine.elapse(20)
    assert clock.now() == datetime.fromtimestamp(EPOCH + 120, UTC)
    assert clock.step_s() == by_s
    machine.set(-by_s)
    assert clock.step_s() == 0
    assert clock.now() == datetime.fromtimestamp(EPOCH + 120, UTC)


def test_small_corrections_are_followed_however_many_they_are() -> None:
    machine = Machine()
    clock = machine.process()
    for _ in range(100):
        machine.elapse(64)
        machine.set(2.0)
        assert clock.now() == datetime.fromtimestamp(machine.wall, UTC)
    assert clock.step_s() == 0


def test_a_process_that_begins_takes_the_clock_as_it_is() -> None:
    machine = Machine()
    machine.set(3600)
    assert machine.process().now() == datetime.fromtimestamp(EPOCH + 3600, UTC)
