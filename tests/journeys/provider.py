"""A provider of OpenID Connect that we did not write: allauth's own (`allauth.idp`), in a process of its own.

Owns three people there and one client, which is the installation under test. Usage: PORT CALLBACK FOLDER.
"""

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CLIENT: Final = "as-it-happened"
SECRET: Final = "known to both"
PASSWORD: Final = "at the house of names"
PEOPLE: Final = {"ada": True, "bo": False, "eve": True}  # and whether their address is verified


class Server(ThreadingMixIn, WSGIServer):
    """A thread a connection: browsers open some in advance, and say nothing on them."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: Any) -> None:
        """Do not."""


def configure(folder: Path) -> None:
    """Make a Django of allauth's parts."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    apps = [
        "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.messages",
        "allauth", "allauth.account", "allauth.idp.oidc",
    ]  # fmt: skip
    settings.configure(
        SECRET_KEY="of nobody",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=apps,
        MIGRATION_MODULES={app.rsplit(".", 1)[-1]: None for app in apps} | {"allauth_idp_oidc": None},
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "names.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        ACCOUNT_LOGIN_METHODS={"username"},
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        LOGIN_URL="/accounts/login/",
        SESSION_COOKIE_NAME="names",  # cookies do not know ports
        CSRF_COOKIE_NAME="names_csrf",
        IDP_OIDC_PRIVATE_KEY=key.decode(),
    )


def people(callback: str) -> None:
    """Make the people, and the client."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    for name, verified in PEOPLE.items():
        email = f"{name}@courier.example"
        user = User.objects.create_user(name, email, PASSWORD)
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    client = Client(id=CLIENT, name="As It Happened", scopes="openid\nemail\nprofile", redirect_uris=callback)
    client.set_secret(SECRET)
    client.save()


if __name__ == "__main__":
    port, callback, folder = sys.argv[1:]
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # of this machine, to itself
    configure(Path(folder))
    import django

    django.setup()
    people(callback)
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    urlpatterns = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
    with make_server("127.0.0.1", int(port), get_wsgi_application(), Server, Quiet) as server:
        print("ready", flush=True)
        server.serve_forever()
