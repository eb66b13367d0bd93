"""Findings at hand for the returns that reviewers write most; supervisors add their own."""

from django.db import migrations

# Section, severity, article, title, text.
TEMPLATES = (
    (
        "algorithm",
        "must",
        "ARP 24",
        "算法名称不一致",
        "算法名称与拟公示内容或者所附文件中的名称不一致，请核对后统一为同一名称。",
    ),
    (
        "algorithm",
        "must",
        "ARP 24",
        "算法类型选择有误",
        "所选算法类型与材料描述的实际功能不符，请对照类型说明重新选择，并同步修改相关部分。",
    ),
    (
        "algorithm",
        "must",
        "DSP 23",
        "角色选择有误",
        "材料描述的服务方式与所选角色（服务提供者、技术支持者）不符，请说明实际提供方式并更正角色。",
    ),
    (
        "",
        "must",
        "ARP 24",
        "描述过于笼统",
        "该项描述过于笼统，无法据以审查。请结合本算法的实际情况写明具体做法、对象和依据。",
    ),
    ("", "must", "ARP 24", "与其他部分矛盾", "该项内容与材料其他部分的表述相互矛盾，请核实实际情况后统一修改。"),
    ("", "must", "ARP 24", "附件缺失或者无法辨认", "所附文件缺失、不完整或者无法辨认，请重新上传完整、清晰的文件。"),
    ("", "should", "ARP 24", "文字错误", "该项存在错别字或者语句不通顺之处，请修改。"),
    (
        "training",
        "must",
        "DSP 14",
        "训练数据来源不清",
        "请逐项写明训练数据的来源、规模、获取方式和授权依据；涉及个人信息的，说明取得同意的方式。",
    ),
    (
        "training",
        "must",
        "DSP 14",
        "缺少授权证明",
        "该数据来源未附授权或者许可证明，请补充证明文件，或者说明无需授权的法律依据。",
    ),
    (
        "model",
        "must",
        "DSP 19",
        "依托模型的备案信息缺失",
        "本算法依托第三方模型，请填写该模型的备案编号，并附服务协议等证明材料。",
    ),
    ("measures", "must", "ARP 7", "风险防控措施不具体", "所列防控措施未写明责任人、触发条件和处置时限，请逐项补充。"),
    (
        "labels",
        "must",
        "DSP 17",
        "标识方式不符合要求",
        "请写明显式标识的位置、文字和样式以及隐式标识的字段，并附生成内容样例。",
    ),
    (
        "complaints",
        "must",
        "ARP 22",
        "投诉举报渠道不完整",
        "请写明投诉举报入口的位置、受理方式、处理时限和结果反馈方式，并附页面截图。",
    ),
    (
        "publication",
        "must",
        "ARP 16",
        "拟公示内容不易理解",
        "拟公示内容使用了过多专业术语，请以普通用户能够理解的文字说明算法的基本原理、目的意图和主要运行机制。",
    ),
)


def seed(apps, schema_editor):
    FindingTemplate = apps.get_model("reviews", "FindingTemplate")
    for section, severity, article, title, text in TEMPLATES:
        FindingTemplate.objects.create(section=section, severity=severity, legal_basis=article, title=title, text=text)


def remove(apps, schema_editor):
    titles = [title for _section, _severity, _article, title, _text in TEMPLATES]
    apps.get_model("reviews", "FindingTemplate").objects.filter(title__in=titles).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_stages_and_grounds")]
    operations = [migrations.RunPython(seed, remove)]
