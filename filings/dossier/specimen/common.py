"""Answers that the specimens of all classes share, filled with the facts of one algorithm."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from filings.dossier.specimen.entity import SITE
from filings.dossier.specimen.stubs import files, item, key


@dataclass(frozen=True, slots=True)
class Story:
    """What tells one specimen from another."""

    algorithm_class: str
    name: str
    application_fields: tuple[str, ...]
    scene: str
    basis: str
    result: str
    summary: str
    principle: str
    nodes: tuple[tuple[str, str], ...]
    inputs: tuple[str, ...]
    input_description: str
    model: str
    model_type: str
    source: str
    objective: str
    metrics: str
    risk: str
    opinion: bool = True
    elderly: bool = False
    role: str = ""


def algorithm(story: Story, today: date) -> dict[str, Any]:
    return {
        "algorithm_class": story.algorithm_class,
        "name": story.name,
        "is_online": "yes",
        "online_on": (today - timedelta(days=4)).isoformat(),
        "version": "1.2.0",
        "application_fields": list(story.application_fields),
    }


def described(story: Story) -> dict[str, Any]:
    """Introduction, facilities, flow, data and models."""
    return {
        "introduction": {
            "summary": story.summary,
            "main_scene": story.scene,
            "main_basis": story.basis,
            "main_result": story.result,
            "scenarios": f"用于{story.scene}场景，供用户日常使用；不用于新闻采编、"
            f"医疗诊断、法律裁判和金融决策。结果仅向发起操作的用户或经审核后向公众展示。",
            "user_groups": "年满十八周岁的个人用户，主要为内容创作者和上班族，不向未成年人提供服务。"
            + ("包含部分老年用户。" if story.elderly else ""),
            "user_count": 36000,
            "social_impact": f"提高{story.scene}效率，降低使用门槛；"
            f"可能带来信息同质化和依赖，已通过提示、人工审核和定期评估加以控制。",
            "innovation": "审核分类模型和流程编排为自主研发，可在国产芯片上运行。",
        },
        "facilities": {
            "software": "openEuler 22.03、PostgreSQL 18、PyTorch 2.6，自研流程编排服务 3.1。",
            "performance": "在 200 并发下平均响应 0.8 秒，99% 请求不超过 2.5 秒；压测连续运行 72 小时。",
            "method": "云端实时计算。",
            "deployments": [
                item(
                    "deployment-main",
                    name="主机房",
                    place="china",
                    location="浙江省杭州市示例云数据中心 B 可用区 3 号机房",
                    hosting="cloud",
                    supplier="示例云计算有限公司",
                    public_address="203.0.113.10 至 203.0.113.20",
                    used_for=["inference", "storage", "review"],
                    hardware="8 卡国产加速卡服务器 4 台",
                )
            ],
        },
        "flow": {
            "chart": files(f"{story.name}流程图.png"),
            "nodes": [
                item(
                    f"node-{story.algorithm_class}-{at}",
                    name=name,
                    explanation=explanation,
                    follows=story.nodes[at + 1][0] if at + 1 < len(story.nodes) else "结束",
                )
                for at, (name, explanation) in enumerate(story.nodes)
            ],
        },
        "data": {
            "input_modalities": list(story.inputs),
            "input_description": story.input_description,
            "has_biometrics": "no",
            "has_identity_data": "no",
        },
        "training": {
            "uses_training_data": "yes",
            "quality": "去重、纠错、来源交叉核对，覆盖不同地域和题材；每批人工抽检百分之五，合格率不低于百分之九十八。",
            "filtering": "入库前以关键词库和分类模型过滤，来源抽检违法不良信息超过百分之五的整库弃用，"
            "最近一批合格率百分之九十九点二。",
            "security": "训练数据加密存储在独立网络区域，按项目授权，导出须双人审批并留存日志。",
            "discrimination": "检查各群体样本比例，删除带有民族、性别、地域、年龄、"
            "职业、健康偏见的样本，发布前以对照问题集测试差异。",
            "sources": [
                item(
                    f"source-{story.algorithm_class}-own",
                    name=story.source,
                    source_kind="self_collected",
                    modality=story.inputs[0],
                    collection="公司编辑部 2024 年至 2025 年自行撰写和整理，作者已书面授权用于训练。",
                    scale="126000",
                    scale_unit="items",
                    is_labelled="yes",
                    labelling_rules="由六名经培训的标注员按题材、质量、风险三项标注，每条一人标注、"
                    "另一人复核，抽检百分之十，合格率低于百分之九十六整批返工。",
                    copyright_check="与作者逐一签订授权书，法务部按批次核验授权范围。",
                    has_personal_information="no",
                ),
                item(
                    f"source-{story.algorithm_class}-open",
                    name="示例中文开放语料库 2.0",
                    source_kind="open",
                    modality="text",
                    url="https://data.example.org/corpus",
                    licence="Apache-2.0，允许商用",
                    scale="2.4",
                    scale_unit="gigabytes",
                    is_labelled="no",
                    copyright_check="核对许可协议允许商业使用，并剔除来源不明的条目。",
                    has_personal_information="yes",
                    legal_grounds=["disclosed"],
                    consent="仅含作者主动公开的署名，处理范围合理，已提供删除渠道，收到请求三个工作日内移除。",
                ),
            ],
        },
        "model": {
            "objective": story.objective,
            "metrics": story.metrics,
            "update_frequency": "每季度更新一次，由算法安全责任人审批后发布",
            "training_method": "在自建数据上监督训练，以人工评测结果选择版本。",
            "robustness": "发布前以三百条攻击样例测试，拦截率百分之九十八；"
            "权重加密存放；审核服务不可用时停止输出并提示用户稍后再试。",
            "models": [
                item(
                    f"model-{story.algorithm_class}-own",
                    name=story.model,
                    origin="own",
                    model_type=story.model_type,
                    used_for=story.nodes[1][0],
                ),
                item(
                    f"model-{story.algorithm_class}-review",
                    name="青岚内容审核分类模型",
                    origin="own",
                    model_type="编码器结构文本分类模型，1.1 亿参数",
                    used_for="识别输入和结果中的违法和不良信息",
                ),
            ],
        },
        "review": {
            "input_methods": ["keywords", "classifier", "sampling"],
            "input_scope": "对全部用户输入先经关键词库、再经分类模型审核，"
            "命中高风险即拒绝并提示，中风险转人工，每日抽检百分之一。",
            "result_methods": ["keywords", "classifier", "sampling"],
            "result_scope": "对全部结果在展示前审核，命中高风险不予展示并记录，中风险转人工复核，通过后方可展示。",
            "intervention": "值班审核员可下线单条结果，组长可停用关键词或类目，"
            "责任人可停止整个功能，均在五分钟内生效并记入日志。",
            "logs": "记录输入、结果、审核结论和处置人，留存一年。",
            "evidence": files(f"{story.name}审核后台.png"),
        },
    }


RISK_TEXT = {
    "abuse": ("用户超出{scene}用途大量调用，", "设每日次数上限和频率限制，异常账号自动限制功能，内容部每周复核。"),
    "malicious_use": (
        "有人以诱导性输入绕过审核，谋取{risk}，",
        "输入改写检测、多轮上下文审核、黑名单共享，安全工程师每周更新攻击样例。",
    ),
    "vulnerability": ("模型对罕见输入判断失准，造成{risk}，", "上线前测试、灰度发布、十分钟内回退，研发部每周抽测。"),
    "illegal_generation": (
        "结果可能出现违法或不良信息，",
        "展示前全量审核、特征库拦截、违规样本回流训练，内容部负责。",
    ),
    "illegal_storage": (
        "违规内容可能留存在草稿和缓存中，",
        "命中内容隔离存放，留证后删除，缓存二十四小时清空，运维组负责。",
    ),
    "illegal_spread": (
        "违规结果经用户转发扩散，",
        "可按内容编号追溯和下线，提供举报入口，十五分钟内处置，客服部负责。",
    ),
    "leak": ("用户输入和账号信息可能被窃取，", "传输和存储加密、最小授权、导出双人审批、每半年渗透测试，安全组负责。"),
}
MEASURES = (
    (
        "事前测试与灰度发布",
        "model_security",
        "每次发布前完成安全测试并灰度百分之五用户，近一年拦下不合格版本三个。",
        ("vulnerability", "malicious_use"),
    ),
    (
        "输入与结果双重审核",
        "ecology",
        "机器全量审核加人工复核，近三个月违规展示率低于十万分之一。",
        ("illegal_generation", "illegal_spread", "malicious_use"),
    ),
    ("调用限额与异常识别", "mechanism", "按账号限额并识别批量行为，近三个月限制异常账号一百二十个。", ("abuse",)),
    (
        "数据加密与最小授权",
        "data_security",
        "敏感字段加密，权限每季度清理，违规内容隔离后定期删除。",
        ("leak", "illegal_storage"),
    ),
    (
        "告知、投诉与申诉机制",
        "user_rights",
        "公开原理和入口，两个工作日内受理，十五个工作日内反馈。",
        ("abuse", "illegal_spread"),
    ),
)


def judged(story: Story) -> dict[str, Any]:
    """Risks, measures and security assessments."""
    risks: dict[str, Any] = {}
    for code, (risk, prevention) in RISK_TEXT.items():
        risks[code] = (
            risk.format(scene=story.scene, risk=story.risk)
            + "可能影响个别用户或局部传播秩序，发生可能性较低，影响可在短时间内消除。"
        )
        risks[f"{code}_prevention"] = prevention
    security: dict[str, Any] = {"has_opinion_attribute": "no"}
    if story.opinion:
        security = {
            "has_opinion_attribute": "yes",
            "sae_state": "done",
            "sae_trigger": ["launch"],
            "sae_report": files("安全评估报告回执.pdf"),
        }
    return {
        "risks": risks,
        "measures": {
            "declarations": "yes",
            "measures": [
                item(
                    f"measure-{at}",
                    name=name,
                    measure_kind=kind,
                    description=description,
                    covers=list(covers),
                    evidence=files(f"{name}证明.png"),
                )
                for at, (name, kind, description, covers) in enumerate(MEASURES)
            ],
        },
        "security": security,
    }


def users(story: Story) -> dict[str, Any]:
    """Products, rights of users, complaints, ecology and care."""
    code = story.algorithm_class
    elderly: dict[str, Any] = {"serves_elderly": "no"}
    if story.elderly:
        elderly = {
            "serves_elderly": "yes",
            "adaptation": "提供大字号、语音输入和一键电话预约，常用操作不超过三步。",
            "fraud_protection": "识别针对老年人的虚假服务和转账话术，命中后提示风险并由客服回访。",
        }
    return {
        "usage": {
            "uses": [
                item(
                    f"use-{code}",
                    product=key(f"product-{code}"),
                    functions=[key(f"function-{code}")],
                    how=f"用户在功能页发起操作后，系统调用{story.name}，结果经审核后返回用户。",
                    data_source="使用用户当次输入和公司自有数据，每日更新，不与第三方共享。",
                    entry_evidence=files(f"{story.name}入口截图.png"),
                )
            ]
        },
        "user_rights": {
            "notice": "功能页底部“算法说明”公开基本原理、目的意图和主要运行机制，首次使用时弹窗告知。",
            "notice_evidence": files(f"{story.name}告知页.png"),
            "personal_information": "仅收集手机号和使用记录，保存至注销后三十日；"
            "在“设置-隐私”可查阅、复制、更正、删除，十五个工作日内办结。",
            "personal_information_evidence": files(f"{story.name}隐私设置.png"),
            "other_rights": "用户可关闭该功能；对影响重大的结果可要求说明；权利人可投诉侵权内容。",
            "agreement": f"{SITE}/agreement",
            "privacy_policy": f"{SITE}/privacy",
        },
        "complaints": {
            "entry": "我的 - 帮助与反馈 - 投诉举报；电话 400-000-0000；邮箱 jubao@qinglan.example.com。",
            "process": "受理登记、核查、处置、反馈、归档五步，用户不服可申请复核，由另一名人员办理。",
            "feedback_days": 15,
            "evidence": files("投诉举报入口.png"),
        },
        "ecology": {
            "resist": "机器识别后停止传输并消除，审核员保存记录，组长汇总，责任人按规定向属地网信部门报告。",
            "human_review": "审核员六名，三班轮换，上岗前培训考核，中风险内容全部人工复核，其余每日抽检百分之一。",
            "values": "设置优质内容池，重点位置优先呈现积极向上的内容，由内容部每日检查。",
            "evidence": files("内容治理后台.png"),
        },
        "minors": {
            "serves_minors": "no",
            "exclusion": "注册须确认年满十八周岁并完成实名认证，识别为未成年人的账号停止服务并删除相关信息。",
        },
        "elderly": elderly,
    }


def closing(story: Story, today: date) -> dict[str, Any]:
    return {
        "publication": {
            "principle": story.principle,
            "mechanism": "依次经过"
            + "、".join(f"“{name}”" for name, _text in story.nodes)
            + "等步骤；输入和结果均经机器审核，中风险内容由人工复核，通过后方可展示。",
            "scene": f"{story.name}应用于{story.scene}场景。",
            "purpose": f"{story.name}旨在帮助用户更方便地完成{story.scene}，同时防止违法和不良信息的产生与传播。",
            "own_page": f"{SITE}/algorithm/{story.algorithm_class}{story.role}",
        },
        "conclusion": {
            "assessor": "own",
            "assessed_on": (today - timedelta(days=20)).isoformat(),
            "written_on": (today - timedelta(days=16)).isoformat(),
            "conclusion": "controlled",
            "reasons": "评估覆盖数据、模型、策略、标识、用户权益和应急处置，逐项核对制度、日志和测试结果。"
            "剩余风险主要为新型诱导输入，已通过每周更新攻击样例和人工抽检加以控制，"
            "总体可控；三个月内完成下一次复评。",
            "declares_truth": "yes",
        },
    }
