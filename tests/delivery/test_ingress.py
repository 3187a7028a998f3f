"""Promises of `delivery.ingress`: a host is compared by its name, without port and case."""

import pytest

from asithappened.delivery.ingress import Ingress, host_of
from asithappened.delivery.metrics import Metrics


@pytest.mark.parametrize(
    ("value", "host"),
    [
        (b"News.example", "news.example"),
        (b" news.example:8000", "news.example"),
        (b"[::1]:8000", "[::1]"),
        (b"news.example:", "news.example:"),
        (b"news.example:80x", "news.example:80x"),
        (b"", ""),
    ],
)
def test_a_host_is_its_name_without_a_port(value: bytes, host: str) -> None:
    assert host_of(value) == host


def test_every_answer_says_that_readers_come_by_https_only_where_they_do() -> None:
    assert Ingress(frozenset(), Metrics()).every_line == b""
    assert Ingress(frozenset(), Metrics(), secure=True).every_line.startswith(b"strict-transport-security: ")
