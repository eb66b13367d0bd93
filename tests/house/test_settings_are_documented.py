import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r"""env\.(?:text|flag|integer|words|kept_secret)\(\s*["']([A-Z0-9_]+)["']""")
ROW = re.compile(r"^\| `([A-Z0-9_]+)` \|", re.MULTILINE)


def test_the_reference_lists_exactly_the_settings_that_the_code_reads():
    sources = [path for tree in ("portal", "filings", "reviews") for path in (ROOT / tree).rglob("*.py")]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    listed = ROW.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8"))
    assert len(listed) == len(set(listed))
    assert set(listed) == read


def test_the_production_page_names_only_settings_and_commands_that_exist():
    page = (ROOT / "docs/operations/production.md").read_text(encoding="utf-8")
    listed = set(ROW.findall((ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")))
    named = {name.removesuffix("_FILE") for name in re.findall(r"^([A-Z][A-Z0-9_]+)=", page, re.MULTILINE)}
    assert named <= listed
    ours = {path.stem for tree in ("portal", "filings") for path in (ROOT / tree / "management/commands").glob("*.py")}
    django = {"check", "migrate", "collectstatic", "compilemessages"}
    assert set(re.findall(r"manage\.py ([a-z_]+)", page)) <= ours | django
