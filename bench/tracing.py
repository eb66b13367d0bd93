"""“What stands on this?” in the database: the desk's own statement beside the bare recursion."""

from typing import Any

from django.db import connection

from bench import standing
from bench.inside import watching
from bench.searching import in_turns
from filings import tracing

# Who stands on it, and at which level, counted: no standing, no region, no counts by level, no page.
BARE = """
WITH RECURSIVE above(filing_id, level) AS (
  SELECT filing_id, 1 FROM filings_reliance WHERE resource_id = %s
  UNION
  SELECT r.filing_id, a.level + 1 FROM above a JOIN filings_reliance r ON r.on_filing_id = a.filing_id
), reached AS (SELECT filing_id, min(level) AS level FROM above GROUP BY filing_id)
SELECT count(*), max(level) FROM reached"""
ROOTS = {"a chip under all": standing.CHIP, "a base model under few": standing.FIRST_MODEL}
REGIONS = {"the nation": None, "one province": ["33"]}


def compare(times: int) -> dict[str, Any]:
    """For each root and reader: how many stand on it, and milliseconds of the desk's statement and of the bare one."""
    told = {}
    connection.ensure_connection()
    for root, pk in ROOTS.items():
        for reader, regions in REGIONS.items():
            with watching() as seen:
                trace = tracing.trace(tracing.Root(resource=pk), regions=regions)
            measured = in_turns({"desk": seen.statements, "bare": [(BARE, [pk])]}, times)
            found = {"filings": trace.seen + trace.unseen, "levels": len(trace.steps)}
            with connection.cursor() as cursor:
                cursor.execute(BARE, [pk])
                assert cursor.fetchone() == tuple(found.values())
            told[f"{root}, read by {reader}"] = {**measured, **found}
    return told
