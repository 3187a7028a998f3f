"""Promises of the port: it is bound, or refused with a reason."""

import socket

import pytest

from asithappened.wiring import listening


def test_a_port_that_may_not_be_had_is_told_from_one_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> socket.socket:
        raise PermissionError(13, "Permission denied")

    with socket.create_server(("127.0.0.1", 0)) as holder, pytest.raises(listening.PortRefused, match="already"):
        listening.taken("127.0.0.1", holder.getsockname()[1])
    with pytest.raises(listening.PortRefused, match="no such address"):
        listening.taken("192.0.2.1", 8000)
    monkeypatch.setattr(listening, "listen", forbidden)
    with pytest.raises(listening.PortRefused, match=r"you may not.*CAP_NET_BIND_SERVICE"):
        listening.taken("127.0.0.1", 80)
