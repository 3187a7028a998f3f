"""Django's settings, read from the environment once.

Owns the environment's names (`ASITHAPPENED_…`) and their defaults. All state is in one folder, ASITHAPPENED_HOME: the
SQLite files, and the keys, which are made when first needed. Its default, `.asithappened` in the working directory, is
easy to find and to delete.
No secret has a default. Look next: `address`, `urls`, `asgi`; `cli`.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf.global_settings import LANGUAGES as KNOWN_LANGUAGES
from django.utils.functional import lazy

from asithappened.accounts.oidc import provider as oidc
from asithappened.alerts import push_services
from asithappened.delivery.bodies import DESK_BYTES
from asithappened.delivery.proxies import Proxies
from asithappened.outbound import Guard
from asithappened.published.doorbell import folder_in
from asithappened.published.tickets import key_in
from asithappened.syndication import robots
from asithappened.wiring import address, mail_server, suggesters
from asithappened.wiring.sqlite import use_safe_sqlite

SQLITE_VERSION = use_safe_sqlite()

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("ASITHAPPENED_HOME") or ".asithappened").resolve()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)

# --- the newsroom

SITE_NAME = os.environ.get("ASITHAPPENED_SITE_NAME") or "As It Happened"
PUBLIC_URL = address.of(HOME)
# Where readers fetch pictures and films: from here, or from a CDN in front.
_MEDIA = os.environ.get("ASITHAPPENED_MEDIA_ADDRESS", "")
MEDIA_ADDRESS = address.checked(_MEDIA, "ASITHAPPENED_MEDIA_ADDRESS") if _MEDIA else ""
CARDS_FOLDER = HOME / "cards"  # a cache: each card can be drawn again
# Whether phones cache the desk's built files, and an empty page of it, for use without a network.
APP = os.environ.get("ASITHAPPENED_APP", "on") != "off"
LANGUAGE_CODE = os.environ.get("ASITHAPPENED_LANGUAGE") or "en"
if LANGUAGE_CODE not in dict(KNOWN_LANGUAGES):
    raise ValueError(f"ASITHAPPENED_LANGUAGE is a language that Django has, such as en or de, not {LANGUAGE_CODE!r}.")
# The desk's complete translations; the operator may choose another language, which Django translates in part.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
if LANGUAGE_CODE not in dict(LANGUAGES):
    LANGUAGES.append((LANGUAGE_CODE, dict(KNOWN_LANGUAGES)[LANGUAGE_CODE]))
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"  # each live blog has its own zone

_public = urlsplit(PUBLIC_URL)
HTTPS = _public.scheme == "https"
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
# Loopback always, because the doctor, health checks and people on the machine itself connect to it.
ALLOWED_HOSTS = [_public.hostname or "localhost", *_LOOPBACK, *os.environ.get("ASITHAPPENED_HOSTS", "").split()]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]

# --- keys: files in the home folder (0600), made when first needed and never printed

SECRET_KEY_FILE = HOME / "secret.key"
SECRET_KEY = lazy(lambda: key_in(SECRET_KEY_FILE).hex(), str)()
TICKET_KEY_FILE = HOME / "ticket.key"
PUSH_KEY_FILE = HOME / "push.key"

# --- edges that hold readers' streams


def _edges(text: str) -> tuple[Any, ...]:
    """Return the edges of ASITHAPPENED_GRIP_URL; without one, the code that signs and verifies is not loaded."""
    if not text.strip():
        return ()
    from asithappened.delivery.grip import edges

    return edges(text)


GRIP_EDGES = _edges(os.environ.get("ASITHAPPENED_GRIP_URL", ""))

# --- proxies that are trusted to name a request's address

PROXIES = Proxies.named(os.environ.get("ASITHAPPENED_PROXIES", ""))

# --- sites whose pages may show every live blog in a frame; an owner can add more for one live blog

EMBEDDERS = tuple(
    address.checked(one, "ASITHAPPENED_EMBEDDERS") for one in os.environ.get("ASITHAPPENED_EMBEDDERS", "").split()
)

# --- the house's own style: templates that replace ours, files beside them, and origins that its pages may load from

_HOUSE = os.environ.get("ASITHAPPENED_HOUSE_STYLE", "")
HOUSE_STYLE = Path(_HOUSE).resolve() if _HOUSE else None
if HOUSE_STYLE and not (HOUSE_STYLE / "templates").is_dir():
    raise ValueError(
        f"ASITHAPPENED_HOUSE_STYLE is a folder with templates in it (docs/house-style.md), not {_HOUSE!r}."
    )
PAGE_ORIGINS = tuple(
    address.checked(one, "ASITHAPPENED_PAGE_ORIGINS") for one in os.environ.get("ASITHAPPENED_PAGE_ORIGINS", "").split()
)

# --- robots.txt: whether search engines may index, and the rules for crawlers of AI


def _one_of(name: str, choices: tuple[str, ...]) -> Any:
    """Return the value of a variable with a few choices; the first by default."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise ValueError(f"{name} is {', '.join(choices[:-1])} or {choices[-1]}, not {value!r}.")
    return value


SEARCH = _one_of("ASITHAPPENED_SEARCH", ("on", "off")) == "on"
AI_CRAWLERS: robots.Crawlers = _one_of("ASITHAPPENED_AI_CRAWLERS", robots.CHOICES)

# --- private networks that `outbound` may connect to: those of the newsroom's own servers

OUTBOUND_TO = os.environ.get("ASITHAPPENED_OUTBOUND_TO", "").split()
Guard(OUTBOUND_TO)  # refuses an invalid network at the start

# --- push services of readers' browsers, which alerts are sent to; off for none

PUSH_SERVICES = push_services.named(os.environ.get("ASITHAPPENED_PUSH_SERVICES", ""))

# The sockets that tell every serving process of a publish.
DOORBELLS = folder_in(HOME)

# --- database


def _sqlite(name: str, *, synchronous: str) -> dict[str, Any]:
    """Return Django's description of a SQLite file in the home."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / f"{name}.sqlite3",
        # Each of the few threads keeps its connection: opening the file parses the whole schema, and costs as much as a
        # beat.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Otherwise a transaction that reads before it writes fails after another's write (BUSY without waiting,
            # because SQLite cannot upgrade a stale snapshot).
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds; the longest transaction of an import is a hundredth of that
            # secure_delete: erased text is overwritten in the file.
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA secure_delete=ON;"
            "PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000",
        },
        # A file, not memory: tests use the real database, with its WAL and its locks.
        "TEST": {"NAME": HOME / f"test-{name}.sqlite3"},
    }


def _databases(url: str) -> dict[str, dict[str, Any]]:
    """Return Django's description of the databases: one PostgreSQL by its URL, or the home's SQLite files."""
    if url:
        return {"default": _postgres(url)}
    return {
        "default": _sqlite("newsroom", synchronous="FULL"),  # an answered publish survives a power cut
        # NORMAL: a saved draft survives a killed process; a power cut may lose those since the last checkpoint.
        "drafts": _sqlite("drafts", synchronous="NORMAL"),
    }


def _postgres(url: str) -> dict[str, Any]:
    """Return Django's description of a PostgreSQL by its URL, as libpq writes one."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"ASITHAPPENED_DATABASE is a postgres:// address or empty, not {parts.scheme or url!r}.")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "asithappened",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # reconnects after a restart of the database
        "OPTIONS": options,
    }


DATABASES = _databases(os.environ.get("ASITHAPPENED_DATABASE", ""))
DATABASE_ROUTERS = ["asithappened.desk.drafts.router.DraftsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- pictures, films and sounds: a folder of the home, or an S3-compatible store with that folder as its cache

MEDIA_FOLDER = HOME / "media"


def _remote_store(bucket: str) -> dict[str, Any]:
    """Return Django's description of the S3-compatible store in the environment; {} without one."""
    if not bucket:
        return {}
    given = {
        "bucket_name": bucket,
        "endpoint_url": os.environ.get("ASITHAPPENED_MEDIA_S3_ENDPOINT"),
        "region_name": os.environ.get("ASITHAPPENED_MEDIA_S3_REGION"),
        "access_key": os.environ.get("ASITHAPPENED_MEDIA_S3_KEY"),
        "secret_key": os.environ.get("ASITHAPPENED_MEDIA_S3_SECRET"),
        "location": os.environ.get("ASITHAPPENED_MEDIA_S3_PREFIX"),
    }
    # Nothing in it is public: delivery serves public files from this machine's disk.
    options: dict[str, Any] = {name: value for name, value in given.items() if value}
    options |= {"default_acl": None, "querystring_auth": True, "file_overwrite": True}
    return {"media": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}


STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    **_remote_store(os.environ.get("ASITHAPPENED_MEDIA_S3_BUCKET", "")),
}

# --- what is installed

INSTALLED_APPS = [
    "asithappened.log",
    "asithappened.jobs",
    "asithappened.published",
    "asithappened.accounts",
    "asithappened.media",
    "asithappened.search",
    "asithappened.alerts",
    "asithappened.polls",
    "asithappened.readership",
    "asithappened.desk.drafts",
    "asithappened.desk",  # before allauth: its templates dress allauth's pages
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # "now", "three minutes ago"
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "asithappened.desk.headers.AnswerHeaders",
    # The desk's screen is ten times as large without. Compression with text of a stranger's choice (BREACH) could only
    # leak the forms' token, which Django masks anew each time; the middleware also varies each answer's length.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "asithappened.accounts.sessions.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "asithappened.accounts.recognise.SayWhoIsSignedIn",
    "asithappened.accounts.sessions.NoteWhenUsed",
    "asithappened.accounts.language.SpeakTheirLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
# The parts of a live blog's pages beside its posts, one sequence for each package; render.part defines a part.
PAGE_PARTS = ("asithappened.render.ledger.parts.PARTS", "asithappened.render.page_parts.PARTS")
ROOT_URLCONF = "asithappened.wiring.urls"
ASGI_APPLICATION = "asithappened.wiring.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(HOUSE_STYLE / "templates")] if HOUSE_STYLE else [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "asithappened.desk.context.house",
            ],
        },
    }
]
STATIC_URL = "/static/"
# In a cookie, not in the session, so that messages are shown even if the database cannot be written.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# --- accounts: by invitation only

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # A length and a list of common ones, without rules about digits: NIST SP 800-63B, ASVS v5.0.0-6.2.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "asithappened.accounts.passwords.NotOneRun"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds; one-time sign-in links too
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:blogs"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "asithappened.accounts.adapter.HouseAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # opening the link of an invitation proves the address
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays; Django ends the others by their changed hash
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
# For people who signed in, or gave the right password. accounts.attempts limits guesses at passwords, because limits by
# address, as here, do not stop somebody with many addresses.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/5m/key",  # codes of a second factor
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is nothing to guess
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",  # unlike memory, shared by processes and machines
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "asithappened.accounts.passkeys.AddKey"}
MFA_TOTP_ISSUER = SITE_NAME
# Browsers allow passkeys for https and for localhost only; py-fido2 needs this setting for localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- the operator's own servers, if there are any: an identity provider, and mail

OIDC = oidc.named(
    os.environ,
    mail_server.secret_in(os.environ.get("ASITHAPPENED_OIDC_SECRET_FILE", ""), "ASITHAPPENED_OIDC_SECRET_FILE"),
)
MAIL = mail_server.named(os.environ)
if MAIL is None:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # sends nothing: links are passed on by people
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.host, MAIL.port, MAIL.user, MAIL.password
    EMAIL_USE_SSL = MAIL.encrypted == "from the first byte"
    EMAIL_USE_TLS = MAIL.encrypted == "before anything is said"
    EMAIL_TIMEOUT = 15  # seconds
    DEFAULT_FROM_EMAIL = MAIL.sender

# --- suggesters beside our own rules, if any

SUGGESTERS = suggesters.plugins_named(os.environ)
MODEL = suggesters.model_in(os.environ)

# --- readers' contributions and votes

CONTRIBUTIONS_KEPT_DAYS = int(os.environ.get("ASITHAPPENED_CONTRIBUTIONS_DAYS") or 30)  # after a live blog has ended

POLL_VOTES = int(os.environ.get("ASITHAPPENED_POLL_VOTES") or 1)  # of one address, in one poll, a day

# --- how live blogs are read, in counts (docs/readership.md)

READERSHIP = _one_of("ASITHAPPENED_READERSHIP", ("on", "off")) == "on"

# --- cookies, forms, headers

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "asithappened.desk.views.refused.stale_form"
LANGUAGE_COOKIE_SECURE = HTTPS
DATA_UPLOAD_MAX_MEMORY_SIZE = DESK_BYTES  # delivery lets no more through
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a post of 2,000 blocks (core.limits), each a fieldset of up to ten inputs
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # blob: a chosen file, shown before it is sent.
        "img-src": ["'self'", "https:", "data:", "blob:"],
        "media-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": ["'self'"],  # a live blog as other sites show it
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- the rest

DEBUG = False  # never on: a traceback page shows settings to strangers
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "asithappened.wiring.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "filters": {"few": {"()": "asithappened.wiring.logs.FewOfAKind"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["few"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        "asithappened.ledger.model": {"level": "INFO"},  # each call: the post, and the sizes of request and answer
        "asithappened.desk": {"level": "INFO"},  # a line for each refusal, with the id that it shows
        "django.request": {"level": "ERROR"},  # a refused form is usual at the desk, not worth a warning
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # else a traceback for each made-up name
        "django.server": {"handlers": [], "propagate": True},
    },
}
