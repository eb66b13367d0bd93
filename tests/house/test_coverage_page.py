"""Every test that the coverage page names is there, and every statement has its row."""

import ast
import re
from pathlib import Path

from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "coverage.md"
STATEMENTS = {f"S{number}" for number in (2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15)}


def rows():
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| S")]
    return {cells[1].strip(): cells for cells in (line.split("|") for line in lines)}


def test_each_statement_has_law_screen_and_test():
    assert set(rows()) >= STATEMENTS
    assert all(cell.strip() for cells in rows().values() for cell in cells[2:6])


def test_every_test_named_on_the_page_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))
    missing = [f"{path}::{name}" for path, name in named if name not in functions(Path(settings.BASE_DIR) / path)]

    assert len(named) >= len(STATEMENTS)
    assert missing == []


def functions(path):
    if not path.exists():
        return set()
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}
