import sys

from tests.house.commands import run


def test_the_lifecycle_page_shows_the_tables_the_portal_runs_by():
    done = run(sys.executable, "scripts/generated_docs.py", "--check")
    assert done.returncode == 0, "docs/lifecycle.md is stale: run `make docs`\n" + done.stderr
