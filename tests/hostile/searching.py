"""Looking for a text in every row of every table."""

from django.db import connection


def tables_that_hold(text):
    """The tables of which some row, written out, contains the text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
