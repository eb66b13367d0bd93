"""The house's sizes (style guide): what is over is listed; far over fails."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
MODULE, TEST_FILE, TEMPLATE, FUNCTION, CLASS, PARAMETERS = 400, 300, 120, 40, 200, 6
# A table with one row a URL grows with the portal.
SPECIAL = {"portal/settings.py": 300, "tests/access/table.py": 600}
FAR_OVER = 1.5  # times the limit, where the reviewer no longer decides
PACKAGES = ("portal/", "reviews/", "filings/")


def over() -> Iterator[tuple[str, str, int, int]]:
    """What is too long: where, what, its size, the limit."""
    for name in _files("*.py"):
        if "/migrations/" in name:
            continue
        text = (CHECKOUT / name).read_text()
        limit = SPECIAL.get(name, TEST_FILE if name.startswith("tests/") else _module_limit(name))
        yield name, "lines", text.count("\n"), limit
        if name.startswith(PACKAGES):
            yield from _parts(name, ast.parse(text))
    for name in _files("templates/*.html"):
        yield name, "lines", (CHECKOUT / name).read_text().count("\n"), TEMPLATE


def _module_limit(name: str) -> int:
    return 250 if name.startswith("reviews/admin/") else MODULE


def _parts(name: str, tree: ast.Module) -> Iterator[tuple[str, str, int, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            where = f"{name}:{node.lineno} {node.name}"
            yield (
                where,
                "lines",
                _length(node),
                30 if "/views" in name else 10_000 if "/specimen/" in name else FUNCTION,
            )
            arguments = node.args
            parameters = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
            yield where, "parameters", len([p for p in parameters if p.arg not in {"self", "cls"}]), PARAMETERS
        elif isinstance(node, ast.ClassDef):
            yield f"{name}:{node.lineno} {node.name}", "lines", _length(node), CLASS


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def unexplained_imports() -> Iterator[str]:
    """Imports inside functions whose line says no reason."""
    for name in _files("*.py"):
        if not name.startswith(PACKAGES):
            continue
        lines = (CHECKOUT / name).read_text().splitlines()
        for function in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    is_import = isinstance(node, ast.Import | ast.ImportFrom)
                    if is_import and "#" not in "".join(lines[node.lineno - 2 : node.end_lineno]):
                        yield f"{name}:{node.lineno} imports inside a function without a reason beside it"


def _files(pattern: str) -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", pattern]
    names = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split("\n")
    return [name for name in names if name and (CHECKOUT / name).exists()]


def main() -> int:
    too_long = [found for found in over() if found[2] > found[3]]
    far = [found for found in too_long if found[1] == "lines" and found[2] > found[3] * FAR_OVER]
    for where, what, size, limit in sorted(too_long, key=lambda found: found[3] / found[2]):
        print(f"{where}: {size} {what}, limit {limit}")
    unexplained = list(unexplained_imports())
    print("\n".join(unexplained))
    return 1 if far or unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
