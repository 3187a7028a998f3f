"""Only `outbound` opens connections to what somebody named; who talks to what the operator configured is listed.

Each kind of offence is planted, and found by the rule that is there for it. Look next: "banned-api" in pyproject.toml.
"""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path("src/asithappened")

CONFIGURED = {
    "outbound/addresses.py": "what somebody named, checked",
    "outbound/network.py": "the same, by the guard",
    "delivery/publisher.py": "GRIP edges: ASITHAPPENED_GRIP_URL",
    "published/machines.py": "PostgreSQL: ASITHAPPENED_DATABASE",
    "published/read.py": "PostgreSQL: ASITHAPPENED_DATABASE",
}
"""Modules that connect, and to what."""

BY_A_LIBRARY = {
    "wiring/settings.py": {
        "S3Storage": "S3: ASITHAPPENED_MEDIA_S3_ENDPOINT",
        "EMAIL_BACKEND": "SMTP: the mail server, if any",
    },
    "accounts/oidc/client.py": {"ask_configured": "OIDC: ASITHAPPENED_OIDC_ISSUER, and what it names"},
    "ledger/model/asking.py": {"ask_configured": "a language model: ASITHAPPENED_MODEL_URL"},
    "wiring/doctor/readers.py": {"urlopen": "this installation, by its public address"},
}
"""Modules that name what connects on our behalf, by which word, and to what of the operator's."""

CLIENTS = re.compile(r"\b(S3Storage|EMAIL_BACKEND|urlopen|GuardedNetwork|ask_configured)\b")

CONNECTING = frozenset(("connect", "connect_ex", "sock_connect", "create_connection", "open_connection"))
NAMED = re.compile(rf"\b(?:{'|'.join(CONNECTING)})\b")


def connects(source: str) -> bool:
    """Say whether a module calls something that connects, to anything but a file of SQLite's."""
    if not NAMED.search(source):
        return False  # nine of ten modules need not be parsed
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CONNECTING:
            of = node.func.value
            if not (isinstance(of, ast.Name) and of.id == "sqlite3"):
                return True
    return False


def test_only_the_modules_that_are_listed_connect_to_anything() -> None:
    found = {str(path.relative_to(SRC)) for path in SRC.rglob("*.py") if connects(path.read_text())}
    assert found - set(CONFIGURED) == set(), "use outbound.fetch, or say here to what of the operator's this connects"
    assert set(CONFIGURED) - found == set(), "these connect to nothing any more: take them off the list"


def test_what_connects_by_a_library_s_hand_is_listed_with_its_module() -> None:
    found: dict[str, set[str]] = {}
    for path in SRC.rglob("*.py"):
        module = str(path.relative_to(SRC))
        if not module.startswith("outbound/") and (names := set(CLIENTS.findall(path.read_text()))):
            found[module] = names
    assert found == {module: set(names) for module, names in BY_A_LIBRARY.items()}, "say here to what this connects"


@pytest.mark.parametrize(
    "planted",
    [
        "socket.socket().connect(('a.example', 80))",
        "asyncio.open_connection('a.example', 80)",
        "loop.sock_connect(s, a)",
    ],
)
def test_a_connection_that_is_planted_is_found(planted: str) -> None:
    assert connects(planted)


@pytest.mark.parametrize(
    "planted",
    [
        "import urllib.request\n",
        "from urllib.request import urlopen\n",
        "import http.client\n",
        "import httpx\n",
        "import httpcore\n",
        "import requests\n",
        "import smtplib\n",
        "import aiohttp\n",
        "import ftplib\n",
        "from xmlrpc.client import ServerProxy\n",
        "import urllib3\n",
        "import boto3\n",
        "from botocore.session import Session\n",
        "import socket\n\nsocket.create_connection(('a.example', 80))\n",
        "import asyncio\n\nasyncio.open_connection('a.example', 80)\n",
    ],
)
def test_a_client_that_is_planted_is_refused_by_lint(planted: str) -> None:
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--select",
            "TID251",
            "--stdin-filename",
            f"{SRC}/desk/planted.py",
            "-",
        ],
        input=planted,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "TID251" in ran.stdout, ran.stdout + ran.stderr
