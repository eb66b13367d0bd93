"""Fills one bench database by COPY."""

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

from bench import mass, standing

OURS = ("portal", "filings", "reviews")


def copy(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """COPY rows given by column; columns that a row leaves out take the field's default."""
    fields = [f for f in model._meta.concrete_fields if not getattr(f, "generated", False)]
    given = {f.attname: f.get_default() for f in fields if not f.primary_key or f.has_default()}
    as_json = {f.attname for f in fields if isinstance(f, models.JSONField)}
    names = [f.attname for f in fields]
    columns = ", ".join(f'"{f.column}"' for f in fields)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as out:
        for row in rows:
            values = {**given, **row}
            for name in as_json:
                if not isinstance(values[name], str | None):
                    values[name] = json.dumps(values[name], ensure_ascii=False)
            out.write_row([values[name] for name in names])
            count += 1
    return count


@contextmanager
def unguarded() -> Iterator[None]:
    """Rows of the past are loaded as they stand: triggers guard moves, and these are none."""
    tables = [m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.app_label in OURS]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


@contextmanager
def without_foreign_keys() -> Iterator[None]:
    """Foreign keys are checked once at the end, for all rows together."""
    found = (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text LIKE ANY (ARRAY['filings\\_%', 'reviews\\_%'])"
    )
    with connection.cursor() as cursor:
        cursor.execute(found)
        keys = cursor.fetchall()
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def fill(size: int) -> None:
    """Load every table and bring the planner's statistics up to date."""
    began = time.monotonic()
    with unguarded(), without_foreign_keys():
        rows = mass.Mass(size)
        for model, found in [*mass.tables(rows), *standing.tables(rows)]:
            copy(model, found)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), list(apps.get_models(include_auto_created=True))
        ):
            cursor.execute(statement)
        cursor.execute("VACUUM (ANALYZE)")
    print(f"filled {size:,} filings in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
