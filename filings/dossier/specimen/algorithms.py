"""One complete dossier for each class and role."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils import timezone

from filings.dossier.specimen import common
from filings.dossier.specimen.common import Story
from filings.dossier.specimen.stories import STORIES
from filings.dossier.specimen.stubs import files, item

type Content = dict[str, Any]


def dossier(algorithm_class: str, role: str = "", *, today: date | None = None, story: Story | None = None) -> Content:
    """A complete dossier of this class and role, without a blocking problem.

    Its products are those of the specimen entity. `story` tells of another algorithm of that
    class. Raises `KeyError` for a class and role that do not go together.
    """
    today = today or timezone.localdate()
    story = story or STORIES[algorithm_class, role]
    content = {
        "algorithm": common.algorithm(story, today),
        **common.described(story),
        **common.judged(story),
        **common.closing(story, today),
    }
    if role != "supporter":
        content |= common.users(story)
    OWN[algorithm_class](content, story)
    return content


def _synthesis(content: Content, story: Story) -> None:
    content["algorithm"] |= {"role": story.role, "techniques": ["text", "other_image"]}
    content["data"] |= {
        "output_modalities": ["text", "image"],
        "output_description": "一篇文章配一至三张插图。",
        "has_special_objects": "no",
        "outputs": [
            item("output-text", modality="text", formats="TXT、DOCX", size="单篇不超过 5000 字"),
            item("output-image", modality="image", formats="PNG、JPG", size="不超过 2048×2048 像素、5 MB"),
        ],
    }
    content["model"]["retraining"] = (
        "发现违法内容后二十四小时内加入特征库，七日内整理为训练样本，下一版本发布前复测同类问题。"
    )
    content["model"]["models"].append(
        item(
            "model-third",
            name="示例通用大模型",
            origin="third_party",
            model_type="仅解码器结构语言模型，720 亿参数",
            used_for="正文润色",
            supplier="示例云计算有限公司",
            algorithm_number="演示算备330110900000101250019号",
            model_number="YanShi-ZheJiang-ShiLiTongYong-202504280099",
            proof=files("模型服务采购合同.pdf", "控制台截图.png"),
        )
    )
    content["labels"] = _labels()
    if story.role == "supporter":
        content["technical_service"] = _technical_service()
        return
    content["feature_library"] = _feature_library()
    content["user_rights"]["training_opt_out"] = (
        "我的 - 设置 - 隐私 - 关闭“用于改进模型”，共四次点击，关闭后不再使用其输入。"
    )
    content["ecology"]["rumours"] = "与权威辟谣平台同步谣言库，命中时拒绝生成并展示辟谣信息，记录后报告。"
    content["misuse"] = {
        "detection": "识别短时间内多次触发审核、批量注册和异常设备，每日生成疑似账号清单。",
        "steps": "首次警示，再次限制功能七日，多次或情节严重的暂停直至终止服务，并告知理由和申诉途径。",
        "stop": "立即停止生成和展示，按内容编号消除已生成内容，切断分享链接。",
        "records": "保存账号、时间、输入、结果和处置记录不少于六个月，二十四小时内向属地网信部门报告重大线索。",
    }


def _labels() -> Content:
    implicit = "元数据 AIGC 字段：Label=1、ContentProducer=服务提供者编码、ProduceID=内容编号。"
    return {
        "export_labelled": "yes",
        "watermark": "图像嵌入不可见水印，记录内容编号。",
        "agreement": "协议第七条说明显式和隐式标识的方法、样式，提示用户不得删除、"
        "篡改、伪造、隐匿标识，发布时应主动声明。",
        "gives_unlabelled": "no",
        "labels": [
            item(
                "label-text",
                modality="text",
                explicit_position="文章开头和末尾",
                explicit_text="本文由 AI 生成",
                explicit_sample=files("文本标识截图.png"),
                implicit_content=implicit,
                implicit_sample=files("文本样例.pdf"),
            ),
            item(
                "label-image",
                modality="image",
                explicit_position="图片右下角，文字高度为短边的百分之六",
                explicit_text="AI 生成",
                explicit_sample=files("图像标识截图.png"),
                implicit_content=implicit,
                implicit_sample=files("图像样例.png"),
            ),
        ],
    }


def _feature_library() -> Content:
    return {
        "scale": 15200,
        "categories": "违法信息十一类共 9800 条，不良信息九类共 5400 条，每类不少于二百条。",
        "standard": "审核员提出、组长核对、内容部负责人确认后入库，"
        "注明来源、类别和风险级别，误报条目一个工作日内移出。",
        "update_frequency": "每周一次，突发情况随时",
    }


def _technical_service() -> Content:
    return {
        "modes": ["api", "private"],
        "customers": "电商营销",
        "description": "向电商企业提供商品图文生成接口，客户以密钥调用，用于撰写商品介绍和配图；大型客户可私有化部署。",
        "access_address": "https://open.qinglan.example.com",
        "customer_check": "核验营业执照和经办人身份，审查用途，客户面向公众提供服务的须出示其备案编号。",
        "customer_duties": "协议约定客户保留显式和隐式标识、开展内容审核、"
        "落实用户实名认证、依法备案；违约的限制接口直至终止合作。",
        "agreement": files("技术服务协议样本.pdf"),
    }


def _push(content: Content, _story: Story) -> None:
    content["personalisation"] = {
        "user_data": "使用用户主动选择的兴趣、近三十日阅读与收藏记录；兴趣占六成权重，行为占四成，不使用通讯录和位置。",
        "tags": "由阅读行为归纳兴趣标签八百个，入库前比对违法和不良关键词，命中的不记入兴趣点，每月清理。",
        "steps": "从兴趣、热点、编辑精选三路召回，经粗排、精排，去除重复并按题材打散，同题材连续不超过三条。",
        "off_switch": "我的 - 设置 - 隐私 - 个性化推荐，一键关闭；关闭后按发布时间和编辑精选展示。",
        "off_switch_evidence": files("关闭个性化推荐.png"),
        "tag_control": "我的 - 兴趣管理，可查看、选择、删除每个标签，即时生效。",
        "tag_control_evidence": files("兴趣标签管理.png"),
        "first_screen": "首屏前三条由编辑从优质内容池选取，重大活动期间人工值守。",
    }
    content["pricing"] = {"decides_price": "no"}


def _ranking(content: Content, _story: Story) -> None:
    content["ranking"] = {
        "lists": "“今日热榜”五十条，位于首页第二屏；“本周精选”二十条，位于专题页；无弹窗。",
        "objective_factors": "阅读人数、讨论人数、增长速度和发布时间，每项权重公开。",
        "subjective_factors": "编辑对真实性和价值的评级，仅可降权或移出，不得付费提升。",
        "refresh": "每十分钟更新，编辑每小时复核前十条",
        "ecology": "编辑对前二十条先审后上，主流内容不少于三分之一，负面低俗话题移出并记录。",
        "anti_manipulation": "识别同设备多账号、异常时段点赞和内容重复，剔除异常数据并处置账号，不设付费榜单。",
        "evidence": files("热榜界面.png"),
        "rules_published": "https://www.qinglan.example.com/hot/rules",
    }


def _search(content: Content, _story: Story) -> None:
    content["search"] = {
        "index_source": "仅收录站内已审核的文章、问答和专题，实时更新；用户删除和未审核内容不收录。",
        "query_types": "支持文字和语音查询，对错别字纠错、对同义词扩展，并提示用户可按原词检索。",
        "ordering": "按相关度、权威性和时效性计算综合得分，用户可改为按时间排列。",
        "paid_results": "无",
        "suggestions": "联想词取自近七日高频查询，经关键词库和人工两级审核，每日复核。",
        "blocked": "查询命中违法类目时不返回结果并提示，涉及自我伤害的展示求助信息，记录并按规定报告。",
    }


def _filtering(content: Content, _story: Story) -> None:
    content["feature_library"] = _feature_library()
    content["filtering"] = {
        "targets": "社区评论、昵称和头像的全部新增内容，以及被举报的历史内容。",
        "standard": "分为通过、复核、拦截三档；拦截阈值 0.92，复核阈值 0.60，每月按评测结果校准。",
        "actions": "拦截的不予发布并告知理由，复核的转人工，违法的保存记录并报告，多次违规的限制账号。",
        "errors": "近三个月误判率千分之四、漏判率万分之六；作者可在通知中一键申诉，二十四小时内人工复核并恢复。",
    }


def _dispatch(content: Content, _story: Story) -> None:
    content["dispatch"] = {
        "objects": "保洁订单的时间、地址和项目，保洁人员的位置、技能、空闲时段和评价，以及天气与路况。",
        "rules": "依次考虑技能匹配、路程、当日工时均衡和用户偏好；路程超过四十分钟或当日满八小时的不派单。",
        "human_control": "调度员可改派、暂停派单，恶劣天气由值班经理停止派单，五分钟内生效。",
        "schedules_labour": "yes",
        "income": "每单基本报酬加交通补贴，规则在劳动者端公示，每周结算，不因拒单降低单价。",
        "rest": "连续工作四小时提醒休息，每日不超过八小时，休息时段不派单，每周至少休息一日。",
        "rewards": "好评按季奖励；仅对爽约和服务事故扣分，扣分前须听取本人说明。",
        "worker_appeal": "劳动者端“申诉”入口，客服一个工作日内受理，三个工作日内答复，工会代表参与复核。",
        "worker_evidence": files("劳动者端派单界面.png", "合作协议.pdf"),
    }
    content["pricing"] = {
        "decides_price": "yes",
        "factors": "面积、项目、时段和路程四项，全体用户同一价目表；不使用消费记录、设备型号和用户偏好。",
        "fairness": "每月以不同新老账号在相同条件下询价一百组，近半年价格完全一致。",
    }


OWN: dict[str, Callable[[Content, Story], None]] = {
    "01": _synthesis,
    "02": _push,
    "03": _ranking,
    "04": _search,
    "05": _filtering,
    "06": _dispatch,
}
