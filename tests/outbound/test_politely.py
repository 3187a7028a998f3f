"""Asking for many addresses: one at a time of each host, later if it says so, and no longer than it lets us."""

import threading
import time
from collections import Counter

import pytest

from asithappened.outbound import Failed, politely


class Hosts:
    """Hosts that record concurrent requests, and give prepared answers."""

    def __init__(self, **refusals: list[Failed]) -> None:
        self.refusals = refusals
        self.asked: list[str] = []
        self.at_once: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.lock = threading.Lock()

    def ask(self, task: str) -> str:
        """Answer a task such as "a/1" of the host "a"."""
        host = task[0]
        with self.lock:
            self.asked.append(task)
            self.at_once[host] += 1
            self.most[host] = max(self.most[host], self.at_once[host])
        time.sleep(0.01)
        with self.lock:
            self.at_once[host] -= 1
            if self.refusals.get(host):
                raise self.refusals[host].pop(0)
        return task.upper()


def test_each_host_is_asked_one_thing_at_a_time_and_several_hosts_at_once() -> None:
    hosts = Hosts()
    tasks = {host: [f"{host}/{n}" for n in range(4)] for host in "abcde"}
    got = dict(politely(tasks, hosts.ask, pause_s=0))
    assert got == {task: task.upper() for of_host in tasks.values() for task in of_host}
    assert set(hosts.most.values()) == {1}
    assert Counter(hosts.asked).most_common(1)[0][1] == 1


def test_who_asks_to_be_asked_again_a_little_later_is() -> None:
    hosts = Hosts(a=[Failed("busy", status=503, again_in_s=0.01), Failed("busy", status=429, again_in_s=0.01)])
    assert dict(politely({"a": ["a/1", "a/2"]}, hosts.ask, pause_s=0)) == {"a/1": "A/1", "a/2": "A/2"}
    assert hosts.asked == ["a/1", "a/1", "a/1", "a/2"]


def test_who_asks_to_be_left_alone_for_long_is_asked_nothing_more() -> None:
    hosts = Hosts(a=[Failed("It answers with 429.", status=429, again_in_s=3600)])
    got = dict(politely({"a": ["a/1", "a/2"], "b": ["b/1"]}, hosts.ask, pause_s=0))
    assert "again in 3,600 s" in str(got["a/1"])
    assert "again in 3,600 s" in str(got["a/2"])
    assert got["b/1"] == "B/1"
    assert sorted(hosts.asked) == ["a/1", "b/1"]


def test_an_error_of_ours_ends_it() -> None:
    def ask(_: str) -> str:
        raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        list(politely({"a": ["a/1"]}, ask))


def test_no_thread_waits_on_with_an_answer_that_nobody_takes() -> None:
    before = set(threading.enumerate())
    given = politely({host: [f"{host}/1", f"{host}/2"] for host in "abc"}, str.upper, pause_s=0)
    next(given)
    given.close()  # type: ignore[attr-defined]
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=30)
        assert not thread.is_alive()
