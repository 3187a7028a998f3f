"""The two halves of `make test` run on the databases that they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.on_postgres import BOTH, ON_POSTGRES


@pytest.mark.both
@pytest.mark.django_db
def test_this_run_is_on_the_database_that_it_says() -> None:
    expected = "postgresql" if os.environ.get(ON_POSTGRES) else "sqlite"
    assert connection.vendor == expected


def test_a_file_that_has_a_test_for_both_says_so_itself(request: pytest.FixtureRequest) -> None:
    marked = {item.path for item in request.session.items if item.get_closest_marker("both")}
    assert marked
    assert [path for path in sorted(marked) if BOTH not in path.read_text()] == [], "PostgreSQL's run skips these"


@pytest.mark.postgres
def test_a_test_that_needs_postgresql_gets_one_of_its_own(postgres_url: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_url) as own:
        assert own.execute("show fsync").fetchone() == ("off",)


def test_no_setting_of_whoever_runs_the_tests_reaches_them(root: Path) -> None:
    settings = re.findall(r"^\| `(ASITHAPPENED_[A-Z_]+)`", (root / "docs/operating.md").read_text(), re.MULTILINE)
    assert len(settings) >= 5
    hostile = dict.fromkeys(settings, "postgresql://nobody@127.0.0.1:1/newsroom")
    code = "import tests.conftest, os; print(*sorted(n for n in os.environ if n.startswith('ASITHAPPENED_')))"
    environment = {name: value for name, value in os.environ.items() if name != ON_POSTGRES}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment | hostile, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["ASITHAPPENED_HOME"]
