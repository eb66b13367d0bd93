"""A complete dossier of each generative track: one service filed, one registered."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from filings.dossier.specimen import service_safety
from filings.dossier.specimen.entity import SITE
from filings.dossier.specimen.stubs import files, item, key
from filings.dossier.specimen.topics import assessed_topics

type Content = dict[str, Any]

NAMES = {"generative": ("青岚文思大模型", "QingLanWenSi"), "generative_registration": ("青岚写作助手", "QingLanXieZuo")}
BASE_MODEL = "YanShi-ZheJiang-ShiLiTongYong-202504280099"


def service(kind: str, *, today: date | None = None, name: str = "", number_name: str = "") -> Content:
    """A complete dossier of this track, without a blocking problem.

    Its product is one of the specimen entity's. `name` and `number_name` tell of another service.
    Raises `KeyError` for a kind that is no generative track.
    """
    today = today or timezone.localdate()
    usual, usual_number = NAMES[kind]
    name = name or usual
    content = {
        "service": _service(name, number_name or usual_number, today),
        **service_safety.safety(name),
        **service_safety.users(name),
        **_closing(name),
    }
    if kind == "generative":
        return content | _model(today) | service_safety.filed_only() | _corpora(today) | _assessed() | _annexes(kind)
    content["misuse"].pop("report_hours")
    return content | {"base_model": _called()} | _annexes(kind)


def _service(name: str, number_name: str, today: date) -> Content:
    return {
        "name": name,
        "number_name": number_name,
        "functions": ["dialogue", "text", "image"],
        "modalities": ["text", "image"],
        "main_use": "面向内容创作者，根据主题和素材生成文章与配图。",
        "summary": f"注册用户在“青岚创作”输入主题、素材和要求，{name}理解后检索公司自有资料，"
        "生成文章和配图，经输入、输出两道审核后返回，用户修改后自行使用。",
        "application_fields": ["user_content", "literature"],
        "is_limited": "no",
        "user_groups": "年满十八周岁的内容创作者和中小企业员工，不向未成年人提供服务。",
        "occasions": "用于文案、故事和配图创作；不用于新闻采编、医疗诊断、法律裁判和投资决策。",
        "scope": "全国（不含港澳台）",
        "products": [key("product-01")],
        "test_from": (today + timedelta(days=5)).isoformat(),
        "has_opinion_attribute": "yes",
        "opinion_reason": "用户可以公开分享生成内容，面向社会公众提供问答，具有舆论属性。",
        "edits_persons": "no",
        "algorithm_filing": "filed",
        "algorithm_numbers": "演示算备330110900000101250019号",
    }


def _model(today: date) -> Content:
    return {
        "base_model": {
            "origin": "borrowed",
            "models": [
                item(
                    "base-model",
                    number=BASE_MODEL,
                    name="示例通用大模型 2.0",
                    supplier="示例云计算有限公司",
                    access="weights",
                    licence="示例社区许可 1.0，允许商用和修改",
                    used_for="文本理解与生成的基座",
                    proof=files("模型授权书.pdf"),
                )
            ],
        },
        "development": {
            "architecture": "仅解码器结构语言模型，配图采用扩散模型",
            "parameters": "14",
            "stages": ["fine_tuning", "alignment"],
            "method": "以指令数据进行监督微调，以人工偏好数据对齐，两阶段分别使用下列语料，未进行预训练。",
            "frameworks": "PyTorch 2.6、自研推理服务 1.4",
            "quality": "在自建写作评测集上人工评分 4.3 分（满分 5 分），长篇结构和时事知识较弱。",
            "updates": "每季度更新一次；更新后先以三类题库复测，合格后灰度发布，重大更新重新开展安全评估。",
            "environment": "训练环境与服务环境物理隔离，权重加密存储，出入须双人审批并留存日志。",
            "innovation": "审核分类模型和流程编排为自主研发，可在国产芯片上运行，并参加国际写作评测交流。",
        },
        "compute": _compute(),
        "mechanism": {
            "chart": files("服务总体流程图.png"),
            "explanation": "用户输入先经关键词和分类模型审核；通过后与系统提示、检索结果组成提示，由模型生成；"
            "结果经分类模型和题库比对审核，加注标识后返回，全过程留存日志。",
            "intervention": "内容安全值班员可随时停用单个词条、功能或整个服务，五分钟内生效。",
            "transparency": "帮助中心公开模型名称、适用范围、局限和算法概要，首次使用时弹窗提示。",
            "transparency_evidence": files("服务说明页.png"),
        },
    }


def _compute() -> Content:
    place = {"place": "china", "location": "浙江省杭州市示例云数据中心 B 可用区 3 号机房"}
    return {
        "concurrency": 200,
        "supply_chain": "芯片、框架和云服务均有两家以上供应商，入库前核验来源、许可和安全公告。",
        "continuity": "芯片或者云服务中断时切换至备用可用区，四小时内恢复，期间关闭配图功能。",
        "uses_public_platform": "yes",
        "public_platform": "杭州市公共算力服务平台（示例）",
        "units": [
            item(
                "unit-training",
                name="训练集群",
                used_for=["training"],
                hosting="public_platform",
                supplier="示例公共算力平台",
                server="国产加速服务器 8 卡",
                chip="国产加速卡 A 型",
                chips=64,
                **place,
            ),
            item(
                "unit-inference",
                name="服务集群",
                used_for=["inference", "review"],
                hosting="cloud",
                supplier="示例云计算有限公司",
                server="国产加速服务器 8 卡",
                chip="国产加速卡 B 型",
                chips=32,
                public_address="203.0.113.10 至 203.0.113.20",
                **place,
            ),
        ],
    }


def _called() -> Content:
    return {
        "changes_nothing": "yes",
        "models": [
            item(
                "base-model",
                number=BASE_MODEL,
                name="示例通用大模型 2.0",
                supplier="示例云计算有限公司",
                access="call",
                used_for="文本理解与生成",
                data_flow="仅传输用户当次输入和系统提示，不传输账号信息；对方处理后即时删除，不用于训练。",
                proof=files("模型服务采购合同.pdf", "控制台截图.png"),
            )
        ],
    }


def _corpora(today: date) -> Content:
    checked = {
        "share_before": "0.42",
        "share_after": "0.10",
        "checked_on": (today - timedelta(days=60)).isoformat(),
        "ip_check": "核对授权范围，以指纹比对剔除疑似侵权内容 312 条，保留比对记录。",
        "quality": "去重、纠错，来源交叉核对，抽样复核，补充少见题材。",
    }
    return {
        "corpora": {
            "truth": "事实类内容与权威出处比对，无法核实的删除。",
            "accuracy": "规则与模型查错，人工抽检百分之五，错误率高于百分之一整批返工。",
            "objectivity": "剔除片面、歧视性材料，争议话题收录各方权威表述。",
            "diversity": "每个语种和类型均有三个以上来源，境内外语料合理搭配。",
            "filtering": "入库前依次以关键词、分类模型和人工抽检过滤违法不良信息，剔除率 0.8%。",
            "traceability": "每条语料保存来源、采集时间和批次编号，可逐条回溯。",
            "ip_head": "周文",
            "ip_rules": "训练前筛查主要知识产权风险，使用者协议告知侵权责任，公开语料中涉知识产权部分摘要。",
            "ip_channel": "知识产权投诉邮箱 ip@qinglan.example.com，十个工作日内答复。",
            "security": "加密存储在独立区域，按项目授权，每日备份，退役后彻底删除。",
            "corpora": [
                item(
                    "corpus-own", name="青岚写作指令集", stages=["fine_tuning"], source_kind="self_collected",
                    origin="domestic", data_type="text", language="chinese", storage="18.5", size="260000",
                    size_unit="items", collection="公司编辑部 2024 年至 2025 年撰写和整理，作者书面授权用于训练。",
                    collection_record=files("采集记录.xlsx"), has_personal_information="no", **checked,
                ),
                item(
                    "corpus-open", name="示例中文开放语料库 2.0", stages=["fine_tuning"], source_kind="open",
                    origin="domestic", data_type="text", language="chinese", storage="42", size="3200",
                    size_unit="tokens", url="https://data.example.org/corpus", licence="Apache-2.0，允许训练和商用",
                    has_personal_information="yes", legal_grounds=["disclosed"], is_sensitive="no",
                    consent="仅含作者主动公开的署名，处理范围合理，已提供删除渠道。", **checked,
                ),
                item(
                    "corpus-foreign", name="示例英文开放图文库", stages=["fine_tuning"], source_kind="open",
                    origin="foreign", data_type="pairs", language="english", storage="20", size="500000",
                    size_unit="pairs", url="https://data.example.org/pairs", licence="CC-BY-4.0，允许训练和商用",
                    has_personal_information="no", **checked,
                ),
                item(
                    "corpus-bought", name="示例出版社授权文集", stages=["fine_tuning"], source_kind="commercial",
                    origin="domestic", data_type="text", language="chinese", storage="6", size="12000",
                    size_unit="items", supplier="示例出版社", contract=files("语料采购合同.pdf"),
                    has_personal_information="no", **checked,
                ),
                item(
                    "corpus-public", name="示例市公共文化数据", stages=["fine_tuning"], source_kind="public_data",
                    origin="domestic", data_type="text", language="chinese", storage="3", size="8000",
                    size_unit="items", url="https://data.example.gov.cn/culture", grade="conditional",
                    opened_by="示例市数据局", has_personal_information="no", **checked,
                ),
                item(
                    "corpus-synthetic", name="偏好对比数据", stages=["alignment"], source_kind="synthetic",
                    origin="domestic", data_type="text", language="chinese", storage="2", size="40000",
                    size_unit="pairs", generating_model=f"示例通用大模型（{BASE_MODEL}），由自有题目生成后人工排序",
                    has_personal_information="no", **checked,
                ),
            ],
        }
    }  # fmt: skip


def _assessed() -> Content:
    return {
        "assessment": {
            "assessor": "own",
            "began_on": "2026-08-03",
            "ended_on": "2026-08-28",
            "legal_representative": "陈青岚",
            "security_head": "林岚",
            "legal_head": "周文",
            "summary": "依据国家标准逐条评估语料安全、模型安全和安全措施，均符合要求，剩余风险可控。",
            "topics": assessed_topics(),
        }
    }


def _annexes(kind: str) -> Content:
    found = {
        "keywords": files("拦截关键词列表.xlsx"),
        "content_bank": files("内容测试题库.xlsx"),
        "refuse_bank": files("拒答测试题库.xlsx"),
        "answer_bank": files("非拒答测试题库.xlsx"),
        "test_from": "2026-10-01",
        "test_to": "2026-10-31",
        "generated_test": files("生成内容测试记录.xlsx"),
        "refusal_test": files("拒答测试记录.xlsx"),
    }
    if kind == "generative":
        found |= {"corpus_sample": files("语料抽检记录.xlsx"), "annotation_rules": files("语料标注规则.docx")}
    return {"annexes": found}


def _closing(name: str) -> Content:
    return {
        "publication": {
            "principle": "模型根据用户给出的主题和素材，按学到的语言规律逐字预测，生成文章并配图。",
            "mechanism": "输入经审核后交由模型生成，结果经分类模型、题库比对和人工抽检审核，加注标识后返回用户。",
            "scene": f"{name}应用于图文创作场景。",
            "purpose": f"{name}旨在帮助创作者提高效率，并防止违法和不良信息的产生与传播。",
            "own_page": f"{SITE}/model",
        },
        "conclusion": {
            "conclusion": "fit",
            "reasons": "评估覆盖语料、模型、安全措施和三类测试，逐项核对制度、日志和测试结果。"
            "剩余风险主要为新型诱导输入，已通过每周更新关键词和每月更新题库加以控制，三个月内复评。",
            "declares_truth": "yes",
        },
    }
