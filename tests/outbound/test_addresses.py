"""Which addresses may be connected to."""

import socket
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


def test_a_name_with_one_address_of_ours_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answers(host: str, port: int, **_: object) -> list[object]:
        return [(2, 1, 6, "", ("8.8.8.8", port)), (2, 1, 6, "", ("192.168.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(Forbidden):
        Guard().connect("rebinding.example", 443, Deadline(5))


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answers(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"  # a name server with a second answer
        return [(2, 1, 6, "", (address, port))]

    with socket.create_server(("127.0.0.1", 0)) as server:
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket,
            "getaddrinfo",
            lambda host, *a, **k: answers(host, *a, **k) if host == "twice.example" else real(host, *a, **k),
        )
        connection = Guard(["127.0.0.1/32"]).connect("twice.example", server.getsockname()[1], Deadline(5))
        assert connection.getpeername()[0] == "127.0.0.1"
        assert asked == ["twice.example"]
        connection.close()
