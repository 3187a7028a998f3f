"""The two halves of `make test` run on the databases that they say."""

import os

import pytest
from django.db import connection


@pytest.mark.both
@pytest.mark.django_db
def test_this_run_is_on_the_database_that_it_says() -> None:
    expected = "postgresql" if os.environ.get("ASITHAPPENED_DATABASE") else "sqlite"
    assert connection.vendor == expected


@pytest.mark.postgres
def test_a_test_that_needs_postgresql_gets_one_of_its_own(postgres_url: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_url) as own:
        assert own.execute("show fsync").fetchone() == ("off",)
