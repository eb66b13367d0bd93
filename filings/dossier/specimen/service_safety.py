"""How the specimen services keep content safe and users protected."""

from typing import Any

from filings.dossier.specimen.entity import SITE
from filings.dossier.specimen.stubs import files, item

type Content = dict[str, Any]


def safety(name: str) -> Content:
    """What both tracks answer about interception, labels, illegal content and illegal use."""
    return {
        "content_safety": {
            "input_methods": ["keywords", "classifier"],
            "input_review": "命中关键词或者分类模型判定高风险的输入不送入模型，提示“换个话题试试”。",
            "output_methods": ["classifier", "question_bank", "human"],
            "output_review": "逐句审核生成结果，高风险的中止并撤回，中风险转人工，每日抽检百分之一。",
            "keyword_days": 7,
            "bank_days": 30,
            "watchers": 6,
            "attacks": "每周以新收集的诱导、越狱样例测试，命中后当日补充规则，同一账号多次尝试的限制功能。",
            "discrimination": "以对照问题集检验民族、信仰、国别、地域、性别、年龄、职业、健康八类差异。",
            "accuracy": "事实问题以检索结果为依据并附出处，不确定时说明；用户可一键纠错。",
            "rights": "不收集竞争者商业秘密，不以算法、数据、平台优势实施不正当竞争。",
            "monitoring": "监测拦截率、错误率和投诉量，超出阈值五分钟内通知值班员。",
            "stability": "数据、模型、服务三级备份，每季度演练恢复，目标恢复时间四小时。",
            "rules": "《内容安全管理制度》明确责任人、审核分级、值班、培训、日志留存和应急处置。",
        },
        "output_labels": _labels(),
        "illegal_content": {
            "discovery": "来自审核、巡查、投诉举报和主管部门通报。",
            "stop": "值班员立即停止生成和传输，同类提示五分钟内全网拦截。",
            "removal": "按内容编号从历史记录、分享链接和缓存中消除。",
            "retraining": "二十四小时内整理样本，七日内完成模型优化训练，以同类问题一百条复测合格后发布。",
            "record": "保存输入、结果、处置和复测记录不少于三年。",
            "report_to": "浙江省互联网信息办公室（属地主管部门）",
            "report_hours": 24,
        },
        "misuse": {
            "detection": "识别短时间多次触发审核、批量注册和异常设备，每日生成疑似账号清单。",
            "steps": "首次警示，再次限制功能七日，情节严重的暂停直至终止服务，并告知理由和申诉途径。",
            "stop": f"{name}立即停止向该账号生成和展示，切断分享链接。",
            "records": "保存账号、时间、输入、结果和处置记录不少于六个月，二十四小时内报告重大线索。",
            "report_hours": 24,
        },
    }


def _labels() -> Content:
    implicit = "元数据 AIGC 字段：Label=1、ContentProducer=服务提供者编码、ProduceID=内容编号。"
    return {
        "exports_labelled": "yes",
        "producer_code": "001191330110MA2QLAN7X710001",
        "watermark": "图像嵌入不可见水印，记录内容编号。",
        "gives_unlabelled": "no",
        "agreement": "协议第七条说明显式和隐式标识的方法、样式，提示用户不得删除、篡改、伪造、隐匿标识。",
        "labels": [
            item(
                "label-text", modality="text", text="本文由 AI 生成", place="文章开头和末尾",
                screenshot=files("文本标识截图.png"), implicit=implicit,
            ),
            item(
                "label-image", modality="image", text="AI 生成", place="图片右下角", height="6.0",
                screenshot=files("图像标识截图.png"), implicit=implicit,
            ),
        ],
        "samples": [
            item("sample-text", modality="text", file=files("文本样例.pdf"), note="导出的文章"),
            item("sample-image", modality="image", file=files("图像样例.png"), note="下载的配图"),
        ],
    }  # fmt: skip


def users(name: str) -> Content:
    """Minors, input, complaints and agreement."""
    return {
        "minors": {
            "serves_minors": "no",
            "exclusion": "注册须确认年满十八周岁并完成实名认证，识别为未成年人的停止服务并删除相关信息。",
            "anti_addiction": "连续使用一小时提醒休息，每日二十二时至次日六时不推送；发现疑似未成年人即要求重新核验，"
            "不提供打赏和充值。",
            "evidence": files("防沉迷提示截图.png"),
        },
        "user_input": {
            "collected": "手机号用于实名认证，输入和使用记录用于提供服务，不收集其他信息。",
            "retention": "使用记录保存六个月，注销后三十日内删除，加密存储、分级授权。",
            "sharing": "除法律规定外不向第三方提供。",
            "requests": "在“设置-隐私”可查阅、复制、更正、补充、删除，也可以联系客服。",
            "request_days": 15,
            "trains_on_input": "yes",
            "opt_out": "我的 - 设置 - 隐私 - 关闭“用于改进模型”。",
            "opt_out_clicks": 4,
            "opt_out_evidence": files("关闭训练使用.png"),
        },
        "complaints": {
            "entry": "我的 - 帮助与反馈 - 投诉举报；电话 400-000-0000；邮箱 jubao@qinglan.example.com。",
            "process": "受理登记、核查、处置、反馈、归档五步，用户不服可申请复核，由另一名人员办理。",
            "feedback_days": 15,
            "evidence": files("投诉举报入口.png"),
        },
        "agreement": {
            "agreement": f"{SITE}/agreement",
            "agreement_file": files("用户服务协议.pdf"),
            "privacy_policy": f"{SITE}/privacy",
            "privacy_file": files("隐私政策.pdf"),
            "duties": "协议约定双方权利义务、禁止的用途、违约和违法使用的处置、内容标识和知识产权。",
            "notice": f"帮助中心公布{name}的适用人群、场合和用途，以及不适用的情形。",
            "number_display": "应用“关于”页和网站页脚显著位置公示模型名称和备案编号。",
        },
    }


def filed_only() -> Content:
    """What only a filing is asked: annotation, positive content, people."""
    return {
        "labelling": {
            "has_annotation": "yes",
            "team_kind": "own",
            "functional_rules": "按题材、结构、事实、文采四项评分，每项给出正反例，疑难样本提交裁定。",
            "safety_rules": "对照三十一类风险逐类规定判定标准、改写要求和拒答样式，每类附十个示例。",
            "training": "上岗前培训十六学时，考试合格后授予资格，每季度复训，连续两批不合格的停止资格。",
            "training_record": files("标注人员培训记录.pdf"),
            "roles_apart": "yes",
            "safety_reviewers": 1,
            "sampling": "质检组每批随机抽检百分之十，合格率低于百分之九十六的整批返工并重新培训。",
            "sampled": 26000,
            "passed": 25610,
            "teams": [
                item("team-annotate", work="annotate", people=12, duties="功能性和安全性标注"),
                item("team-review", work="review", people=4, duties="逐条复核安全性标注，抽检功能性标注"),
                item("team-arbitrate", work="arbitrate", people=2, duties="裁定疑难样本，修订规则"),
            ],
        },
        "positive_content": {
            "measures": "优先采用主流媒体和出版机构授权语料，对齐阶段加入正能量样例，重点话题采用权威表述。",
            "values": "A.1 类话题命中后只引用权威来源作答，其余一律拒答并转引导语。",
            "cooperation": "参加行业协会风险样例共享，与示例大学合作评测。",
            "evidence": files("正向回答示例.pdf"),
        },
        "personnel": {
            "safety_staff": 8,
            "staff_reason": "日均请求二十万次，三班每班两名审核员，另有组长和负责人。",
            "training": "上岗前培训考核，每月学习新型风险案例。",
            "duty_hours": "每日二十四小时轮班",
            "roles": [
                item("role-head", duty="安全评估", name="林岚", position="安全总监"),
                item("role-ip", duty="知识产权", name="周文", position="法务总监"),
            ],
        },
    }
