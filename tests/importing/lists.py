"""Published lists that the tests write themselves, row by row; every value is invented."""

import io
from pathlib import Path

import docx

from filings import numbers

ALGORITHM = ["序号", "算法名称", "算法类别", "主体名称", "应用产品", "主要用途", "备案编号", "备注"]
SYNTHESIS = ["序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注"]


def number(serial=1, *, entity="7654321", place="330106", algorithm_class="01", year="24"):
    body = f"{place}{entity}{algorithm_class}{year}{serial:03}"
    return f"网信算备{body}{numbers.check_digit(body)}号"


def row(given=None, **values):
    """A row of a deep-synthesis list by column name."""
    return {
        "序号": "1",
        "算法名称": "青禾图文生成算法",
        "角色": "服务提供者",
        "主体名称": "杭州青禾智能科技有限公司",
        "应用产品": "青禾写作(APP)",
        "主要用途": "应用于图文创作场景，根据主题，生成文章。",
        "备案编号": given or number(),
        "备注": "",
    } | values


def algorithm_row(given, **values):
    kept = row(given, **{"算法类别": "个性化推送类"} | values)
    kept.pop("角色")
    return kept


def make(rows, *, title="境内深度合成服务算法备案清单（2024年6月）", columns=None, touch=None):
    """The bytes of a DOCX with the title and one table; `touch` may alter the document."""
    columns = columns or (ALGORITHM if "互联网信息服务" in title else SYNTHESIS)
    document = docx.Document()
    document.add_paragraph("附件")
    document.add_paragraph(title)
    table = document.add_table(rows=1, cols=len(columns))
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = name
    for values in rows:
        cells = table.add_row().cells
        for cell, name in zip(cells, columns, strict=True):
            cell.text = values.get(name, "")
    if touch:
        touch(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write(folder: Path, name: str, *arguments, **options) -> Path:
    path = folder / name
    path.write_bytes(make(*arguments, **options))
    return path
