"""Finds the strings that makemessages would, without gettext's programs, which a bare machine lacks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from tests.house.commands import CHECKOUT

TREES = ("filings", "reviews", "portal", "templates")
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "ngettext_noop"}
LITERAL = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b(?P<name>_|n?p?gettext)\((?P<first>{LITERAL})(?:, *(?P<second>{LITERAL}))?")

type Message = tuple[str, str]  # context or "", English


def messages() -> dict[Message, str]:
    """Every string marked for translation, with one file that has it."""
    found: dict[Message, str] = {}
    for tree in TREES:
        for path in sorted((CHECKOUT / tree).rglob("*")):
            if path.suffix == ".py":
                strings = _in_python(path)
            elif path.suffix in {".html", ".txt"}:
                strings = _in_template(path)
            else:
                continue
            for message in strings:
                found.setdefault(message, str(path.relative_to(CHECKOUT)))
    return found


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if name in WITH_CONTEXT and len(texts) > 1:
            yield texts[0], texts[1]
        elif name in PLAIN and texts and isinstance(node.args[0], ast.Constant):
            yield "", texts[0]


def _in_template(path: Path) -> Iterator[Message]:
    for match in CALL.finditer(templatize(path.read_text(encoding="utf-8"))):
        first = ast.literal_eval(match["first"])
        if "pgettext" in match["name"]:
            yield first, ast.literal_eval(match["second"])
        else:
            yield "", first
