"""What proves who somebody is, and everything that nearly does."""

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from asithappened.accounts.oidc import provider as providers
from asithappened.accounts.oidc.claims import verified
from asithappened.accounts.oidc.client import Client, Refused, Unreachable
from tests.accounts.oidc.conftest import ADA
from tests.accounts.oidc.house_of_names import SECRET, Provider

NONCE = "n" * 32
PAST, FUTURE = 1_000_000_000, 4_000_000_000


def read(names: Provider, settings: Any, token: object, access: object = None) -> Any:
    return verified(Client(settings.OIDC), {"id_token": token, "access_token": access}, nonce=NONCE)


def signed(names: Provider, claims: dict[str, Any], **headers: Any) -> str:
    said = names.claims(NONCE, claims)
    return jwt.encode(
        {k: v for k, v in said.items() if v is not None}, names.key, "ES256", headers={"kid": "one"} | headers
    )


def test_an_honest_token_proves_it(names: Provider, settings: Settings) -> None:
    who = read(names, settings, signed(names, ADA))
    assert (who.subject, who.email, who.name) == ("ada-at-work", "ada@house.example", "Ada Reporter")


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"}, {"aud": "another"}, {"aud": ["another"]}, {"exp": PAST}, {"exp": None},
        {"iat": FUTURE}, {"nonce": "another"}, {"nonce": None}, {"sub": None}, {"sub": ""},
        {"sub": "x" * 256}, {"sub": "a\0b"}, {"azp": "another"}, {"aud": ["as-it-happened", "another"]}, {"iss": None},
        {"aud": None}, {"nbf": FUTURE},
    ],
)  # fmt: skip
def test_a_token_of_another_time_place_or_question_proves_nothing(
    names: Provider, settings: Settings, claims: dict[str, Any]
) -> None:
    said = names.claims(NONCE, ADA) | claims
    token = jwt.encode({k: v for k, v in said.items() if v is not None}, names.key, "ES256", headers={"kid": "one"})
    with pytest.raises(Refused):
        read(names, settings, token)


def test_a_token_that_the_provider_did_not_sign_proves_nothing(names: Provider, settings: Settings) -> None:
    claims = names.claims(NONCE, ADA)
    public = names.key.public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    honest = signed(names, ADA)
    head, body, signature = honest.split(".")
    other = jwt.utils.base64url_encode(json.dumps(claims | {"sub": "boss"}).encode()).decode()
    symmetric = jwt.utils.base64url_encode(json.dumps({"alg": "HS256", "kid": "one"}).encode()).decode()
    mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(f"{symmetric}.{body}".encode(), pem)
    made: list[object] = [
        jwt.encode(claims, "", "none", headers={"kid": "one"}),
        jwt.encode(claims, SECRET * 4, "HS256", headers={"kid": "one"}),
        f"{symmetric}.{body}.{jwt.utils.base64url_encode(mac).decode()}",
        jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", headers={"kid": "one"}),
        jwt.encode(claims, names.key, "ES256", headers={"kid": "another"}),
        f"{head}.{other}.{signature}", f"{head}.{body}.", "", "a.b.c", "....", None, 7, {},
    ]  # fmt: skip
    for token in made:
        with pytest.raises(Refused):
            read(names, settings, token)


def test_what_userinfo_says_counts_for_the_same_person_alone_and_an_address_with_its_own_word(
    names: Provider, settings: Settings
) -> None:
    bare = signed(names, {"sub": "ada", "email_verified": True})
    names.userinfo = {"sub": "ada", "email": "boss@house.example"}
    assert read(names, settings, bare, "access").email == ""  # the token's "verified" is of no address
    names.userinfo = {"sub": "ada", "email": "Ada@House.example", "email_verified": True}
    assert read(names, settings, bare, "access").email == "ada@house.example"
    mine = signed(names, {"sub": "ada", "email": "ada@house.example", "email_verified": False})
    assert read(names, settings, mine, "access").email == ""
    for said in ({"sub": "eve", "email": "ada@house.example", "email_verified": True}, {"email": "ada@house.example"}):
        names.userinfo = said
        with pytest.raises(Refused):
            read(names, settings, bare, "access")


NAMES = st.sampled_from(["sub", "email", "email_verified", "name", "aud", "azp", "auth_time", "groups"])
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3))


@given(st.dictionaries(NAMES, VALUES))
def test_whatever_a_provider_says_it_is_proved_or_refused(one_provider: Provider, claims: dict[str, Any]) -> None:
    one_provider.forget()
    known = providers.named(
        {"ASITHAPPENED_OIDC_ISSUER": one_provider.issuer, "ASITHAPPENED_OIDC_CLIENT_ID": "as-it-happened",
         "ASITHAPPENED_OIDC_ONLY": "groups=newsroom"}, "",
    )  # fmt: skip
    client = _client(known)
    said = one_provider.claims(NONCE, {"sub": "x"}) | claims
    try:
        token = jwt.encode(said, one_provider.key, "ES256", headers={"kid": "one"})
    except TypeError:  # not even a token
        return
    try:
        who = verified(client, {"id_token": token}, nonce=NONCE)
    except (Refused, Unreachable):
        return
    assert isinstance(who.subject, str)
    assert isinstance(who.name, str)
    assert who.email == "" or claims["email_verified"] in (True, "true")


_CLIENTS: dict[str, Client] = {}


def _client(known: Any) -> Client:
    return _CLIENTS.setdefault(known.issuer, Client(known))
