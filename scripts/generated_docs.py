"""`make docs`: write docs/lifecycle.md from the transition tables. `--check` only compares."""

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PAGE = CHECKOUT / "docs" / "lifecycle.md"


def page() -> str:
    from django.utils.translation import override

    from filings.lifecycle import FILING_TRANSITIONS, PROCEDURE_TRANSITIONS, FilingStanding, ProcedureStatus
    from filings.matter_lifecycle import BEGINS_AS, MATTER_TRANSITIONS, MatterKind, statuses

    with override("en"):
        return "\n".join(
            [
                "# Lifecycle",
                "",
                "Generated from `filings/lifecycle.py` and `filings/matter_lifecycle.py` by `make docs`. PostgreSQL",
                "enforces the same tables by trigger; a test compares them pair by pair. Moves marked ⚖ need a",
                "proposal and a signature by two officers.",
                "",
                *section("Procedure", PROCEDURE_TRANSITIONS, ProcedureStatus.values),
                *section("Filing", FILING_TRANSITIONS, FilingStanding.values),
                *[
                    line
                    for kind, table in MATTER_TRANSITIONS.items()
                    for line in section(str(MatterKind(kind).label), table, sorted(statuses(kind)), BEGINS_AS[kind])
                ],
            ]
        )


def section(title: str, table: tuple, statuses: list[str], first: str = "draft") -> list[str]:
    lines = [f"## {title}", "", "```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    for transition in table:
        mark = " ⚖" if transition.two_people else ""
        lines += [f"    {source} --> {transition.target}: {transition.name}{mark}" for source in transition.sources]
    sources = {source for transition in table for source in transition.sources}
    lines += [f"    {status} --> [*]" for status in statuses if status not in sources]
    lines += ["```", "", "| move | from | to | who | two people |", "| --- | --- | --- | --- | --- |"]
    for t in table:
        who = ", ".join(str(actor) for actor in t.actors)
        lines.append(f"| {t.name} | {', '.join(t.sources)} | {t.target} | {who} | {'yes' if t.two_people else ''} |")
    return [*lines, ""]


def main() -> int:
    sys.path.insert(0, str(CHECKOUT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    text = page()
    if "--check" in sys.argv:
        return 0 if PAGE.read_text() == text else 1
    PAGE.write_text(text)
    print(f"wrote {PAGE.relative_to(CHECKOUT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
