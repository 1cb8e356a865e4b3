"""Reading cannot write: a connection guard that lets only SELECT pass."""

from contextlib import ExitStack, contextmanager

from django.db import connections


class WriteInReadOnly(RuntimeError):
    """A page that only reads tried to write."""


def _only_select(execute, sql, params, many, context):
    statement = sql.lstrip("( \n\t").upper()
    if not statement.startswith(("SELECT", "WITH", "SAVEPOINT", "RELEASE", "EXPLAIN")):
        raise WriteInReadOnly(f"refused in a read-only view: {sql[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def read_only():
    """Refuse any statement but a read on every database connection."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_only_select))
        yield
