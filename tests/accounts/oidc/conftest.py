"""A running provider, an installation that uses it, and the steps of a sign-in."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client

from asithappened.accounts.models import User
from asithappened.accounts.oidc import client, provider
from tests.accounts.oidc.house_of_names import CLIENT, SECRET, Provider, running
from tests.answered import Answer

SignIn = Callable[..., Answer]
ADA = {"sub": "ada-at-work", "email": "ada@house.example", "email_verified": True, "name": "Ada Reporter"}


@pytest.fixture(scope="session")
def one_provider() -> Iterator[Provider]:
    with running() as one:
        yield one


@pytest.fixture
def names(one_provider: Provider, settings: Any) -> Iterator[Provider]:
    """Return a provider that the installation knows, and that nobody has asked yet."""
    one_provider.forget()
    client.of.cache_clear()
    settings.OIDC = provider.named(
        {"ASITHAPPENED_OIDC_ISSUER": one_provider.issuer, "ASITHAPPENED_OIDC_CLIENT_ID": CLIENT,
         "ASITHAPPENED_OIDC_LABEL": "House of Names"},
        SECRET,
    )  # fmt: skip
    yield one_provider
    client.of.cache_clear()


@pytest.fixture
def rules(settings: Any, names: Provider) -> Callable[..., None]:
    """Change what the operator says of the provider."""

    def change(**fields: Any) -> None:
        settings.OIDC = replace(settings.OIDC, **fields)

    return change


def begun(client: Client, **form: str) -> dict[str, str]:
    """Begin a sign-in, and return the provider's query."""
    page = client.post("/accounts/oidc/begin/", form)
    assert page.status_code == 200, page.content
    (address,) = re.findall(r'href="([^"]+/authorize\?[^"]+)"', page.content.decode())
    return dict(parse_qsl(urlsplit(html.unescape(address)).query))


def come_back(client: Client, **query: str) -> Answer:
    """Bring an answer back."""
    return client.get("/accounts/oidc/callback/", query)


@pytest.fixture
def sign_in(names: Provider) -> SignIn:
    """Sign in as somebody whom the provider knows, and return the last answer."""

    def go(client: Client, claims: dict[str, Any] | None = None, **form: str) -> Answer:
        asked = begun(client, **form)
        return come_back(client, state=asked["state"], code=names.code(asked, ADA if claims is None else claims))

    return go


@pytest.fixture
def ada() -> User:
    """Return somebody of the newsroom with a vouched address."""
    return User.objects.create_user("ada@house.example", "a rather long password", is_staff=True, vouched=True)


def who(client: Client) -> str:
    """Return the address of whoever is signed in, "" if nobody is."""
    found = User.objects.filter(pk=client.session.get("_auth_user_id", 0)).first()
    return found.email if found else ""
