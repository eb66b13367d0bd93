"""Invented lists in the form of the published ones, so that the register has pages to turn."""

from __future__ import annotations

import datetime as dt
import io
from itertools import product

import docx

from filings import numbers
from filings.dossier.specimen.services import BASE_MODEL

PREFIX = "演示算备"
SYNTHESIS = ["序号", "算法名称", "角色", "主体名称", "应用产品", "主要用途", "备案编号", "备注"]
RECOMMENDATION = ["序号", "算法名称", "算法类别", "主体名称", "应用产品", "主要用途", "备案编号", "备注"]
FIRST = "云星晴禾澄朗知栖"
SECOND = "帆杉汀屿砚舟川鹿"
PLACES = (
    ("杭州", "330108"), ("北京", "110108"), ("深圳", "440305"), ("上海", "310115"),
    ("成都", "510107"), ("武汉", "420106"), ("南京", "320105"), ("西安", "610113"),
)  # fmt: skip
SYNTHESIZERS = (
    ("图文生成合成算法", "写作", "应用于图文创作场景，根据输入的主题生成图文内容。", "服务提供者"),
    ("语音合成算法", "朗读", "应用于有声阅读场景，根据文本生成语音。", "服务提供者"),
    ("智能客服对话生成算法", "客服", "应用于在线客服场景，根据用户问题生成文字回复。", "服务技术支持者"),
    ("图像编辑算法", "修图", "应用于图片编辑场景，根据用户选择修改图像。", "服务提供者"),
)
RECOMMENDERS = (
    ("个性化推荐算法", "资讯", "应用于资讯推送场景，根据用户兴趣推荐内容。", "个性化推送类", "02"),
    ("热榜排序算法", "热榜", "应用于榜单展示场景，按热度排列内容。", "排序精选类", "03"),
    ("站内检索算法", "搜索", "应用于站内检索场景，返回相关内容。", "检索过滤类", "04"),
    ("订单调度算法", "跑腿", "应用于配送场景，为订单匹配骑手。", "调度决策类", "06"),
)
SERVICES = ["序号", "属地", "模型名称", "备案单位", "备案号", "备案时间"]
SERVICE_PREFIX = "YanShi-"
PROVINCES = (
    ("浙江省", "Zhejiang"), ("北京市", "Beijing"), ("广东省", "Guangdong"), ("上海市", "Shanghai"),
    ("四川省", "Sichuan"), ("湖北省", "Hubei"), ("江苏省", "Jiangsu"), ("陕西省", "Shaanxi"),
)  # fmt: skip
SPELT = dict(zip(FIRST + SECOND, (
    "Yun", "Xing", "Qing", "He", "Cheng", "Lang", "Zhi", "Qi",
    "Fan", "Shan", "Ting", "Yu", "Yan", "Zhou", "Chuan", "Lu",
), strict=True))  # fmt: skip
# The filed model that services of the demonstration are built on.
MODEL = "示例通用大模型"
# The name that one provider's filing takes although it stands here.
TAKEN = "星杉线稿上色生成合成算法"


def synthesis(*, year: int, month: int) -> bytes:
    """About 130 rows of deep synthesis, two of them with a remark."""
    rows = []
    for at, (first, second) in enumerate(product(FIRST, SECOND)):
        for turn in (0, 1):
            kind, app, use, role = SYNTHESIZERS[(at + turn * 2) % 4]
            rows.append(
                {
                    **_owner(f"{first}{second}", at), "算法名称": f"{first}{second}{kind}", "角色": role,
                    "应用产品": f"{first}{second}{app}(APP)", "主要用途": use,
                    "备案编号": _number(at, "01", year, turn + 1),
                    "备注": "已注销" if at % 29 == 5 and turn else "",
                }
            )  # fmt: skip
    rows[0] |= {"算法名称": TAKEN, "备注": ""}
    return _document(f"境内深度合成服务算法备案清单（{year}年{month}月）", SYNTHESIS, rows)


def recommendation(*, year: int, month: int) -> bytes:
    """About 70 rows of the other classes."""
    rows = []
    for at, (first, second) in enumerate(product(FIRST, SECOND)):
        kind, app, use, label, code = RECOMMENDERS[at % 4]
        rows.append(
            {
                **_owner(f"{first}{second}", at), "算法名称": f"{first}{second}{kind}", "算法类别": label,
                "应用产品": f"{first}{second}{app}(APP)\n{first}{second}{app}(小程序)", "主要用途": use,
                "备案编号": _number(at, code, year, 1), "备注": "",
            }
        )  # fmt: skip
    return _document(f"境内互联网信息服务算法备案清单（{year}年{month}月）", RECOMMENDATION, rows)


def services(*, year: int, month: int) -> bytes:
    """Some thirty filed generative services, among them the model that others are built on."""
    rows = [_service(MODEL, "ShiLiTongYong", "示例云计算有限公司", 0, year) | {"备案号": BASE_MODEL}]
    for at, (first, second) in enumerate(product(FIRST[:4], SECOND), 1):
        brand = f"{first}{second}"
        latin = SPELT[first] + SPELT[second]
        rows.append(_service(f"{brand}大模型", latin, _owner(brand, at)["主体名称"], at, year))
    return _document(f"生成式人工智能服务已备案信息（{year}年{month}月）", SERVICES, rows)


def _service(name: str, latin: str, owner: str, at: int, year: int) -> dict[str, str]:
    place, province = PROVINCES[at % 8]
    day = dt.date(year - 1, at % 12 + 1, at % 27 + 1)
    number = f"{SERVICE_PREFIX}{province}-{latin}-{day:%Y%m%d}{at + 100:04}"
    return {
        "属地": place, "模型名称": name, "备案单位": owner, "备案号": number,
        "备案时间": f"{day.year}/{day.month}/{day.day}",
    }  # fmt: skip


def _owner(brand: str, at: int) -> dict[str, str]:
    return {"主体名称": f"{PLACES[at % 8][0]}{brand}示例科技有限公司"}


def _number(at: int, algorithm_class: str, year: int, serial: int) -> str:
    """Codes of entities that sign up never begin with 0, so these numbers are nobody's."""
    body = f"{PLACES[at % 8][1]}{at + 1000:07}{algorithm_class}{year % 100:02}{serial:03}"
    return f"{PREFIX}{body}{numbers.check_digit(body)}号"


def _document(title: str, columns: list[str], rows: list[dict[str, str]]) -> bytes:
    document = docx.Document()
    document.add_paragraph("演示数据，均为虚构")
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows) + 1, cols=len(columns))
    cells = table._cells  # one look: asking row by row costs a second for each fifty rows
    for at, text in enumerate(columns):
        cells[at].text = text
    for line, values in enumerate(rows, 1):
        for at, column in enumerate(columns):
            cells[line * len(columns) + at].text = str(line) if column == "序号" else values[column]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
