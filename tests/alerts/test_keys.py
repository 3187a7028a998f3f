"""Promises of the installation's keys: made once, the same ever after, and good for one push service at a time."""

from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from asithappened.alerts import keys
from tests.alerts.phones import from_base64url


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.PUSH_KEY_FILE = tmp_path / "push.key"
    settings.PUBLIC_URL = "https://live.courier.example"
    return tmp_path / "push.key"


def claims(header: str, origin: str) -> dict[str, object]:
    token, key = (part.partition("=")[2] for part in header.removeprefix("vapid ").split(", "))
    assert key == keys.public_key()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(key))
    read: dict[str, object] = jwt.decode(
        token, public, algorithms=["ES256"], audience=origin, options={"verify_exp": False}
    )
    return read


def test_the_key_is_made_once_and_its_copy_elsewhere_is_the_same_pair(
    kept: Path, settings: Settings, tmp_path: Path
) -> None:
    first = keys.public_key()
    assert len(from_base64url(first)) == 65
    assert kept.stat().st_mode & 0o777 == 0o600
    copy = tmp_path / "restored.key"
    copy.write_bytes(kept.read_bytes())
    settings.PUSH_KEY_FILE = copy
    assert keys.public_key() == first


def test_a_signature_is_for_one_service_says_whose_we_are_and_ends_within_a_day(kept: Path) -> None:
    now = 1_800_000_000
    said = claims(keys.authorization("https://push.example", now), "https://push.example")
    assert said["sub"] == "https://live.courier.example"
    assert now < int(str(said["exp"])) <= now + 24 * 60 * 60
    with pytest.raises(jwt.InvalidAudienceError):
        claims(keys.authorization("https://push.example", now), "https://other.example")
    assert keys.authorization("https://push.example", now + 1) == keys.authorization("https://push.example", now)
