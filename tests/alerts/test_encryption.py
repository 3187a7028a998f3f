"""Promises of encrypted messages: the RFC's own example, byte for byte; any message arrives, at its phone alone."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from asithappened.alerts.encryption import MOST_BYTES, encrypted
from tests.alerts.phones import Phone, from_base64url

# RFC 8291, section 5 and appendix A.
SAYS = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def key(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(from_base64url(text)), ec.SECP256R1())


def test_the_example_of_rfc_8291_is_made_byte_for_byte() -> None:
    phone = Phone(key(RECEIVER), from_base64url(AUTH))
    made = encrypted(SAYS, p256dh=phone.p256dh, auth=phone.auth, salt=from_base64url(SALT), sender=key(SENDER))
    assert made == from_base64url(MESSAGE)
    assert phone.read(made) == SAYS


@given(st.binary(min_size=0, max_size=MOST_BYTES))
def test_any_message_arrives_at_its_phone_alone_and_no_two_are_alike(message: bytes) -> None:
    phone, other = Phone(), Phone()
    first, second = (encrypted(message, p256dh=phone.p256dh, auth=phone.auth) for _ in range(2))
    assert phone.read(first) == phone.read(second) == message
    assert first != second
    assert len(first) <= 4096
    with pytest.raises(InvalidTag):
        other.read(first)


@pytest.mark.parametrize("wrong", ["no point", "short", "compressed", "secret", "long"])
def test_what_is_no_key_or_too_long_is_refused(wrong: str) -> None:
    phone = Phone()
    given = {"p256dh": phone.p256dh, "auth": phone.auth, "message": b""} | {
        "no point": {"p256dh": b"\x04" + b"\1" * 64},
        "short": {"p256dh": b"\x04"},
        "compressed": {"p256dh": b"\x02" + b"\1" * 32},
        "secret": {"auth": b"short"},
        "long": {"message": b"x" * (MOST_BYTES + 1)},
    }[wrong]
    with pytest.raises(ValueError, match=r"."):
        encrypted(given["message"], p256dh=given["p256dh"], auth=given["auth"])
