"""Promises of `delivery.admission`: limits for all, limits for one address, a slow start."""

import pytest

from asithappened.delivery.admission import PER_ADDRESS, START_A_SECOND, START_S, Admission


class Clock:
    """Time that passes when told to."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_after_a_start_streams_come_in_step_by_step() -> None:
    clock = Clock()
    door = Admission(total=10**6, per_address=10**6, clock=clock)
    let_in = []
    for _ in range(3):
        let_in.append(sum(door.admit(f"10.0.{n % 250}.1") for n in range(5_000)))
        clock.now += 1
    assert let_in == [START_A_SECOND, 2 * START_A_SECOND, 3 * START_A_SECOND]
    clock.now += START_S
    assert all(door.admit("10.0.0.1") for _ in range(5_000))


@pytest.mark.parametrize(
    ("one", "same", "other"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.2"),
    ],
)
def test_one_address_does_not_take_all_the_places(one: str, same: str, other: str) -> None:
    door = Admission(total=10**6, per_address=3, clock=Clock())
    assert [door.admit(one) for _ in range(4)] == [True, True, True, False]
    assert not door.admit(same)
    assert door.admit(other)
    door.leave(one)
    assert door.admit(same)


@pytest.mark.parametrize("proxy", ["127.0.0.1", "::1", "", "::ffff:127.0.0.1"])
def test_a_proxy_on_this_machine_stands_for_all_its_readers(proxy: str) -> None:
    door = Admission(total=10, per_address=1, clock=Clock())
    assert sum(door.admit(proxy) for _ in range(20)) == 10


def test_nobody_is_let_in_while_the_server_stops_or_runs_late() -> None:
    door = Admission(total=10, clock=Clock())
    assert not door.admit("192.0.2.1", lag_s=3.0)
    door.shut = True
    assert not door.admit("192.0.2.1")
    assert door.open == 0


def test_caps_leave_descriptors_for_everything_else() -> None:
    assert Admission().total >= 100
    assert Admission(total=10**6).total > PER_ADDRESS
