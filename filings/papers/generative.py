"""The documents of generative services: 上线备案表, 登记申请表, the assessment report, the annexes as lists.

Parts follow the published forms (domain.md §3.2-3.4); every answer is quoted from the frozen
dossier, so that form, report and annexes cannot contradict each other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from filings.papers import blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from filings.papers.blocks import Block
    from filings.papers.official import Frozen

FORM_PARTS = (
    ("一、基本情况", ("service",)),
    ("二、模型研制", ("base_model", "development", "compute", "corpora", "labelling", "mechanism")),
    (
        "三、服务与安全防范",
        (
            "positive_content",
            "content_safety",
            "output_labels",
            "illegal_content",
            "misuse",
            "personnel",
            "minors",
            "user_input",
            "complaints",
            "agreement",
        ),
    ),
)
REGISTRATION_PARTS = (
    ("一、服务情况", ("service",)),
    ("二、调用已备案模型情况", ("base_model",)),
    (
        "三、内容安全管理",
        (
            "content_safety",
            "output_labels",
            "illegal_content",
            "misuse",
            "minors",
            "user_input",
            "complaints",
            "agreement",
        ),
    ),
)
REPORT_PARTS = (
    ("第一章 语料安全", ("corpora", "labelling")),
    ("第二章 模型安全", ("base_model", "development", "mechanism", "positive_content", "content_safety")),
    (
        "第三章 安全措施",
        (
            "personnel",
            "minors",
            "user_input",
            "output_labels",
            "complaints",
            "illegal_content",
            "misuse",
            "agreement",
            "compute",
        ),
    ),
)
ENTITY_FACTS = (
    ("单位名称", "basic.name"),
    ("统一社会信用代码", "basic.credit_code"),
    ("主体类型", "basic.entity_type"),
    ("法定代表人", "legal_representative.name"),
    ("算法安全责任人", "safety_officer.name"),
)
SIGNATURES = (
    ("法定代表人（签名）：", ""),
    ("安全评估负责人（签名）：", ""),
    ("单位（盖章）：", ""),
    ("日期：", ""),
)


def filing_form(frozen: Frozen) -> tuple[Block, ...]:
    """《生成式人工智能（大语言模型）上线备案表》 (domain.md §3.2)."""
    return _form(frozen, FORM_PARTS, ("四、安全评估", "五、附件", "六、自愿承诺"))


def registration_form(frozen: Frozen) -> tuple[Block, ...]:
    """《生成式人工智能服务登记申请表》, the shorter form of a service that calls a filed model (§3.4)."""
    return _form(frozen, REGISTRATION_PARTS, ("四、安全评估", "五、附件", "六、自愿承诺"))


def _form(
    frozen: Frozen, parts: tuple[tuple[str, tuple[str, ...]], ...], closing: tuple[str, str, str]
) -> tuple[Block, ...]:
    assessed, annexed, promised = closing
    found = [blocks.rows(frozen.pairs(*ENTITY_FACTS, ("模型（服务）名称", "service.name")))]
    for title, codes in parts:
        found += _part(frozen, title, codes)
    found += _part(frozen, assessed, ("assessment", "conclusion"))
    found += [blocks.heading(annexed), *annex_list(frozen)]
    found += [
        blocks.heading(promised),
        blocks.text("本单位对以上内容的真实性、准确性、完整性负责；承诺事项见同一摘要的《备案承诺书》。"),
        blocks.signature(*SIGNATURES),
    ]
    return tuple(found)


def assessment_report(frozen: Frozen) -> tuple[Block, ...]:
    """《安全评估报告》: corpora, model, measures, tests, conclusion (domain.md §3.3)."""
    found = [
        blocks.rows(frozen.pairs(*ENTITY_FACTS, ("模型（服务）名称", "service.name"))),
        blocks.text("本报告引用同一摘要的备案表和附件所载事实，不另行填写。"),
        blocks.PAGE,
    ]
    for title, codes in REPORT_PARTS:
        found += _part(frozen, title, codes)
    found += [blocks.heading("第四章 测试和附件"), *annex_list(frozen)]
    found += [blocks.heading("第五章 逐项评估"), *_topics(frozen)]
    found += _part(frozen, "第六章 总体结论", ("assessment", "conclusion"))
    found.append(blocks.signature(("法定代表人（签名）：", ""), *SIGNATURES[1:3], ("法务负责人（签名）：", "")))
    return tuple(found)


def _part(frozen: Frozen, title: str, codes: Iterable[str]) -> Iterator[Block]:
    """A part with its sections; none of them applying, the part says so rather than vanish."""
    applying = [frozen.dossier[code] for code in codes if code in frozen.dossier and frozen.dossier[code].applies]
    yield blocks.heading(title)
    if not applying:
        yield blocks.text("不涉及。")
    for number, printed in enumerate(applying, 1):
        shown = replace(printed, tables=()) if printed.code == "assessment" else printed
        yield from blocks.section(shown, title=f"（{blocks.numeral(number)}）{printed.title}")


def _topics(frozen: Frozen) -> Iterator[Block]:
    """The assessment topic by topic, as one table; a clause only where its number is known."""
    printed = frozen.dossier.get("assessment")
    lines = []
    for topic in (line for listing in (printed.tables if printed else ()) for line in listing.lines):
        said = {cell.path.rpartition(".")[2]: blocks.value_of(cell) for cell in topic.cells}
        places = "\n".join(said[name] for name in ("sections", "paths", "rows") if said.get(name))
        clause = said.get("clause") or said.get("clause_state", "")
        lines.append([said.get(name, "") for name in ("name", "verdict", "evidence")] + [clause, places])
    if lines:
        numbered = ([str(number), *line] for number, line in enumerate(lines, 1))
        yield blocks.table({"序号": 0, "评估项": 4, "结论": 2, "依据或者理由": 5, "条款": 2, "对应材料": 3}, numbered)
    else:
        yield blocks.text("无。")


def annex_list(frozen: Frozen) -> Iterator[Block]:
    """The annexes by name and hash: the files that were counted, and no others."""
    printed = frozen.dossier.get("annexes")
    lines = [
        (row.label, str(ref.get("name", "")), blocks.grouped(str(ref.get("sha256", ""))))
        for row in (printed.rows if printed else ())
        for ref in row.files
    ]
    if lines:
        yield blocks.table({"附件": 4, "文件": 4, "SHA-256": 7}, lines)
    else:
        yield blocks.text("无。")
