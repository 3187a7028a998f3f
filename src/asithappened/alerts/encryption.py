"""A message that only a reader's browser can read (RFC 8291, in the coding aes128gcm of RFC 8188).

Owns the bytes of one message. The push service that carries them learns their length and nothing else.
"""

import os
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

POINT_BYTES: Final = 65  # an uncompressed point of P-256, as browsers give it
AUTH_BYTES: Final = 16
RECORD_BYTES: Final = 4096  # what every push service has to take (RFC 8030)
MOST_BYTES: Final = RECORD_BYTES - 86 - 17  # of a message: without the header, the tag and the end of the record


def encrypted(
    message: bytes, *, p256dh: bytes, auth: bytes, salt: bytes = b"", sender: ec.EllipticCurvePrivateKey | None = None
) -> bytes:
    """Encrypt a message for one device. Raises ValueError for an invalid key, or for a message that is too long.

    `p256dh`, `auth`: the device's keys. `salt`, `sender`: new for each message; only tests pass them.
    """
    if len(message) > MOST_BYTES:
        raise ValueError(f"A message has at most {MOST_BYTES:,} bytes, not {len(message):,}.")
    receiver = public_key(p256dh)
    if len(auth) != AUTH_BYTES:
        raise ValueError(f"The secret of a device has {AUTH_BYTES} bytes, not {len(auth)}.")
    salt, sender = salt or os.urandom(16), sender or ec.generate_private_key(ec.SECP256R1())
    mine = point_of(sender.public_key())
    shared = sender.exchange(ec.ECDH(), receiver)
    key = _derived(auth, b"WebPush: info\0" + p256dh + mine, shared, 32)
    content_key = _derived(salt, b"Content-Encoding: aes128gcm\0", key, 16)
    nonce = _derived(salt, b"Content-Encoding: nonce\0", key, 12)
    header = salt + RECORD_BYTES.to_bytes(4) + bytes([len(mine)]) + mine
    return header + AESGCM(content_key).encrypt(nonce, message + b"\x02", None)


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Return the public key of a device. Raises ValueError for bytes that are none."""
    if len(point) != POINT_BYTES:
        raise ValueError(f"A device's key has {POINT_BYTES} bytes, not {len(point)}.")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except UnsupportedAlgorithm as error:
        raise ValueError("A device's key is a point of P-256.") from error


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key in the form of browsers and headers."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(salt: bytes, info: bytes, secret: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
