"""Headers: on every answer of the Django half, whatever it is and however it was refused."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from asithappened.accounts.models import User
from tests.desk.conftest import Blog

pytestmark = pytest.mark.django_db
ASKED = [
    ("get", "/accounts/login/", {}, 200),
    ("get", "/accounts/2fa/webauthn/login/", {"X-Requested-With": "XMLHttpRequest"}, 200),  # JSON
    ("get", "/accounts/webauthn.js", {}, 200),
    ("get", "/desk/", {}, 302),
    ("get", "/nowhere/", {}, 404),
    ("get", "/accounts/login/", {"Host": "evil.example"}, 400),
    ("options", "/accounts/password/reset/", {}, 405),
    ("post", "/accounts/login/", {}, 403),  # without its token
]


@pytest.mark.parametrize(("method", "path", "headers", "status"), ASKED)
def test_every_answer_says_what_a_page_may_do_and_that_it_is_kept_nowhere(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = getattr(Client(enforce_csrf_checks=True, headers=headers), method)(path)
    assert answer.status_code == status
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Strict-Transport-Security" not in answer


@pytest.mark.parametrize(("method", "path", "headers", "status"), ASKED)
def test_browsers_are_told_to_keep_to_tls_where_it_ends_at_a_proxy(
    settings: Settings, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """The request that reaches this server is plain HTTP then."""
    settings.SECURE_HSTS_SECONDS = 100
    answer = getattr(Client(enforce_csrf_checks=True, headers=headers), method)(path)
    assert answer.status_code == status
    assert answer["Strict-Transport-Security"] == "max-age=100"


def test_every_answer_is_kept_out_of_caches_and_says_what_it_may_load(
    browse: Callable[[User | None], Client], editor: User, blog: Blog
) -> None:
    for path in ("/desk/", blog.path, "/desk/nothing/", "/accounts/login/"):
        answer = browse(editor).get(path)
        assert answer["Cache-Control"] == "no-store"
        policy = answer["Content-Security-Policy"]
        for directive in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
            assert directive in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert "<script>" not in answer.content.decode()
        assert "style=" not in answer.content.decode()
