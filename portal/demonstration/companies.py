"""The invented entities: who they are, what they offer, who works for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stdnum.cn import ric, uscc

from filings.dossier import specimen
from filings.dossier.specimen.entity import ADDRESS, NAME, PRODUCTS


@dataclass(frozen=True, slots=True)
class Offer:
    """A product with the function in which an algorithm of some class is used."""

    product: str
    function: str
    description: str


@dataclass(frozen=True, slots=True)
class Company:
    """What tells an entity's profile from the specimen's. `place`: region code, city, full address."""

    key: str
    name: str
    brand: str
    latin: str
    place: tuple[str, str, str]
    icp: str
    legal: str
    officer: str
    offers: dict[str, Offer]
    kind: str = "company"
    users: int = 58000
    members: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def credit_code(self) -> str:
        """Made up, with a check character that fits."""
        head, tail = CREDIT_CODES[self.kind]
        letters = "".join(c for c in self.latin.upper() if c not in "IOSVZ").ljust(7, "X")
        return uscc_with_check(f"{head}{self.place[0]}{(tail + letters)[:9]}")

    @property
    def domain(self) -> str:
        return f"{self.latin}.example.com"


CREDIT_CODES = {
    "company": ("91", "MA"),
    "sole_trader": ("92", "MA"),
    "public_institution": ("12", "470"),
    "private_non_profit": ("52", "MJ"),
}
LICENCES = {
    "public_institution": "institution_certificate",
    "private_non_profit": "non_profit_certificate",
}
SPECIMEN_SITE = "qinglan.example.com"


def uscc_with_check(head: str) -> str:
    return head + str(uscc.calc_check_digit(head))


def identity_number(person: str) -> str:
    """A number that only its form makes one: whoever was born then is long dead."""
    number = sum(ord(character) * place for place, character in enumerate(person, 1))
    head = f"3301061905{number % 12 + 1:02}{number % 28 + 1:02}{number % 999:03}"
    return head + str(ric.calc_check_digit(head))


def mobile(person: str) -> str:
    return f"1380000{sum(map(ord, person)) % 10_000:04}"


def profile(company: Company) -> dict[str, Any]:
    """The specimen's profile told of this entity and its products."""
    content: dict[str, Any] = retell(specimen.entity(), company)
    region, _city, address = company.place
    content["basic"] |= {
        "name": company.name, "credit_code": company.credit_code, "entity_type": company.kind,
        "region": region, "address": address, "monthly_active_users": company.users,
    }  # fmt: skip
    content["certificate"]["document_type"] = LICENCES.get(company.kind, "business_licence")
    products = content["products"]
    wanted = {specimen_key("product", code) for code in company.offers}
    products["products"] = [each for each in products["products"] if each["key"] in wanted]
    for row in products["products"]:
        row["monthly_active_users"] = company.users // len(company.offers)
    products["functions"] = [each for each in products["functions"] if each["product"] in wanted]
    for row in products["functions"]:
        code = next(code for code in company.offers if specimen_key("product", code) == row["product"])
        row["description"] = company.offers[code].description
    return content


def specimen_key(kind: str, code: str) -> str:
    from filings.dossier.specimen.stubs import key  # reason: only the key of a specimen's item

    return key(f"{kind}-{code}")


def retell(content: Any, company: Company) -> Any:
    """The same document about another entity: its names stand where the specimen's stood."""
    if isinstance(content, dict):
        return {name: retell(value, company) for name, value in content.items()}
    if isinstance(content, list):
        return [retell(value, company) for value in content]
    return _retold(content, company) if isinstance(content, str) else content


def _retold(text: str, company: Company) -> str:
    for old, new in _replacements(company):
        text = text.replace(old, new)
    return text


def _replacements(company: Company) -> list[tuple[str, str]]:
    _region, city, address = company.place
    pairs = [
        (NAME, company.name),
        (ADDRESS, address),
        (SPECIMEN_SITE, company.domain),
        ("浙ICP备2025000000号-1", company.icp),
        ("浙江省杭州市示例云数据中心", f"{city}示例云数据中心"),
        ("林知远", company.legal),
        ("周明澈", company.officer),
    ]
    for code, product, _slug, function, *_rest in PRODUCTS:
        if offer := company.offers.get(code):
            pairs += [(product, offer.product), (function, offer.function)]
    return [*pairs, ("青岚", company.brand)]


def _specimen_offers() -> dict[str, Offer]:
    return {code: Offer(name, function, text) for code, name, _slug, function, _forms, _path, text in PRODUCTS}


COMPANIES: tuple[Company, ...] = (
    Company(
        "qinglan", NAME, "青岚", "qinglan", ("330110", "浙江省杭州市", ADDRESS), "浙ICP备2025000000号-1",
        "林知远", "周明澈", _specimen_offers(),
        members=(
            ("owner", "林知远", "owner"), ("editor", "沈若溪", "editor"),
            ("viewer", "顾安然", "viewer"), ("colleague", "罗一舟", "editor"),
        ),
    ),
    Company(
        "rongying", "广州榕影视听科技有限公司", "榕影", "rongying",
        ("440106", "广东省广州市", "广东省广州市天河区示例路 12 号榕影中心 3 层"), "粤ICP备2024000101号-1",
        "梁榕生", "黄映雪",
        {
            "01": Offer("榕影剪辑", "图文成片", "输入文案与素材，生成带配音和字幕的短视频草稿。"),
            "02": Offer("榕影短片", "为您推荐", "根据用户选择的题材和观看行为推荐短片。"),
            "05": Offer("榕影弹幕", "发送弹幕", "用户发送弹幕，经审核后展示。"),
        },
        users=1260000, members=(("rongying", "梁榕生", "owner"), ("rongying.ops", "黄映雪", "editor")),
    ),
    Company(
        "yanlu", "北京砚路教育科技有限公司", "砚路", "yanlu",
        ("110108", "北京市", "北京市海淀区示例西路 6 号砚路楼 5 层"), "京ICP备2024000202号-1",
        "白砚秋", "纪行舟",
        {
            "01": Offer("砚路备课", "教案生成", "教师输入课题和学段，生成教案与练习草稿。"),
            "04": Offer("砚路题库", "题目检索", "教师输入知识点，检索已审核的题目与讲解。"),
        },
        users=230000, members=(("yanlu", "白砚秋", "owner"), ("yanlu.ops", "纪行舟", "editor")),
    ),
    Company(
        "puyu", "上海浦屿出行服务有限公司", "浦屿", "puyu",
        ("310115", "上海市", "上海市浦东新区示例东路 200 号 9 层"), "沪ICP备2023000303号-2",
        "陆屿川", "沈晚晴",
        {
            "02": Offer("浦屿发现", "周边推荐", "根据用户选择的兴趣推荐周边活动和线路。"),
            "06": Offer("浦屿专车", "预约用车", "用户预约行程，平台匹配合适的驾驶员。"),
        },
        users=3400000, members=(("puyu", "陆屿川", "owner"),),
    ),
    Company(
        "university", "浙江示例大学", "示例大学", "shilidaxue",
        ("330106", "浙江省杭州市", "浙江省杭州市西湖区示例大学路 1 号"), "浙ICP备2022000404号-1",
        "苏明理", "叶知秋",
        {
            "01": Offer("求知助手", "文献问答", "师生输入问题，依据馆藏文献生成回答和出处。"),
            "04": Offer("馆藏检索", "文献检索", "师生输入词句，检索馆藏文献与数据。"),
        },
        kind="public_institution", users=46000, members=(("university", "叶知秋", "owner"),),
    ),
    Company(
        "hospital", "上海示例医院", "示例医院", "shiliyiyuan",
        ("310104", "上海市", "上海市徐汇区示例路 88 号"), "沪ICP备2022000505号-1",
        "江济民", "汪若谷",
        {
            "01": Offer("示例导诊", "导诊问答", "患者描述就诊需求，生成科室建议和就诊须知，不作诊断。"),
            "04": Offer("示例健康", "科普检索", "患者输入词句，检索已审核的健康科普文章。"),
        },
        kind="public_institution", users=150000, members=(("hospital", "汪若谷", "owner"),),
    ),
    Company(
        "xiaoman", "杭州市西湖区小满插画工作室", "小满", "xiaoman",
        ("330106", "浙江省杭州市", "浙江省杭州市西湖区示例巷 7 号 102 室"), "浙ICP备2025000606号-1",
        "林知远", "林知远", {"01": Offer("小满画板", "线稿上色", "用户上传线稿并选择风格，生成上色草稿。")},
        kind="sole_trader", users=2600, members=(("owner", "林知远", "owner"), ("xiaoman", "夏小满", "editor")),
    ),
    Company(
        "xiyu", "深圳汐语语音技术有限公司", "汐语", "xiyu",
        ("440305", "广东省深圳市", "广东省深圳市南山区示例科技园 2 栋 8 层"), "粤ICP备2023000707号-1",
        "潘海汐", "邓语安",
        {"01": Offer("汐语播报", "文字转语音", "用户输入文字并选择音色，生成带标识的语音。")},
        users=720000, members=(("xiyu", "潘海汐", "owner"), ("xiyu.ops", "邓语安", "editor")),
    ),
    Company(
        "hebang", "绍兴禾邦农业服务有限公司", "禾邦", "hebang",
        ("330602", "浙江省绍兴市", "浙江省绍兴市越城区示例街 30 号"), "浙ICP备2024000808号-1",
        "鲁禾生", "魏长青",
        {
            "04": Offer("禾邦农技", "农技检索", "农户输入作物和症状，检索农技文章与专家问答。"),
            "06": Offer("禾邦农机", "农机预约", "农户预约作业，平台匹配合适的农机手。"),
        },
        users=88000, members=(("hebang", "魏长青", "owner"),),
    ),
    Company(
        "jingshi", "北京京拾资讯服务有限公司", "京拾", "jingshi",
        ("110105", "北京市", "北京市朝阳区示例北路 15 号 11 层"), "京ICP备2023000909号-1",
        "曲拾遗", "安如石",
        {
            "02": Offer("京拾日报", "推荐频道", "根据用户选择的兴趣推送已审核的资讯。"),
            "03": Offer("京拾榜单", "今日热榜", "按热度和质量排列当日话题。"),
        },
        users=5100000, members=(("jingshi", "曲拾遗", "owner"), ("jingshi.ops", "安如石", "editor")),
    ),
    Company(
        "weizhan", "佛山微栈云计算有限公司", "微栈", "weizhan",
        ("440604", "广东省佛山市", "广东省佛山市禅城区示例大道 61 号"), "粤ICP备2024001010号-1",
        "区微澜", "霍栈桥",
        {"01": Offer("微栈开放平台", "内容生成接口", "企业客户以接口提交要求，返回带标识的图文。")},
        users=0, members=(("weizhan", "区微澜", "owner"),),
    ),
    Company(
        "ciwan", "慈溪市慈湾社区服务中心", "慈湾", "ciwan",
        ("330282", "浙江省宁波市", "浙江省宁波市慈溪市示例路 5 号"), "浙ICP备2025001111号-1",
        "童守望", "胡邻里", {"05": Offer("慈湾邻里", "发布留言", "居民发布留言，经审核后展示。")},
        kind="private_non_profit", users=9300, members=(("ciwan", "胡邻里", "owner"),),
    ),
    Company(
        "ouzhou", "温州瓯舟文化传播有限公司", "瓯舟", "ouzhou",
        ("330302", "浙江省温州市", "浙江省温州市鹿城区示例江滨路 18 号"), "浙ICP备2025001212号-1",
        "金瓯", "项一苇", {"01": Offer("瓯舟文旅", "文案生成", "输入景点和风格，生成文旅宣传文案草稿。")},
        users=4100, members=(("ouzhou", "项一苇", "owner"),),
    ),
)  # fmt: skip
BY_KEY = {company.key: company for company in COMPANIES}
