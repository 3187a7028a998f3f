"""A request's client is the last hop that is not ours; headers that strangers write are not believed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from asithappened.delivery.admission import PER_ADDRESS
from asithappened.delivery.proxies import Proxies, network_of
from tests.delivery.client import request
from tests.delivery.newsroom import Blog
from tests.delivery.serving import Served

OURS = Proxies(("127.0.0.1", "10.0.0.0/8", "2001:db8:aaaa::/48"))


@pytest.mark.parametrize(
    ("peer", "said", "client"),
    [
        ("127.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("127.0.0.1", "6.6.6.6, 192.0.2.7", "192.0.2.7"),  # the left one is what the reader wrote
        ("127.0.0.1", "6.6.6.6, 192.0.2.7, 10.1.2.3", "192.0.2.7"),
        ("127.0.0.1", "10.1.2.3,10.4.5.6", "10.1.2.3"),
        ("192.0.2.9", "6.6.6.6", "192.0.2.9"),
        ("127.0.0.2", "6.6.6.6", "127.0.0.2"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("10.0.0.1", "6.6.6.6, _hidden", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.7:4711", "192.0.2.7"),
        ("10.0.0.1", "[2001:db8:1::5]:443", "2001:db8:1::5"),
        ("10.0.0.1", "2001:DB8:1:0::5", "2001:db8:1::5"),
        ("10.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"),
        ("::ffff:10.0.0.1", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:aaaa::1", "192.0.2.7", "192.0.2.7"),
        ("10.0.0.1", "\xff\xfe", "10.0.0.1"),
        ("", "192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_request_is_from_the_last_hop_that_is_not_ours(peer: str, said: str, client: str) -> None:
    assert OURS.client(peer, said.encode("latin-1")) == client


def test_the_setting_names_networks_this_machine_or_nobody() -> None:
    assert Proxies.named("").trusts("127.0.0.1")
    assert Proxies.named("").trusts("::1")
    assert not Proxies.named("").trusts("10.0.0.1")
    assert Proxies.named(" 10.0.0.1  192.0.2.0/24 ").trusts("192.0.2.200")
    assert not Proxies.named("10.0.0.1").trusts("127.0.0.1")
    assert not Proxies.named("none").trusts("127.0.0.1")
    with pytest.raises(ValueError, match="ASITHAPPENED_PROXIES"):
        Proxies.named("proxy.example.org")


@pytest.mark.parametrize(
    ("one", "network"),
    [("192.0.2.1", "192.0.2.1"), ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"), ("::ffff:192.0.2.1", "192.0.2.1")],
)
def test_an_address_stands_for_its_network(one: str, network: str) -> None:
    assert network_of(one) == network


@contextmanager
def trusting(site: Served, proxies: Proxies) -> Iterator[None]:
    """Have a running server trust other hops for a while."""
    was = site.delivery.ingress.proxies
    site.delivery.ingress.proxies = site.delivery.streams.admission._proxies = proxies
    try:
        yield
    finally:
        site.delivery.ingress.proxies = site.delivery.streams.admission._proxies = was


def test_the_application_behind_sees_the_reader_and_none_of_the_headers(site: Served, blog: Blog) -> None:
    said = {"x_forwarded_for": "6.6.6.6, 192.0.2.7", "x_forwarded_proto": "https", "x_forwarded_host": "evil.example"}
    answer = site.get("/desk/", **said)
    assert (answer["x-asker"], answer["x-heard"]) == ("192.0.2.7 https", "")
    assert site.get("/desk/")["x-asker"] == "127.0.0.1 http"
    with trusting(site, Proxies(())):
        answer = site.get("/desk/", **said)
        assert (answer["x-asker"], answer["x-heard"]) == ("127.0.0.1 http", "")


def test_one_connection_of_a_proxy_carries_many_readers(site: Served, blog: Blog) -> None:
    with site.connect() as connection:
        for reader in ("192.0.2.7", "192.0.2.8", "2001:db8::1"):
            assert connection.ask(request("/desk/", x_forwarded_for=reader))["x-asker"] == f"{reader} http"
        assert connection.ask(request("/desk/"))["x-asker"] == "127.0.0.1 http"


def test_behind_a_proxy_each_reader_has_a_cap_and_all_together_have_none(site: Served, blog: Blog) -> None:
    site.delivery.streams.admission._per_address = 2
    try:
        streams = [site.stream(blog.path("stream"), x_forwarded_for=f"192.0.2.{n // 2}") for n in range(8)]
        assert {stream.status for stream in streams} == {200}
        crowd = site.get(blog.path("stream"), x_forwarded_for="192.0.2.1")
        assert (crowd.status, crowd["cache-control"]) == (503, "no-store")
        forged = site.get(blog.path("stream"), x_forwarded_for="6.6.6.6, 192.0.2.1")
        assert forged.status == 503
        with trusting(site, Proxies(())):  # the same words from somebody whose word is not taken: all are one address
            told = [site.stream(blog.path("stream"), x_forwarded_for=f"198.51.100.{n}").status for n in range(3)]
            assert told == [200, 200, 503]
    finally:
        site.delivery.streams.admission._per_address = PER_ADDRESS
