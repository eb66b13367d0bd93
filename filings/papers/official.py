"""The papers that are signed: composed from the frozen document, no fact typed twice.

Outlines follow the authority's published templates for 拟公示内容, 落实算法安全主体责任基本情况
and 算法安全自评估报告; the words are ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from filings.dossier.document import Printed, Row, outline
from filings.papers import blocks
from filings.papers.blocks import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMITMENTS = (
    "本单位提交的备案材料真实、准确、完整，与提供服务的算法实际情况一致，不存在虚假记载、误导性陈述和重大遗漏。",
    "本单位遵守《互联网信息服务算法推荐管理规定》等法律、行政法规和国家有关规定，落实算法安全主体责任，"
    "健全算法机制机理审核、科技伦理审查、用户注册、信息发布审核、数据安全和个人信息保护、安全事件应急处置等制度。",
    "备案信息发生变更的，自变更之日起十个工作日内办理变更手续；终止服务的，自终止服务之日起二十个工作日内办理注销备案手续。",
    "完成备案后，在对外提供服务的网站、应用程序等的显著位置标明备案编号，并提供公示信息链接。",
    "本单位知悉备案不代表主管部门对产品、服务和算法的认可，不将备案用于商业宣传和广告。",
    "本单位配合主管部门依法开展的安全评估和监督检查，并提供必要的技术、数据等支持和协助。",
    "以上承诺如有不实或者违反，本单位愿意依法承担相应的法律责任。",
)
SERVICE_COMMITMENTS = (
    "本单位提交的备案、登记材料真实、准确、完整，与实际提供的服务一致，不存在虚假记载、误导性陈述和重大遗漏。",
    "本单位遵守《生成式人工智能服务管理暂行办法》等法律、行政法规和国家有关规定，"
    "依法承担网络信息内容生产者责任和个人信息处理者责任。",
    "本单位使用具有合法来源的数据和基础模型，按照规定对生成内容进行标识，采取措施防范未成年人过度依赖或者沉迷。",
    "发现违法内容的，及时停止生成、停止传输、消除，采取模型优化训练等措施整改，并向有关主管部门报告。",
    "在提供服务的网站、应用程序等的显著位置或者产品详情页面公示模型名称和编号；信息发生变化的，及时办理变更手续。",
    "本单位知悉备案、登记不代表主管部门对产品、服务和模型的认可，不将其用于商业宣传和广告。",
    "本单位配合主管部门依法开展的监督检查，按要求说明训练数据来源、规模、类型、标注规则、算法机制机理等。",
    "以上承诺如有不实或者违反，本单位愿意依法承担相应的法律责任。",
)
RESPONSIBILITY_PARTS = (
    ("一、算法安全专职机构", ("organisation", "safety_officer", "staffing", "safeguards")),
    ("二、算法安全管理制度建设", ("self_assessment", "monitoring", "emergency", "violations", "other_systems")),
    ("三、附件", ("system_annexes",)),
)
CHAPTERS = (
    ("第一章 算法情况", ("algorithm", "data", "model", "strategy")),
    ("第二章 服务情况", ("service",)),
    ("第三章 风险研判", ()),
    ("第四章 风险防控情况", ("risk", "users")),
)
# Identity papers and their numbers are in no paper, sealed or not.
PERSONAL = frozenset(
    f"safety_officer.{name}" for name in ("document_type", "document_number", "mobile", "identity_scan", "work_proof")
)
ON_THE_COVER = ("algorithm", "introduction", "facilities")
CLOSING = ("publication", "conclusion")


@dataclass(frozen=True)
class Frozen:
    """A frozen document with its outlines. ``regions`` names the places it gives by code."""

    document: dict[str, Any]
    regions: dict[str, str] = field(default_factory=dict)

    @cached_property
    def dossier(self) -> dict[str, Printed]:
        content, profile = self.document["content"], self.document["entity"]["content"]
        return {each.code: each for each in outline(self.document["kind"], content, profile, regions=self.regions)}

    @cached_property
    def entity(self) -> dict[str, Printed]:
        found = outline("entity", self.document["entity"]["content"], regions=self.regions)
        return {each.code: each for each in found}

    def row(self, path: str) -> Row | None:
        """The answer at a path of the dossier or the profile, as printed."""
        code = path.partition(".")[0]
        for part in (self.dossier, self.entity):
            for row in part[code].rows if code in part else ():
                if row.path == path:
                    return row
        return None

    def words(self, path: str) -> str:
        row = self.row(path)
        return blocks.value_of(row) if row else ""

    def pairs(self, *wanted: tuple[str, str]) -> Iterator[tuple[str, str]]:
        for label, path in wanted:
            yield label, self.words(path)


def declaration(frozen: Frozen) -> tuple[Block, ...]:
    """算法备案承诺书 (domain.md 2.2): truth, accuracy, completeness, obedience, consequences."""
    facts = (("算法名称", "algorithm.name"), ("算法类型", "algorithm.algorithm_class"))
    return _commitment(frozen, facts, "本单位就上述算法办理备案，郑重承诺如下：", COMMITMENTS)


def service_declaration(frozen: Frozen) -> tuple[Block, ...]:
    """The commitment of a generative service (domain.md 3.2 part 5)."""
    facts = (("模型（服务）名称", "service.name"), ("编号中的名称", "service.number_name"))
    return _commitment(frozen, facts, "本单位就上述服务办理备案（登记），郑重承诺如下：", SERVICE_COMMITMENTS)


def _commitment(
    frozen: Frozen, facts: tuple[tuple[str, str], ...], opening: str, promises: tuple[str, ...]
) -> tuple[Block, ...]:
    whose = (("备案主体", "basic.name"), ("统一社会信用代码", "basic.credit_code"))
    return (
        blocks.rows(frozen.pairs(*whose, *facts)),
        blocks.text(opening),
        blocks.listed(promises),
        blocks.signature(
            ("法定代表人（签名）：", ""),
            ("算法安全责任人（签名）：", ""),
            ("单位（盖章）：", ""),
            ("日期：", ""),
        ),
        blocks.small(
            f"法定代表人：{frozen.words('legal_representative.name')}；"
            f"算法安全责任人：{frozen.words('safety_officer.name')}。"
            "通过一次性链接完成的电子确认与本摘要绑定，记录于备案系统；材料一经修改，本承诺书即告作废。"
        ),
    )


def publication(frozen: Frozen) -> tuple[Block, ...]:
    """拟公示内容: six items (Algorithm Provisions, art. 16)."""
    items = (
        ("一、算法名称", "algorithm.name"),
        ("二、算法基本原理", "publication.principle"),
        ("三、算法运行机制", "publication.mechanism"),
        ("四、算法应用场景", "publication.scene"),
        ("五、算法目的意图", "publication.purpose"),
        ("六、算法公示情况", "publication.own_page"),
    )
    return _to_publish(frozen, (("备案主体", "basic.name"), ("角色", "algorithm.role")), items)


def service_publication(frozen: Frozen) -> tuple[Block, ...]:
    """What is published of a service (Generative AI Measures, art. 4, 10)."""
    items = (
        ("一、模型（服务）名称", "service.name"),
        ("二、基本原理", "publication.principle"),
        ("三、运行机制", "publication.mechanism"),
        ("四、应用场景", "publication.scene"),
        ("五、目的意图", "publication.purpose"),
        ("六、公示情况", "publication.own_page"),
    )
    return _to_publish(frozen, (("备案主体", "basic.name"), ("主要用途", "service.main_use")), items)


def _to_publish(
    frozen: Frozen, head: tuple[tuple[str, str], ...], items: tuple[tuple[str, str], ...]
) -> tuple[Block, ...]:
    found: list[Block] = [blocks.rows(frozen.pairs(*head))]
    for title, path in items:
        found += [blocks.heading(title), blocks.text(frozen.words(path) or "未填写（选填项）。")]
    return tuple(found)


def responsibility(frozen: Frozen) -> tuple[Block, ...]:
    """落实算法安全主体责任基本情况, in three parts (Algorithm Provisions, art. 7)."""
    found: list[Block] = [
        blocks.rows(frozen.pairs(
            ("备案主体", "basic.name"),
            ("统一社会信用代码", "basic.credit_code"),
            ("主体类型", "basic.entity_type"),
            ("算法安全责任人", "safety_officer.name"),
            ("职务", "safety_officer.position"),
        ))
    ]  # fmt: skip
    for title, codes in RESPONSIBILITY_PARTS:
        found.append(blocks.heading(title))
        for number, code in enumerate((c for c in codes if c in frozen.entity), 1):
            printed = frozen.entity[code]
            found += blocks.section(
                printed, title=f"（{blocks.NUMERALS[number - 1]}）{printed.title}", without=PERSONAL
            )
    found.append(blocks.signature(("算法安全责任人（签名）：", ""), ("单位（盖章）：", "")))
    return tuple(found)


def self_assessment(frozen: Frozen) -> tuple[Block, ...]:
    """算法安全自评估报告: cover table and six chapters (Algorithm Provisions, art. 24)."""
    found = [*_cover(frozen), blocks.PAGE]
    for title, groups in CHAPTERS:
        found.append(blocks.heading(title))
        found += _chapter(frozen, groups) if groups else _risks(frozen)
    found.append(blocks.heading("第五章 安全评估结论"))
    left_out = frozenset({"conclusion.other_matters"})
    found += blocks.section(frozen.dossier["conclusion"], without=left_out)
    found.append(blocks.heading("第六章 其他应当说明的情况"))
    found.append(blocks.text(frozen.words("conclusion.other_matters") or "无。"))
    found.append(blocks.signature(("算法安全责任人（签名）：", ""), ("单位（盖章）：", "")))
    return tuple(found)


def _cover(frozen: Frozen) -> Iterator[Block]:
    yield blocks.rows(frozen.pairs(
        ("单位名称", "basic.name"),
        ("统一社会信用代码", "basic.credit_code"),
        ("算法名称", "algorithm.name"),
        ("算法类型", "algorithm.algorithm_class"),
        ("角色", "algorithm.role"),
        ("应用领域", "algorithm.application_fields"),
        ("应用场景", "introduction.main_scene"),
        ("是否上线", "algorithm.is_online"),
        ("上线时间", "algorithm.online_on"),
        ("评估日期", "conclusion.assessed_on"),
        ("编制日期", "conclusion.written_on"),
    ))  # fmt: skip
    yield blocks.rows((
        ("备案情况", "未备案（首次备案）"),
        ("拟公示内容", "见同一摘要的《拟公示内容》"),
        ("主体责任情况", "见同一摘要的《落实算法安全主体责任基本情况》"),
    ))  # fmt: skip
    yield blocks.heading("算法描述", 2)
    for code in ON_THE_COVER[1:]:
        yield from blocks.section(frozen.dossier[code], level=3)
    yield blocks.heading("风险描述", 2)
    yield blocks.text("见第三章，不重复填写。")
    yield blocks.heading("真实性声明", 2)
    yield blocks.text("本报告内容由备案主体填报并经算法安全责任人审核，真实、准确、完整。")
    yield blocks.rows(frozen.pairs(("算法安全责任人", "safety_officer.name"), ("电子邮箱", "safety_officer.email")))


def _chapter(frozen: Frozen, groups: tuple[str, ...]) -> Iterator[Block]:
    taken = {*ON_THE_COVER, *CLOSING, "risks"}
    sections = [s for s in frozen.dossier.values() if s.group in groups and s.code not in taken and s.applies]
    if "service" in groups and "products" in frozen.entity:
        sections.insert(0, frozen.entity["products"])
    for number, printed in enumerate(sections):
        yield from blocks.section(printed, title=f"（{blocks.numeral(number + 1)}）{printed.title}")


def _risks(frozen: Frozen) -> Iterator[Block]:
    yield from blocks.section(frozen.dossier["risks"])
