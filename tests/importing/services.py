"""Published lists of generative-AI services that the tests write themselves; every value is invented."""

import io

import docx

FILED = ["序号", "属地", "模型名称", "备案单位", "备案号", "备案时间"]
REGISTERED = ["序号", "属地", "应用/功能名称", "登记单位", "上线编号", "登记时间"]
APRIL = "生成式人工智能服务已备案信息（2024年4月）"
AUGUST = "生成式人工智能服务已备案和已登记信息（2024年8月）"


def filed(number="Beijing-QingHe-20230821", *, place="北京市", name="青禾大模型", entity="青禾智能", day="2023/8/31"):
    return ["1", place, name, entity, number, day]


def registered(number="Shanghai-QingLan-20240521S0001", *, place="上海市", name="青岚助手", day="2024/5/21"):
    return ["1", place, name, "青岚智能", number, day]


def make(rows, *, title=AUGUST, heading=FILED):
    """The bytes of a DOCX with one table: a heading, then the rows as given; a heading may be among them."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(heading))
    for values in [heading, *rows]:
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
