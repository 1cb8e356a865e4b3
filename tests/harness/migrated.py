"""The tables of the migrations, made once in a run; databases of tests are copies of them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from tests.harness.postgres import is_our_own, url_of
from tests.harness.processes import manage, portal_env

NAME, UNFINISHED = "unionops_migrated", "unionops_migrating"
LOCK = 20_231_025  # any number that only this module takes


def template(var: Path) -> str:
    """The database to copy, made by whoever asks first; empty where the server outlives the run.

    On a server of somebody else it would be left behind, and be out of date the next time.
    """
    if not is_our_own():
        return ""
    with _alone() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
        if not cursor.fetchone():
            cursor.execute(f'DROP DATABASE IF EXISTS "{UNFINISHED}"')
            cursor.execute(f'CREATE DATABASE "{UNFINISHED}"')
            url = url_of(os.environ["DATABASE_URL"], UNFINISHED)
            manage("migrate", "--no-input", "-v", "0", env=portal_env(database_url=url, var=var))
            cursor.execute(f'ALTER DATABASE "{UNFINISHED}" RENAME TO "{NAME}"')
    return NAME


@contextmanager
def _alone() -> Iterator[Any]:
    """A cursor of the only process that is here."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            yield cursor
    finally:
        connection.close()  # and the lock with it
