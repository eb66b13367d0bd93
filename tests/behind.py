"""Changing rows behind the guards, to see what stands after something that rules do not do."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def unguarded(table):
    """Without the table's own triggers; what was to be checked at the end is checked before."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
