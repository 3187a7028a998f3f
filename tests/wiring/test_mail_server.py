"""Promises of the mail server that an operator names: over TLS unless said otherwise, or refused in words."""

from pathlib import Path

import pytest

from asithappened.wiring import mail_server


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("mail.example.org", {}, "ASITHAPPENED_MAIL_URL is"),
        ("http://mail.example.org", {}, "ASITHAPPENED_MAIL_URL is"),
        ("smtp://", {}, "ASITHAPPENED_MAIL_URL is"), ("smtp://a:b@x", {}, "stands in a file"),
        ("smtp://x:99999", {}, "ASITHAPPENED_MAIL_URL is"), ("smtp://x", {"FROM": "nobody"}, "whom mail comes from"),
        ("smtp://x", {"FROM": "a@b.example\nBcc: c@d.example"}, "whom mail comes from"),
        ("smtp://x", {"PASSWORD_FILE": "/nowhere"}, "cannot be read"),
    ],
)  # fmt: skip
def test_a_mail_server_that_cannot_be_meant_is_refused_in_words(address: str, more: dict[str, str], said: str) -> None:
    given = {"URL": address, "FROM": "desk@courier.example"} | more
    with pytest.raises(ValueError, match=said) as refused:
        mail_server.named({f"ASITHAPPENED_MAIL_{name}": value for name, value in given.items()})
    assert "a:b" not in str(refused.value)


def test_a_mail_server_is_spoken_to_over_tls_unless_its_address_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    for scheme, port, encrypted in (
        ("smtp", 587, "before anything is said"), ("smtps", 465, "from the first byte"), ("smtp+plain", 25, "never"),
    ):  # fmt: skip
        server = mail_server.named(
            {"ASITHAPPENED_MAIL_URL": f"{scheme}://me%40x@mail.example.org", "ASITHAPPENED_MAIL_FROM": "a@b.example",
             "ASITHAPPENED_MAIL_PASSWORD_FILE": str(tmp_path / "secret")}
        )  # fmt: skip
        assert server is not None
        assert (server.port, server.encrypted, server.user, server.password) == (port, encrypted, "me@x", "hidden")
        assert "hidden" not in repr(server)
