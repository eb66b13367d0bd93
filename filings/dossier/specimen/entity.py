"""The invented provider."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from filings.dossier.specimen.stubs import files, item, key, sealed

NAME = "杭州青岚智能科技有限公司"
CREDIT_CODE = "91330110MA2QLAN7X7"
ADDRESS = "浙江省杭州市余杭区示例大道 88 号青岚大厦 6 层"
SITE = "https://www.qinglan.example.com"

PRODUCTS: tuple[tuple[str, str, str, str, tuple[str, ...], str, str], ...] = (
    (
        "01",
        "青岚创作",
        "create",
        "智能图文创作",
        ("app", "website"),
        "首页\n创作中心\n智能图文创作",
        "输入主题、关键词和篇幅，返回配图文章草稿，供用户修改后使用。",
    ),
    (
        "02",
        "青岚资讯",
        "news",
        "推荐频道",
        ("app",),
        "首页\n推荐",
        "根据用户选择的兴趣和阅读行为，推送科技与生活类文章。",
    ),
    (
        "03",
        "青岚热榜",
        "hot",
        "今日热榜",
        ("app", "mini_program"),
        "首页\n热榜\n今日",
        "按热度和质量排列当日最受关注的五十个话题。",
    ),
    (
        "04",
        "青岚搜索",
        "search",
        "站内搜索",
        ("website",),
        "首页\n搜索框",
        "根据用户输入的词句，返回站内文章、问答和专题。",
    ),
    (
        "05",
        "青岚社区",
        "community",
        "评论发布",
        ("app", "website"),
        "首页\n社区\n帖子\n写评论",
        "用户发表评论，经审核后展示。",
    ),
    (
        "06",
        "青岚到家",
        "home",
        "预约保洁",
        ("mini_program",),
        "首页\n保洁\n立即预约",
        "用户选择时间和地址，平台匹配合适的保洁人员。",
    ),
)


def entity(*, today: date | None = None) -> dict[str, Any]:
    """The complete profile of the invented provider, without a blocking problem."""
    today = today or timezone.localdate()
    return {**_about(), **_people(), **_organisation(), **_systems(), "products": _products(today)}


def _products(today: date) -> dict[str, Any]:
    products, functions = [], []
    for code, name, page, function, forms, path, description in PRODUCTS:
        products.append(
            item(
                f"product-{code}",
                name=name,
                forms_of_service=list(forms),
                url=f"{SITE}/{page}",
                status="live",
                online_on=(today - timedelta(days=200)).isoformat(),
                audience=["public"],
                monthly_active_users=12000,
                real_name="yes",
                real_name_methods=["mobile"],
                needs_permit="no",
            )
        )
        functions.append(
            item(
                f"function-{code}",
                product=key(f"product-{code}"),
                name=function,
                access_path=path,
                description=description,
                screenshots=files(f"{name}-{function}界面.png"),
            )
        )
    return {"products": products, "functions": functions}


def _about() -> dict[str, Any]:
    return {
        "basic": {
            "name": NAME,
            "credit_code": CREDIT_CODE,
            "entity_type": "company",
            "region": "330110",
            "address": ADDRESS,
            "website": SITE,
            "monthly_active_users": 58000,
        },
        "certificate": {
            "document_type": "business_licence",
            "registered_address": ADDRESS,
            "term": "long",
            "scan": files("营业执照副本.pdf"),
        },
        "licences": {
            "icp": [
                item(
                    "icp",
                    number="浙ICP备2025000000号-1",
                    holder=NAME,
                    domain="qinglan.example.com",
                    proof=files("ICP备案查询结果.png"),
                )
            ]
        },
    }


def _people() -> dict[str, Any]:
    return {
        "legal_representative": {
            "name": "林知远",
            "document_type": "identity_card",
            "document_number": sealed("林知远证件号码"),
            "identity_scan": files("法定代表人身份证正面.png", "法定代表人身份证反面.png"),
        },
        "safety_officer": {
            "name": "周明澈",
            "position": "首席安全官",
            "document_type": "identity_card",
            "document_number": sealed("周明澈证件号码"),
            "mobile": sealed("周明澈手机"),
            "email": "safety@qinglan.example.com",
            "identity_scan": files("责任人身份证正面.png", "责任人身份证反面.png"),
            "work_proof": files("责任人工作证明.pdf"),
        },
        "contact": {"same_as_officer": "yes"},
    }


def _organisation() -> dict[str, Any]:
    return {
        "organisation": {
            "setup": "公司于 2025 年 3 月经总经理办公会决定设立算法安全委员会，由首席安全官任主任，研发部、"
            "内容部、法务部、客服部各派一名负责人参加。研发部负责模型测试与版本管理，内容部负责审核与特征库，"
            "法务部负责合规与协议，客服部负责投诉受理。委员会每月召开例会，重大事项随时召开。",
            "chart": files("算法安全组织架构图.png"),
            "head_duties": "负责人从事内容安全和数据安全工作十二年，负责组织安全评估、审批算法上线、牵头应急处置，"
            "有权决定暂停任何算法或功能，直接向法定代表人报告。",
        },
        "staffing": {
            "total": 9,
            "full_time": 6,
            "training": "入职培训不少于八学时，此后每季度一次，内容包括法规、审核标准和应急流程，闭卷考核合格后上岗。",
            "posts": [
                item(
                    "post-engineer",
                    name="算法安全工程师",
                    requirements="本科以上学历，三年以上算法或安全经验，熟悉生成合成内容标识要求。",
                    staff=3,
                    duties="上线前测试、对抗攻击测试、模型版本与回退管理。",
                ),
                item(
                    "post-reviewer",
                    name="内容审核员",
                    requirements="大专以上学历，通过公司审核标准考试，具备新闻或法律常识者优先。",
                    staff=6,
                    duties="人工复核、特征库维护、投诉举报核查。",
                ),
            ],
        },
        "safeguards": {
            "content_safety": "输入和输出均经关键词库和分类模型两级审核，可识别违法信息十一类、不良信息九类；"
            "关键词库每周更新，分类模型每月评测一次，命中高风险内容即时拦截并转人工。",
            "data_safety": "个人信息加密存储，按岗位最小授权，导出须双人审批；展示时脱敏；操作日志留存一年。",
            "model_safety": "每次发布前完成功能、安全和抗攻击测试，未达标不得上线；保留最近三个版本，十分钟内可回退。",
            "anti_fraud": "识别冒充客服、虚假投资等话术，命中后拒绝生成并提示风险；"
            "异常账号限制使用，依法配合公安机关。",
        },
    }


def _systems() -> dict[str, Any]:
    return {
        "self_assessment": {
            "system": "《算法安全自评估管理办法》规定新算法上线、"
            "重大变更和每满一年均须评估，内容覆盖数据、模型、策略、"
            "风险和用户权益，由算法安全工程师撰写、委员会审议、责任人签批。",
            "practice": "近一年完成评估四次，提出整改十一项，均已在规定期限内完成并复测。",
            "guarantee": "评估人员独立于研发团队，经费单列；未评估先上线的追究部门负责人责任。",
            "rules": files("算法安全自评估管理办法.pdf"),
        },
        "monitoring": {
            "information": "全天候监测输入、输出和评论，命中高风险内容三分钟内告警，审核员十五分钟内处置。",
            "data": "监测异常访问、批量导出和越权查询，每日核对日志，每季度开展一次权限清理。",
            "personal_information": "监测个人信息收集范围和留存期限，每半年开展一次合规检查，到期数据自动删除。",
            "algorithm": "每周抽测准确率和违规率，指标下降超过百分之二即回退；每季度审核机制机理、模型、数据和结果。",
        },
        "emergency": {
            "levels": "分为特别重大、重大、较大、一般四级，按影响人数、扩散范围和持续时间划分。",
            "response": "发现人十分钟内报告责任人，责任人三十分钟内决定是否停止服务；保全日志和样本，"
            "重大以上事件一小时内向属地网信部门报告，处置完毕后五个工作日内提交总结。",
            "drills": "每半年演练一次，最近一次模拟违法内容批量生成，停止服务用时六分钟，复盘提出改进三项。",
            "plan": files("算法安全事件应急预案.pdf"),
        },
        "violations": {
            "data_use": "违规使用数据的，立即停止使用并封存，三日内查明范围，依制度处分并向受影响用户告知。",
            "information_security": "造成违法信息传播的，停止传输、消除、保存记录并报告，追究审核岗位责任。",
            "user_rights": "侵害用户权益的，先行恢复用户权益，七日内答复，依法赔偿。",
            "algorithm_security": "未经测试发布或擅自修改模型的，回退版本、通报，并重新评估后方可上线。",
        },
        "other_systems": {
            "ethics": "伦理审查小组五人，含外部法律专家一人，"
            "上线前审查是否存在民族、性别、年龄、健康等歧视及诱导沉迷。",
            "registration": "用户以移动电话号码注册并完成真实身份认证，未认证的不提供信息发布功能。",
            "content_review": "发布前机器审核，重点栏目人工先审后发，审核记录保存不少于六个月。",
            "intellectual_property": "设知识产权专员一名，建立权利人投诉通道，两个工作日内处理侵权通知。",
        },
        "system_annexes": {
            "files": files("算法安全责任人任命文件.pdf", "制度汇编.pdf"),
            "note": "任命文件、六项制度文本及近一年培训记录。",
        },
    }
