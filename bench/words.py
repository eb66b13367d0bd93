"""Invented Chinese names, with about as many different n-grams as real ones have."""

from filings import names

# A rare term of two characters, which exactly RARE_HITS entries hold at every size.
RARE, RARE_HITS = "鸢尾", 20
# A common one, in about a third of all names.
COMMON = "合成"

_BRAND = (
    "青云岚溪晴川远山星河海棠松风竹影明月清泉白鹭银杏丹霞紫荆玉兰沧浪雁荡天目钱江西湖太湖长宁永安瑞祥嘉禾"
    "博雅智远思源致远弘毅厚德启明新辰旭日朝阳凌霄飞鸿鹏程锦绣华章墨韵书香丝路驼铃雪域高原碧波金帆蓝鲸赤兔"
    "梧桐凤栖麒麟鲲鹏灵犀慧眼巧匠良工百川千寻万象九章六合四方三江五湖七星八达"
)
_FIELD = (
    "图像", "语音", "文本", "视频", "音乐", "对话", "翻译", "写作", "绘画", "数字人", "客服", "医疗问答", "法律咨询",
    "金融资讯", "新闻摘要", "电商导购", "短视频", "地图导航", "招聘匹配", "教育辅导", "游戏角色", "政务服务",
)  # fmt: skip
_DOES = ("生成合成", "深度合成", "大模型", "生成", "推荐", "排序", "检索", "过滤", "调度", "合成", "理解", "增强")
_TRADE = ("科技", "网络技术", "信息技术", "人工智能", "数字科技", "软件", "云计算", "文化传媒")
_PLACES = {
    "330110": "杭州", "440305": "深圳", "110108": "北京", "310104": "上海", "320106": "南京", "510107": "成都",
}  # fmt: skip
REGIONS = tuple(_PLACES)


def brand(number: int) -> str:
    """Two characters; neighbouring numbers have different ones."""
    spread = number * 7919 + 13
    return _BRAND[spread % len(_BRAND)] + _BRAND[(spread // len(_BRAND) + number) % len(_BRAND)]


def entity(number: int) -> tuple[str, str]:
    """Name and region code of an entity."""
    region = REGIONS[number % len(REGIONS)]
    trade = _TRADE[(number // 7) % len(_TRADE)]
    return f"{_PLACES[region]}{brand(number)}{brand(number * 31 + 7)}{trade}有限公司", region


def product(number: int) -> str:
    return f"{brand(number * 17 + 3)}{_FIELD[number % len(_FIELD)]}助手"


class Algorithms:
    """Names of algorithms, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, number: int, *, is_rare: bool = False) -> str:
        field, does = _FIELD[(number * 5) % len(_FIELD)], _DOES[(number // 3) % len(_DOES)]
        base = f"{RARE if is_rare else ''}{brand(number * 3 + 1)}{field}{does}算法"
        name, at = base, 1
        while names.key(name) in self._given:
            at += 1
            name = f"{base}-{at}"
        self._given.add(names.key(name))
        return name
