"""Which addresses may be connected to."""

import socket
import threading
from ipaddress import ip_address

import pytest

from asithappened.outbound import Deadline, Failed, Forbidden, Guard
from asithappened.outbound.addresses import is_public

NOT_PUBLIC = [
    *("0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.8.9.1", "169.254.169.254", "172.31.255.255"),
    *("192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.19.0.1", "198.51.100.7", "203.0.113.9"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1"),
    # An IPv4 address inside of an IPv6 one: mapped, compatible, NAT64 (both), 6to4, Teredo.
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1"),
    *("2002:7f00:1::1", "2001:0:7f00:1::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1"),
]
PUBLIC = ["8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "localhost"),
        *("::1", "::ffff:127.0.0.1", "169.254.169.254", "10.0.0.1"),
    ],
)
@pytest.mark.parametrize("port", [80, 443, 22, 6379])
def test_no_way_of_writing_an_address_leads_to_this_machine_or_its_network(host: str, port: int) -> None:
    with pytest.raises((Forbidden, Failed), match=r"not a public web address|no host called"):
        Guard().connect(host, port, Deadline(5))


def test_a_network_that_was_opened_may_be_connected_to_and_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        Guard(["127.0.0.1/32"]).connect("127.0.0.1", port, Deadline(5)).close()
        with pytest.raises(Forbidden):
            Guard(["127.0.0.2/32"]).connect("127.0.0.1", port, Deadline(5))


def test_a_name_with_one_address_of_ours_among_public_ones_is_refused() -> None:
    guard = Guard(resolve=lambda *_: ["8.8.8.8", "192.168.0.1"])
    with pytest.raises(Forbidden):
        guard.connect("rebinding.example", 443, Deadline(5))


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)  # a name server with a second answer
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with socket.create_server(("127.0.0.1", 0)) as server:
        guard = Guard(["127.0.0.1/32"], resolve=resolve)
        with guard.connect("twice.example", server.getsockname()[1], Deadline(5)) as connection:
            assert connection.getpeername()[0] == "127.0.0.1"
        assert asked == ["twice.example"]


def test_a_name_server_that_is_silent_is_given_up() -> None:
    over = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        over.wait(10)
        return []

    try:
        with pytest.raises(Failed, match="could not be found in time"):
            Guard(resolve=silent).connect("silent.example", 443, Deadline(0.1))
    finally:
        over.set()
