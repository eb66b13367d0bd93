"""Every test that the coverage page names is there, and every statement has its row."""

import ast
import re
from pathlib import Path

from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "coverage.md"
STATEMENTS = [f"S{number}" for number in range(1, 17)]


def rows():
    lines = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| S")]
    return [cells for cells in lines if re.fullmatch(r"S\d+", cells[1].strip())]


def test_each_statement_has_law_screen_and_test():
    assert [cells[1].strip() for cells in rows()] == STATEMENTS
    for cells in rows():
        assert all(cell.strip() for cell in cells[2:6]), cells[1]
        assert re.search(r"`tests/[\w/]+\.py::\w+`", cells[5]), cells[1]


def test_every_test_named_on_the_page_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))
    missing = [f"{path}::{name}" for path, name in named if name not in functions(Path(settings.BASE_DIR) / path)]

    assert len(named) >= len(STATEMENTS)
    assert missing == []


def functions(path):
    if not path.exists():
        return set()
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}
